// The browser's strict COSE_Sign1 verifier, same answers as grid/tools/cose.py and grid/tools/tokens.py.
// WebCrypto only; runs in a page, a worker and Node. The payload is read only after the signature holds.

import { fromBase32 } from './base32'
import { CborRefused, cborHead, decodeCbor } from './cbor'
import type { Cbor } from './cbor'
import { toHex } from './hash'
import type { VerifyKey } from './keys'
import { AADS, expiresAt, LayoutRefused, parseFacts } from './tokens'
import type { TokenFacts } from './tokens'
import type { TokenKind, Verdict } from './verdicts'

export { importKeys } from './keys'
export type { VerifyKey } from './keys'
export { parseQrText } from './qrtext'
export { standing } from './verdicts'

/** The outcome of a check; facts and key are there once signature and layout held, whatever the verdict is then. */
export interface Checked {
  verdict: Verdict
  facts: TokenFacts | null
  key: VerifyKey | null
}

const MAX_TOKEN = 1_200
const MAX_TEXT = Math.floor((MAX_TOKEN * 8 + 4) / 5)
const TAG = 0xd2
const HEADER = 'a201260446' // {1: -7 (ES256), 4: 6 bytes …}
const ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
const HALF_ORDER = '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8'
const ZERO = '0'.repeat(64)

const utf8 = new TextEncoder()

class TokenBroken extends Error {
  readonly verdict: Verdict

  constructor(verdict: Verdict) {
    super(verdict)
    this.verdict = verdict
  }
}

/**
 * Checks a token (base32 text or bytes) of the expected kind as of now (unix seconds).
 * Never rejects for what the token holds; rejects when the browser offers no WebCrypto (a page without https).
 */
export async function verifyToken(
  token: string | Uint8Array<ArrayBuffer>,
  keys: readonly VerifyKey[],
  kind: TokenKind,
  now: number,
): Promise<Checked> {
  try {
    const parts = takeApart(typeof token === 'string' ? bytesOf(token) : token)
    const key = await signer(parts, keys, kind)
    const facts = parseFacts(kind, body(parts.body))
    return { verdict: life(facts, key, now), facts, key }
  } catch (refused) {
    if (refused instanceof TokenBroken || refused instanceof LayoutRefused) {
      return { verdict: refused.verdict, facts: null, key: null }
    }
    throw refused
  }
}

interface Parts {
  header: Uint8Array<ArrayBuffer>
  kid: string
  body: Uint8Array<ArrayBuffer>
  signature: Uint8Array<ArrayBuffer>
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  if (text.length > MAX_TEXT) throw new TokenBroken('too_long')
  const bytes = fromBase32(text)
  if (bytes === null) throw new TokenBroken('not_base32')
  return bytes
}

function takeApart(token: Uint8Array<ArrayBuffer>): Parts {
  if (token.length > MAX_TOKEN) throw new TokenBroken('too_long')
  if (token[0] !== TAG) throw new TokenBroken('malformed')
  const parts = decoded(token.subarray(1), (verdict) => verdict)
  if (!Array.isArray(parts) || parts.length !== 4) throw new TokenBroken('malformed')
  const [header, unprotected, payload, signature] = parts
  if (!(header instanceof Uint8Array) || !(unprotected instanceof Map)) throw new TokenBroken('malformed')
  if (!(payload instanceof Uint8Array) || !(signature instanceof Uint8Array)) throw new TokenBroken('malformed')
  if (unprotected.size > 0) throw new TokenBroken('unprotected')
  const written = toHex(header)
  if (written.length !== HEADER.length + 12 || !written.startsWith(HEADER)) throw new TokenBroken('header')
  if (!hasLowSForm(signature)) throw new TokenBroken('signature_form')
  return { header, kid: written.slice(HEADER.length), body: payload, signature }
}

async function signer(parts: Parts, keys: readonly VerifyKey[], kind: TokenKind): Promise<VerifyKey> {
  const named = keys.filter((key) => key.kid === parts.kid)
  if (named.length === 0) throw new TokenBroken('unknown_key')
  const fitting = named.filter((key) => key.purpose === kind)
  if (fitting.length === 0) throw new TokenBroken('wrong_purpose')
  const message = toBeSigned(parts.header, utf8.encode(AADS[kind]), parts.body)
  for (const key of fitting) {
    if (await holds(key, parts.signature, message)) return key
  }
  throw new TokenBroken('bad_signature')
}

/** Tells whether an ES256 signature (64 bytes) over the message was made by the key. */
export async function holds(
  key: VerifyKey,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key.key, signature, message)
}

/** Tells whether 64 bytes can be an ES256 signature in its one spelling: 0 < r < n and 0 < s ≤ n/2. */
export function hasLowSForm(signature: Uint8Array): boolean {
  if (signature.length !== 64) return false
  const r = toHex(signature.subarray(0, 32))
  const s = toHex(signature.subarray(32))
  return r > ZERO && r < ORDER && s > ZERO && s <= HALF_ORDER
}

function toBeSigned(header: Uint8Array, aad: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const context = utf8.encode('Signature1')
  return joined(
    cborHead(4, 4),
    cborHead(3, context.length),
    context,
    ...[header, aad, payload].flatMap((part) => [cborHead(2, part.length), part]),
  )
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function body(payload: Uint8Array<ArrayBuffer>): Cbor {
  const value = decoded(payload, () => 'payload')
  if (!(value instanceof Map)) throw new TokenBroken('payload')
  return value
}

function decoded(data: Uint8Array<ArrayBuffer>, verdict: (of: CborRefused['verdict']) => Verdict): Cbor {
  try {
    return decodeCbor(data)
  } catch (refused) {
    if (refused instanceof CborRefused) throw new TokenBroken(verdict(refused.verdict))
    throw refused
  }
}

function life(facts: TokenFacts, key: VerifyKey, now: number): Verdict {
  if (key.revokedAt !== null) return 'key_revoked'
  if (facts.issued_at < key.validFrom || (key.retiredAt !== null && facts.issued_at > key.retiredAt)) return 'key_period'
  const end = expiresAt(facts)
  return end !== null && now > end ? 'expired' : 'ok'
}
