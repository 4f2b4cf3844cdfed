import type { Plugin } from 'vite'

/**
 * Drop Vant's icon font: 25 KB of base64 on the first load, with a second source on a foreign host that our
 * Content-Security-Policy refuses. The few glyphs Vant's own parts need are drawn in src/ui/vant.css.
 */
export function vantIcons(): Plugin {
  return {
    name: 'grid:vant-icons',
    enforce: 'pre',
    transform(code, id) {
      if (!/vant[\\/](es|lib)[\\/]icon[\\/]index\.css/.test(id)) return null
      const stripped = code
        .replace(/@font-face\s*\{[^}]*\}/g, '')
        .replace(/\.van-icon-[\w-]+:before\s*\{[^}]*\}/g, '')
        .replace(/font:[^;}]*vant-icon[^;}]*;?/g, '')
      if (/alicdn|base64/.test(stripped)) this.error(`${id} still carries the icon font`)
      return stripped
    },
  }
}
