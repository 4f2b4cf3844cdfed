import type { Plugin } from 'vite'

/**
 * Keep Vant's icon font on our own host: its stylesheet names a second source on a foreign host, which our
 * Content-Security-Policy would refuse on every page. Throws when a new Vant names that host in another way.
 */
export function vantFont(): Plugin {
  return {
    name: 'grid:vant-font',
    enforce: 'pre',
    transform(code, id) {
      if (!/vant[\\/](es|lib)[\\/].*icon[\\/]index\.css/.test(id) && !/vant[\\/]lib[\\/]index\.css/.test(id)) return null
      const stripped = code.replace(/,\s*url\((?:https?:)?\/\/at\.alicdn\.com[^)]*\)(\s*format\([^)]*\))?/g, '')
      if (stripped.includes('alicdn')) this.error(`${id} still loads a font from a foreign host`)
      return stripped
    },
  }
}
