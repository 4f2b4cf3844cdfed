// Canonical JSON after RFC 8785 without floats, the mirror of grid/rules/canonical.py.

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

const MAX_DEPTH = 64
const LONE_SURROGATE = /\p{Surrogate}/u

/** Writes the value as RFC 8785 text; throws for a fraction, an inexact integer, a lone surrogate or another type. */
export function canonicalJson(value: Json, depth = 0): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError('a number is no exact integer')
    return String(value === 0 ? 0 : value)
  }
  if (depth >= MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH}`)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    throw new TypeError('canonical JSON holds strings, integers, booleans, null, arrays and plain objects only')
  }
  // Default order is by UTF-16 code units, as the RFC asks.
  const members = Object.keys(value).sort()
  return `{${members.map((key) => `${quoted(key)}:${canonicalJson(value[key] as Json, depth + 1)}`).join(',')}}`
}

function quoted(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new RangeError('a string holds a lone surrogate')
  return JSON.stringify(text)
}
