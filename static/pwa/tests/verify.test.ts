import { beforeAll, describe, expect, it } from 'vitest'
import { fromBase32, toBase32 } from '@/engine/base32'
import { canonicalJson } from '@/engine/canonical'
import { CborRefused, decodeCbor } from '@/engine/cbor'
import { sha256Hex } from '@/engine/hash'
import { importKeys } from '@/engine/keys'
import type { VerifyKey } from '@/engine/keys'
import { parseQrText, pinOrigin } from '@/engine/qrtext'
import { readShortCode, shortCode, spaced } from '@/engine/shortcode'
import { entryOf, readStatus } from '@/engine/statuslist'
import * as words from '@/engine/verdicts'
import { verifyToken } from '@/engine/verify'
import { bytesOf, textOf, vectors } from './vectors'

let keys: VerifyKey[]

beforeAll(async () => {
  keys = await importKeys(vectors.jwks)
})

describe('tokens', () => {
  it('says about every vector what the file says', async () => {
    for (const row of vectors.tokens) {
      const checked = await verifyToken(row.token, keys, row.kind, vectors.now)
      expect(checked.verdict, row.name).toBe(row.verdict)
      if (row.facts) {
        expect(checked.facts, row.name).toEqual(row.facts)
        expect(await shortCode(checked.facts?.cti ?? '')).toBe(row.code)
      } else if (!['key_revoked', 'key_period', 'expired'].includes(row.verdict)) {
        expect(checked.facts, row.name).toBeNull()
      }
    }
    expect(vectors.tokens.length).toBeGreaterThanOrEqual(60)
    expect(new Set(vectors.tokens.map((row) => row.verdict))).toEqual(new Set(Object.keys(words.VERDICT_LABELS)))
  })

  it('reads bytes as it reads text', async () => {
    expect((await verifyToken(bytesOf('receipt'), keys, 'receipt', vectors.now)).verdict).toBe('ok')
  })

  it('refuses long bytes unread', async () => {
    const long = new Uint8Array(1201).fill(0).with(0, 0xd2)
    expect((await verifyToken(long, keys, 'receipt', vectors.now)).verdict).toBe('too_long')
    expect((await verifyToken(long.slice(0, 1200), keys, 'receipt', vectors.now)).verdict).toBe('trailing')
  })

  it('tries every key of a kid', async () => {
    const good = keys.find((key) => key.purpose === 'receipt' && key.retiredAt === null)
    const other = keys.find((key) => key.purpose === 'slip')
    if (!good || !other) throw new Error('the vectors hold both keys')
    const twin = { ...good, key: other.key }
    const slipTwin = { ...twin, purpose: 'slip' }
    const verdict = async (known: VerifyKey[]) => (await verifyToken(textOf('receipt'), known, 'receipt', vectors.now)).verdict
    expect(await verdict([slipTwin, twin, good])).toBe('ok')
    expect(await verdict([slipTwin, twin])).toBe('bad_signature')
    expect(await verdict([slipTwin])).toBe('wrong_purpose')
    expect(await verdict([])).toBe('unknown_key')
  })
})

describe('keys', () => {
  it('leaves the ledger key out and refuses a set that lies', async () => {
    expect(keys.map((key) => key.purpose).sort()).toEqual(['packet', 'receipt', 'receipt', 'receipt', 'slip', 'status'])
    const [first, second] = vectors.jwks.keys
    if (!first || !second) throw new Error('the vectors hold keys')
    await expect(importKeys({ keys: [{ ...first, kid6: second.kid6 }] })).rejects.toThrow()
    await expect(importKeys({ keys: [{ ...first, x: second.x }] })).rejects.toThrow()
    await expect(importKeys({ keys: [{ ...first, x: '' }] })).rejects.toThrow()
    await expect(importKeys({ keys: [{ ...first, y: undefined }] })).rejects.toThrow()
  })
})

describe('QR texts', () => {
  it('says about every vector what the file says', () => {
    for (const row of vectors.qr) {
      const expected = row.verdict
        ? { ok: false, verdict: row.verdict }
        : { ok: true, packet: row.packet, token: row.token }
      expect(parseQrText(row.text, row.origin), row.text).toEqual(expected)
    }
  })

  it('pins plain origins only', () => {
    for (const origin of ['', 'ftp://a.example', 'https://a.example/x', 'https://@a.example', 'https://a..example', 'https://法院.example', 'https://ſ.example']) {
      expect(() => pinOrigin(origin), origin).toThrow()
    }
    expect(pinOrigin('http://localhost:8000/')).toBe('HTTP://LOCALHOST:8000')
  })
})

