// Public keys for the verifier, from the court's key set (/.well-known/jwks.json or the cached copy in the reference).

import { toHex } from './hash'

/** A key of the published set; times in unix seconds. */
export interface PublishedKey {
  kty: string
  crv: string
  x: string
  y?: string
  kid6: string
  purpose: string
  valid_from: number
  retired_at: number | null
  revoked_at: number | null
}

export interface VerifyKey {
  kid: string
  purpose: string
  key: CryptoKey
  validFrom: number
  retiredAt: number | null
  revokedAt: number | null
}

const SPKI_FRONT = Uint8Array.from(
  '3059301306072a8648ce3d020106082a8648ce3d030107034200'.match(/../g) ?? [],
  (pair) => parseInt(pair, 16),
)
const COORDINATE = /^[A-Za-z0-9_-]{43}$/

/**
 * Imports the ES256 keys of a key set; keys of other kinds (the log's) are left out.
 * Throws when a key's kid6 is not its own: a set that lies about one key is not to be trusted at all.
 */
export async function importKeys(jwks: { keys: PublishedKey[] }): Promise<VerifyKey[]> {
  return Promise.all(jwks.keys.filter((jwk) => jwk.kty === 'EC' && jwk.crv === 'P-256').map(importKey))
}

async function importKey(jwk: PublishedKey): Promise<VerifyKey> {
  const { x, y } = jwk
  if (!COORDINATE.test(x) || y === undefined || !COORDINATE.test(y)) throw new Error(`key ${jwk.kid6} has no point`)
  const spki = new Uint8Array([...SPKI_FRONT, 4, ...coordinate(x), ...coordinate(y)])
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', spki))
  if (toHex(digest.subarray(0, 6)) !== jwk.kid6) throw new Error(`key ${jwk.kid6} does not carry its own id`)
  const key = await crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
  return {
    kid: jwk.kid6,
    purpose: jwk.purpose,
    key,
    validFrom: jwk.valid_from,
    retiredAt: jwk.retired_at,
    revokedAt: jwk.revoked_at,
  }
}

function coordinate(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/') + '='), (character) => character.charCodeAt(0))
}
