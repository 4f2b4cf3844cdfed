import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { transformWithOxc, type Plugin } from 'vite'
import { reachable } from './phoneShell'

/**
 * Emit /verify-sw.js: the verification page's own small service worker (scope /V). It is one file without imports,
 * carries the list of that page's files and a version made from them.
 */
export function verifyWorker(source: string): Plugin {
  return {
    name: 'grid:verify-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        if (!bundle['verify.html']) return
        const files = [...reachable(bundle, 'verify.html')].map((name) => `/${name}`).sort()
        const html = bundle['verify.html']
        const version = createHash('sha256')
          .update(files.join('\n'))
          .update(html.type === 'asset' ? html.source : html.code)
          .digest('hex')
          .slice(0, 12)
        const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source, { lang: 'ts' })
        const filled = code.replace('__VERIFY_FILES__', JSON.stringify(files)).replace('__VERIFY_VERSION__', JSON.stringify(version))
        if (filled.includes('__VERIFY_')) this.error('the verification worker has an unfilled placeholder')
        this.emitFile({ type: 'asset', fileName: 'verify-sw.js', source: filled })
      },
    },
  }
}
