import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { VantResolver } from '@vant/auto-import-resolver'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig, type Plugin } from 'vite'
import { firstLoad } from './build/firstLoad'
import { phoneShell } from './build/phoneShell'
import { vantIcons } from './build/vantIcons'
import { verifyWorker } from './build/verifyWorker'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const shell = phoneShell()
const server = process.env.GRID_SERVER ?? 'http://127.0.0.1:8000'

/** The development server answers /desk/* and /V as the real server does. */
function entries(): Plugin {
  return {
    name: 'grid:entries',
    configureServer(dev) {
      dev.middlewares.use((request, _response, next) => {
        if (/^\/desk(\/[^.]*)?(\?|$)/.test(request.url ?? '')) request.url = '/desk.html'
        else if (/^\/[VvP](\?|$)/.test(request.url ?? '')) request.url = '/verify.html'
        next()
      })
    },
  }
}

export default defineConfig({
  base: '/',
  define: { __APP_VERSION__: JSON.stringify(process.env.npm_package_version ?? '0') },
  resolve: { alias: { '@': here('./src') } },
  plugins: [
    vantIcons(),
    entries(),
    vue(),
    Components({ dirs: [], dts: false, resolvers: [VantResolver(), ElementPlusResolver()] }),
    shell.plugin,
    verifyWorker(here('./src/verify/worker.ts')),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      includeManifestIcons: false,
      scope: '/',
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,webmanifest,png,svg,woff2}'],
        // Only what a phone draws; the scanner's wasm is fetched later, when the line is good (src/sw/sw.ts).
        manifestTransforms: [
          (manifest) => ({
            manifest: manifest.filter(({ url }) => url === 'index.html' || /^icons\//.test(url) || shell.owns(url)),
          }),
        ],
      },
      manifest: {
        id: '/',
        name: '网格协执',
        short_name: '网格协执',
        description: '网格员协助法院执行：接单、走访、取证、上传，没有网络也能用',
        lang: 'zh-CN',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        orientation: 'portrait',
        theme_color: '#1F4E8C',
        background_color: '#F4F6F9',
        icons: [
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
  build: {
    target: ['chrome87', 'safari15'],
    assetsInlineLimit: 2048,
    rolldownOptions: {
      input: { phone: here('./index.html'), desk: here('./desk.html'), verify: here('./verify.html') },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: firstLoad({ phone: here('./src/phone/main.ts'), desk: here('./src/desk/main.ts'), verify: here('./src/verify/main.ts') }) }],
        },
      },
    },
  },
  server: { proxy: { '/api': server, '/.well-known': server } },
})
