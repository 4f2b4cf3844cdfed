// The canonical CBOR subset of tokens, an exact mirror of grid/tools/cbor.py: integers up to 2^53 - 1 in size, bytes,
// text, arrays, maps with integer or text keys. Same refusals in the same order, so that both verifiers always agree.

export type CborKey = number | string
export type Cbor = number | string | Uint8Array<ArrayBuffer> | Cbor[] | Map<CborKey, Cbor>
export type CborVerdict = 'malformed' | 'not_canonical' | 'trailing'

const MAX_DEPTH = 8
const NEGATIVE = 1
const BYTES = 2
const ARRAY = 4
const MAP = 5
const SMALLEST = [24, 1 << 8, 1 << 16, 2 ** 32] as const

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The bytes are no canonical CBOR of our subset. */
export class CborRefused extends Error {
  readonly verdict: CborVerdict

  constructor(verdict: CborVerdict) {
    super(verdict)
    this.verdict = verdict
  }
}

/** Reads exactly one canonical item; throws CborRefused. */
export function decodeCbor(data: Uint8Array<ArrayBuffer>): Cbor {
  const reader = new Reader(data)
  const value = reader.item(0)
  if (reader.at !== data.length) throw new CborRefused('trailing')
  return value
}

/** Writes the head of a byte string, text or array shorter than 2^16. */
export function cborHead(major: 2 | 3 | 4, length: number): Uint8Array<ArrayBuffer> {
  if (length < 24) return Uint8Array.of((major << 5) | length)
  if (length < 256) return Uint8Array.of((major << 5) | 24, length)
  return Uint8Array.of((major << 5) | 25, length >> 8, length & 255)
}

class Reader {
  at = 0
  private readonly data: Uint8Array<ArrayBuffer>

  constructor(data: Uint8Array<ArrayBuffer>) {
    this.data = data
  }

  item(depth: number): Cbor {
    const head = this.data[this.at]
    if (head === undefined) throw new CborRefused('malformed')
    this.at += 1
    const major = head >> 5
    const info = head & 31
    if (major > MAP || (info > 27 && info < 31)) throw new CborRefused('malformed')
    if (info === 31) throw new CborRefused(major >= BYTES ? 'not_canonical' : 'malformed')
    const argument = this.argument(info)
    if (major <= NEGATIVE) {
      if (argument > Number.MAX_SAFE_INTEGER) throw new CborRefused('malformed')
      return major === NEGATIVE ? -1 - argument : argument
    }
    if (major >= ARRAY) return this.container(major, argument, depth + 1)
    const end = this.at + argument
    if (end > this.data.length) throw new CborRefused('malformed')
    const bytes = this.data.slice(this.at, end)
    this.at = end
    return major === BYTES ? bytes : text(bytes)
  }

  private argument(info: number): number {
    if (info < 24) return info
    const end = this.at + (1 << (info - 24))
    if (end > this.data.length) throw new CborRefused('malformed')
    let argument = 0
    // Beyond 2^53 this rounds, but never below it; every use refuses such an argument.
    for (; this.at < end; this.at += 1) argument = argument * 256 + (this.data[this.at] ?? 0)
    if (argument < (SMALLEST[info - 24] ?? Infinity)) throw new CborRefused('not_canonical')
    return argument
  }

  private container(major: number, count: number, depth: number): Cbor {
    if (depth > MAX_DEPTH || count > this.data.length - this.at) throw new CborRefused('malformed')
    if (major === ARRAY) {
      const items: Cbor[] = []
      for (let number = 0; number < count; number += 1) items.push(this.item(depth))
      return items
    }
    const pairs = new Map<CborKey, Cbor>()
    let before: Uint8Array | null = null
    for (let number = 0; number < count; number += 1) {
      const start = this.at
      const key = this.item(depth)
      if (typeof key !== 'number' && typeof key !== 'string') throw new CborRefused('malformed')
      const written = this.data.subarray(start, this.at)
      if (before !== null && !comesBefore(before, written)) throw new CborRefused('not_canonical')
      before = written
      pairs.set(key, this.item(depth))
    }
    return pairs
  }
}

function text(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new CborRefused('malformed')
  }
}

/** Tells whether one byte string sorts strictly before another. */
function comesBefore(one: Uint8Array, other: Uint8Array): boolean {
  const shared = Math.min(one.length, other.length)
  for (let at = 0; at < shared; at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return one.length < other.length
}
