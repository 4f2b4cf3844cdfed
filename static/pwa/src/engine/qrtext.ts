// Our QR texts against the pinned origin, the mirror of grid/rules/qrtext.py. A scanned text is compared as a whole and
// never parsed as a URL: there is no user part, port, look-alike host or path to be fooled by.

import type { QrVerdict } from './verdicts'

/** One of our codes: packet tells which path it was, token is the base32 text behind the #. */
export type QrText = { ok: true; packet: boolean; token: string } | { ok: false; verdict: QrVerdict }

const MAX_QR_TEXT = 2_100
const ORIGIN = /^(?:https?:\/\/)?[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[1-9][0-9]{0,4})?\/?$/
const TOKEN = /^[A-Z2-7]+$/
const PRINTABLE = /^[!-~]+$/
const WEB = /^https?:\/\//i

/** Brings an origin into the upper-case form that is printed; throws when it is not scheme://host[:port] in ASCII. */
export function pinOrigin(origin: string): string {
  const text = origin.toLowerCase()
  if (!PRINTABLE.test(origin) || !ORIGIN.test(text) || text.includes('..')) throw new Error(`not an origin: ${origin}`)
  const bare = text.endsWith('/') ? text.slice(0, -1) : text
  return (bare.includes('://') ? bare : `https://${bare}`).toUpperCase()
}

/** Takes the token out of a scanned text that belongs to the pinned origin; the token is not yet verified. */
export function parseQrText(text: string, pinnedOrigin: string): QrText {
  const ours = pinOrigin(pinnedOrigin)
  if ([...text].length > MAX_QR_TEXT || !WEB.test(text)) return refused('not_ours')
  const mark = text.indexOf('#')
  const head = mark < 0 ? text : text.slice(0, mark)
  const token = mark < 0 ? '' : text.slice(mark + 1)
  if (!PRINTABLE.test(head)) return refused('foreign_host')
  const path = head.slice(ours.length)
  if (head.slice(0, ours.length).toUpperCase() !== ours || (path !== '' && !path.startsWith('/'))) {
    return refused('foreign_host')
  }
  if (path !== '/V' && path !== '/P') return refused('other_path')
  if (!TOKEN.test(token)) return refused('no_token')
  return { ok: true, packet: path === '/P', token }
}

function refused(verdict: QrVerdict): QrText {
  return { ok: false, verdict }
}
