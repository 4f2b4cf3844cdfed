// The vector file that the Python verifier is held to as well; tests/vectors/make_tokens.py writes it.
import made from '../../../tests/vectors/tokens.json'
import { fromBase32 } from '@/engine/base32'
import type { PublishedKey } from '@/engine/keys'
import type { AnsweredState, ListedState, QrVerdict, Standing, TokenKind, Verdict } from '@/engine/verdicts'

interface Vectors {
  now: number
  jwks: { keys: PublishedKey[] }
  tokens: { name: string; kind: TokenKind; token: string; verdict: Verdict; facts?: object; code?: string }[]
  qr: { text: string; origin: string; verdict?: QrVerdict; packet?: boolean; token?: string }[]
  codes: { cti?: string; typed?: string; code: string | null }[]
  status: { name: string; document: unknown; read: { counter: number; issued_at: number; entries: object } | null }[]
  standings: [Verdict, ListedState | null, AnsweredState | null, Standing][]
  canonical: { value: never; text: string; sha256: string }[]
  labels: Record<'verdicts' | 'qr_verdicts' | 'standings' | 'methods' | 'roles', Record<string, string>>
}

export const vectors = made as unknown as Vectors

/** The bytes of a good token by its name. */
export function bytesOf(name: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase32(textOf(name))
  if (bytes === null) throw new Error(`${name} is not base32`)
  return bytes
}

/** The text of a token by its name. */
export function textOf(name: string): string {
  const row = vectors.tokens.find((token) => token.name === name)
  if (!row) throw new Error(`no vector ${name}`)
  return row.token
}
