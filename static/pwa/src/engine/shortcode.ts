// The 10 characters under a QR code, for people who type: the mirror of grid/tools/shortcode.py.

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10
const MAX_TYPED = 64
const SEPARATORS = /[ \-_.·‐‑–—―−\t\n\r]/g
const LOOK_ALIKE: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }
const CONTEXT = new TextEncoder().encode('hs-short-v1')

/** Derives the short code of a token from its cti (hex). */
export async function shortCode(cti: string): Promise<string> {
  const bytes = Uint8Array.from(cti.match(/../g) ?? [], (pair) => parseInt(pair, 16))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...CONTEXT, ...bytes])))
  // 48 bits stay exact in a number; the lowest three are not used.
  let bits = 0
  for (const byte of digest.subarray(0, 6)) bits = bits * 256 + byte
  bits = Math.floor(bits / 8)
  const values: number[] = []
  for (let place = 0; place < LENGTH - 1; place += 1) {
    values.unshift(bits % 32)
    bits = Math.floor(bits / 32)
  }
  return written([...values, check(values)])
}

/**
 * Brings a typed code into its printed form: case, full width, O/0, I/L/1, spaces and hyphens do not matter.
 * Returns null when the length, a character or the check character is wrong.
 */
export function readShortCode(typed: string): string | null {
  if ([...typed].length > MAX_TYPED) return null
  const values: number[] = []
  for (const character of typed.normalize('NFKC').replace(SEPARATORS, '')) {
    const upper = character <= '\u007f' ? character.toUpperCase() : ''
    const value = upper === '' ? -1 : ALPHABET.indexOf(LOOK_ALIKE[upper] ?? upper)
    if (value < 0) return null
    values.push(value)
  }
  return values.length === LENGTH && check(values.slice(0, -1)) === values.at(-1) ? written(values) : null
}

/** Writes a code for the screen in two groups: 01234-56789. */
export function spaced(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`
}

function written(values: number[]): string {
  return values.map((value) => ALPHABET.charAt(value)).join('')
}

/** Weighted sum in GF(32) with x^5 = x^2 + 1 and the powers of x as weights. */
function check(values: number[]): number {
  return values.reduce((total, value) => {
    const doubled = (total ^ value) << 1
    return doubled & 32 ? doubled ^ 0b100101 : doubled
  }, 0)
}
