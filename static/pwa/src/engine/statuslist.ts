// The signed status list (which tokens were corrected or annulled), the mirror of grid/tools/statuslist.py.

import { canonicalJson } from './canonical'
import type { Json } from './canonical'
import type { VerifyKey } from './keys'
import { readShortCode } from './shortcode'
import type { ListedState } from './verdicts'
import { hasLowSForm, holds } from './verify'

export interface StatusEntry {
  state: ListedState
  /** Short code of the token that replaced it, if any. */
  successor: string | null
}

/** A verified list; entries by the first 8 bytes of the cti in hex, issuedAt in unix seconds. */
export interface StatusList {
  counter: number
  issuedAt: number
  entries: ReadonlyMap<string, StatusEntry>
}

const MEMBERS = ['counter', 'entries', 'issued_at', 'kid', 'signature', 'version']
const MAX_ENTRIES = 100_000
const FRONT = /^[0-9a-f]{16}$/
const ISSUED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const SIGNATURE = /^[A-Za-z0-9_-]{86}$/
const CONTEXT = 'hs-status-v1\n'

/** Checks form and signature of a list and reads it; null when it must not be used. Keep the higher counter of two. */
export async function readStatus(document: unknown, keys: readonly VerifyKey[]): Promise<StatusList | null> {
  if (!isRecord(document) || Object.keys(document).sort().join() !== MEMBERS.join()) return null
  const { signature: written, ...body } = document
  const list = readBody(body)
  const signature = readSignature(written)
  if (list === null || signature === null) return null
  const message = signedBytes(body)
  if (message === null) return null
  for (const key of keys) {
    if (key.purpose !== 'status' || key.kid !== document.kid || key.revokedAt !== null) continue
    if (await holds(key, signature, message)) return list
  }
  return null
}

/** What the list says about a token (cti in hex); null when it says nothing. */
export function entryOf(list: StatusList, cti: string): StatusEntry | null {
  return list.entries.get(cti.slice(0, 16)) ?? null
}

function signedBytes(body: Record<string, unknown>): Uint8Array<ArrayBuffer> | null {
  try {
    return new TextEncoder().encode(CONTEXT + canonicalJson(body as Json))
  } catch {
    return null // what has no canonical bytes was never signed
  }
}

function readBody(body: Record<string, unknown>): StatusList | null {
  const { version, counter, issued_at: issuedAt, entries: rows } = body
  if (version !== 1 || !Number.isSafeInteger(counter) || (counter as number) < 0) return null
  const at = typeof issuedAt === 'string' ? instant(issuedAt) : null
  if (at === null || !Array.isArray(rows) || rows.length > MAX_ENTRIES) return null
  const entries = new Map<string, StatusEntry>()
  let before = ''
  for (const row of rows) {
    const read = readRow(row)
    if (read === null || read[0] <= before) return null
    before = read[0]
    entries.set(...read)
  }
  return { counter: counter as number, issuedAt: at, entries }
}

function readRow(row: unknown): [string, StatusEntry] | null {
  if (!Array.isArray(row) || row.length < 2 || row.length > 3 || !row.every((part) => typeof part === 'string')) return null
  const [front, state, successor] = row as [string, string, string?]
  if (!FRONT.test(front) || (state !== 'corrected' && state !== 'annulled')) return null
  if (successor === undefined) return [front, { state, successor: null }]
  return state === 'corrected' && readShortCode(successor) === successor ? [front, { state, successor }] : null
}

function instant(text: string): number | null {
  const at = ISSUED.test(text) ? Date.parse(text) : NaN
  // Date.parse rolls some impossible days over; only a real instant is written back the same.
  return !Number.isNaN(at) && new Date(at).toISOString() === text ? Math.floor(at / 1000) : null
}

function readSignature(text: unknown): Uint8Array<ArrayBuffer> | null {
  if (typeof text !== 'string' || !SIGNATURE.test(text)) return null
  const bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/') + '=='), (character) => character.charCodeAt(0))
  // Four stray bits in the last character would be a second spelling; the lowest bits of the alphabet are A, Q, g, w.
  return /[AQgw]$/.test(text) && hasLowSForm(bytes) ? bytes : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