describe('short codes', () => {
  it('says about every vector what the file says', async () => {
    for (const row of vectors.codes) {
      if (row.cti !== undefined) expect(await shortCode(row.cti)).toBe(row.code)
      else expect(readShortCode(row.typed ?? ''), JSON.stringify(row.typed)).toBe(row.code)
    }
  })

  it('is spaced for reading and still read', () => {
    const code = vectors.codes[0]?.code ?? ''
    expect(spaced(code)).toMatch(/^.{5}-.{5}$/)
    expect(readShortCode(spaced(code))).toBe(code)
  })
})

describe('status list', () => {
  it('says about every vector what the file says', async () => {
    for (const row of vectors.status) {
      const list = await readStatus(row.document, keys)
      const says = list && {
        counter: list.counter,
        issued_at: list.issuedAt,
        entries: Object.fromEntries([...list.entries].map(([front, entry]) => [front, [entry.state, entry.successor]])),
      }
      expect(says, row.name).toEqual(row.read)
      for (const front of Object.keys(row.read?.entries ?? {})) {
        expect(list && entryOf(list, `${front}0000`)).toEqual(list?.entries.get(front))
      }
    }
  })

  it('does not believe a revoked status key', async () => {
    const revoked = keys.map((key) => ({ ...key, revokedAt: 1 }))
    expect(await readStatus(vectors.status[0]?.document, revoked)).toBeNull()
  })
})

describe('words', () => {
  it('stand as on the server', () => {
    const { VERDICT_LABELS, QR_VERDICT_LABELS, STANDING_LABELS, METHOD_LABELS, ROLE_LABELS } = words
    expect({
      verdicts: VERDICT_LABELS,
      qr_verdicts: QR_VERDICT_LABELS,
      standings: STANDING_LABELS,
      methods: METHOD_LABELS,
      roles: ROLE_LABELS,
    }).toEqual(vectors.labels)
  })

  it('decide the standing as on the server', () => {
    for (const [verdict, listed, answered, expected] of vectors.standings) {
      expect(words.standing(verdict, listed, answered), `${verdict} ${listed} ${answered}`).toBe(expected)
    }
  })
})

describe('canonical JSON', () => {
  it('writes the bytes that the server writes', async () => {
    for (const row of vectors.canonical) {
      expect(canonicalJson(row.value)).toBe(row.text)
      expect(await sha256Hex(new TextEncoder().encode(canonicalJson(row.value)))).toBe(row.sha256)
    }
  })

  it('refuses what has no canonical form', () => {
    const nested: unknown[] = []
    let inner = nested
    for (let level = 0; level < 64; level += 1) inner = inner[0] = []
    for (const value of [0.5, NaN, 2 ** 53, '\ud800', { '\udfff': 1 }, undefined, new Map(), new Date(), nested, () => 1]) {
      expect(() => canonicalJson(value as never)).toThrow()
    }
    expect(canonicalJson(-0)).toBe('0')
  })
})

describe('base32', () => {
  it('round-trips and has one spelling', () => {
    for (let size = 0; size < 40; size += 1) {
      const bytes = Uint8Array.from({ length: size }, (_, place) => (place * 89 + size * 7) & 255)
      expect(fromBase32(toBase32(bytes))).toEqual(bytes)
    }
    expect(toBase32(new TextEncoder().encode('foobar'))).toBe('MZXW6YTBOI')
    for (const text of ['my', 'MY======', 'A', 'AAA', 'AAAAAA', 'M', 'MZX', 'MZXW6Y', 'MZ', 'MZXR', 'M1', 'M Y', 'MY\n', 'ＭＹ']) {
      expect(fromBase32(text), text).toBeNull()
    }
  })
})

describe('CBOR', () => {
  const verdictOf = (hex: string) => {
    try {
      decodeCbor(Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16)))
      return 'read'
    } catch (refused) {
      if (refused instanceof CborRefused) return refused.verdict
      throw refused
    }
  }

  it('refuses each broken rule with its verdict', () => {
    const malformed = ['', '18', '19ff', '1c', '1f', '4261', '61ff', '63eda080', '62c080', '1b0020000000000000', '9bffffffffffffffff']
    malformed.push('8201', 'a1410100', 'a1800000', 'c000', 'f4', 'f6', 'f90000', 'ff', `${'81'.repeat(9)}00`, `${'81'.repeat(5000)}00`)
    const loose = ['1817', '1900ff', '1a0000ffff', '1b00000000ffffffff', '3817', '580161', '5f4161ff', '7fff', '9fff', 'bfff']
    loose.push('a202000100', 'a201000100', 'a2616100200000')
    expect(new Set(malformed.map(verdictOf))).toEqual(new Set(['malformed']))
    expect(new Set(loose.map(verdictOf))).toEqual(new Set(['not_canonical']))
    expect(new Set(['0000', '8000', 'a000'].map(verdictOf))).toEqual(new Set(['trailing']))
    expect(verdictOf(`${'81'.repeat(8)}00`)).toBe('read')
    expect(verdictOf('1b001fffffffffffff')).toBe('read')
    expect(verdictOf('3b001fffffffffffff')).toBe('read')
  })
})
