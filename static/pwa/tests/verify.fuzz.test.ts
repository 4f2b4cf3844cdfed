// Tens of thousands of damaged tokens against the browser's verifier: none may pass.
import { beforeAll, expect, it } from 'vitest'
import { importKeys } from '@/engine/keys'
import type { VerifyKey } from '@/engine/keys'
import type { TokenKind } from '@/engine/verdicts'
import { verifyToken } from '@/engine/verify'
import { bytesOf, textOf, vectors } from './vectors'

const KINDS: TokenKind[] = ['receipt', 'slip', 'packet']
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const ODD_BYTES = [0xa0, 0x80, 0x40, 0xd2, 0xf6, 0xff, 0x18, 0x58]
const good = new Map(KINDS.map((kind) => [kind, bytesOf(kind)]))
const known = new Set([...good.values()].map(String))
let keys: VerifyKey[]

beforeAll(async () => {
  keys = await importKeys(vectors.jwks)
})

it('takes the undamaged tokens', async () => {
  for (const kind of KINDS) expect(await passed(textOf(kind), kind)).toBe(true)
})

it('refuses every flipped bit', async () => {
  for (const kind of KINDS) {
    const token = bytesOf(kind)
    for (let place = 0; place < token.length; place += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const damaged = token.slice()
        damaged[place] = (damaged[place] ?? 0) ^ (1 << bit)
        expect(await passed(damaged, kind), `${kind} ${place}.${bit}`).toBe(false)
      }
    }
  }
}, 60_000)

it('refuses every cut and every added byte', async () => {
  for (const kind of KINDS) {
    const token = bytesOf(kind)
    for (let end = 0; end < token.length; end += 1) {
      expect(await passed(token.slice(0, end), kind)).toBe(false)
      expect(await passed(token.slice(end + 1), kind)).toBe(false)
      expect(await passed(spliced(token, end, 1), kind)).toBe(false)
    }
    for (let added = 0; added < 256; added += 1) {
      expect(await passed(spliced(token, token.length, 0, [added]), kind)).toBe(false)
      expect(await passed(spliced(token, 0, 0, [added]), kind)).toBe(false)
    }
  }
}, 60_000)

it('refuses every changed character of a receipt', async () => {
  const text = textOf('receipt')
  for (let place = 0; place < text.length; place += 1) {
    for (const character of `${ALPHABET}a01=`) {
      if (character === text[place]) continue
      expect(await passed(text.slice(0, place) + character + text.slice(place + 1), 'receipt')).toBe(false)
    }
  }
}, 120_000)

it('refuses thirty thousand random edits', async () => {
  const chance = seeded(20261124)
  let tried = 0
  while (tried < 30_000) {
    const kind = pick(chance, KINDS)
    const damaged = edited(chance, kind)
    if (known.has(String(damaged))) continue
    tried += 1
    expect(await passed(damaged, kind), String(damaged)).toBe(false)
  }
}, 120_000)

async function passed(token: string | Uint8Array<ArrayBuffer>, kind: TokenKind): Promise<boolean> {
  const checked = await verifyToken(token, keys, kind, vectors.now)
  return checked.verdict === 'ok' || checked.facts !== null
}

/** Damages a token in one to three of the ways that parsers get wrong. */
function edited(chance: () => number, kind: TokenKind): Uint8Array<ArrayBuffer> {
  const below = (end: number) => Math.floor(chance() * end)
  const donor = () => good.get(pick(chance, KINDS)) ?? new Uint8Array()
  let token = bytesOf(kind)
  for (let edits = 1 + below(3); edits > 0; edits -= 1) {
    const place = below(token.length + 1)
    const head = token[place] ?? 0
    switch (below(7)) {
      case 0:
        token = spliced(token, place, 1, [below(256)])
        break
      case 1:
        token = spliced(token, place, 0, Array.from({ length: 1 + below(4) }, () => below(256)))
        break
      case 2:
        token = spliced(token, place, 1 + below(4))
        break
      case 3: {
        const other = donor()
        const start = below(other.length)
        token = spliced(token, place, 8, other.slice(start, start + 1 + below(70)))
        break
      }
      case 4:
        token = spliced(token, place, 0, [pick(chance, ODD_BYTES)])
        break
      case 5:
        token = spliced(token, place, 1, [pick(chance, [head ^ 0x20, head ^ 0x40, head | 0x1f, head & 0xe0])])
        break
      default: {
        const half = below(token.length)
        token = spliced(token, half, token.length, donor().slice(half))
      }
    }
  }
  return token
}

function spliced(bytes: Uint8Array, start: number, removed: number, put: ArrayLike<number> = []): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...bytes.slice(0, start), ...Array.from(put), ...bytes.slice(start + removed)])
}

function pick<Item>(chance: () => number, items: Item[]): Item {
  return items[Math.floor(chance() * items.length)] as Item
}

/** A small fixed-seed generator (mulberry32), so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
