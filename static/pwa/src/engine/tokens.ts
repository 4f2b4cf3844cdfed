// What stands in a signed token, an exact mirror of grid/rules/tokens.py. Times are unix seconds, bytes are hex.

import type { Cbor } from './cbor'
import { toHex } from './hash'
import type { TokenKind } from './verdicts'

interface Common {
  issued_at: number
  cti: string
  documents: string
}

interface Visit extends Common {
  /** Masked addressee. */
  name: string
  grid: string
  /** Internal number; the name behind it is only known online. */
  worker: number
  seq: number
  role: number
}

export interface ReceiptFacts extends Visit {
  kind: 'receipt'
  root: string
  method: number
  /** Claimed by the phone. */
  served_at: number
}

export interface SlipFacts extends Visit {
  kind: 'slip'
  order: string
  valid_until: number
}

export interface PacketFacts extends Common {
  kind: 'packet'
  task_id: string
  expires_at: number
}

export type TokenFacts = ReceiptFacts | SlipFacts | PacketFacts

/** What is signed along with the token, so that one kind can never pass as another. */
export const AADS: Readonly<Record<TokenKind, string>> = {
  slip: 'hs-slip-v1',
  receipt: 'hs-receipt-v1',
  packet: 'hs-packet-v1',
}

/** Fields that may not stand in a token; a later version is no fault of the token. */
export class LayoutRefused extends Error {
  readonly verdict: 'payload' | 'too_new'

  constructor(reason: string, verdict: 'payload' | 'too_new' = 'payload') {
    super(reason)
    this.verdict = verdict
  }
}

const VERSION = 1
const FIRST_SECOND = 1_577_836_800 // 2020-01-01
const END_SECOND = 4_102_444_800 // 2100-01-01
const ISSUED_AT = 6
const CTI = 7
const FIELDS = -65537
const GRID_TEXT = /^[0-9A-Za-z][0-9A-Za-z_-]*$/
const GRID_NUMBER = /^(?:0|[1-9][0-9]{0,14})$/
// Controls, zero-width and direction marks could make a name read as another one.
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u
const TASK_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Reads the payload of a token of this kind; throws LayoutRefused. */
export function parseFacts(kind: TokenKind, payload: Cbor): TokenFacts {
  const fields = payload instanceof Map ? payload.get(FIELDS) : undefined
  if (!(payload instanceof Map) || !Array.isArray(fields) || fields.length === 0) throw new LayoutRefused('no fields')
  if (whole(fields[0], 1, Number.MAX_SAFE_INTEGER, 'version') > VERSION) throw new LayoutRefused('a later version', 'too_new')
  if (payload.size !== 3 || !payload.has(ISSUED_AT) || !payload.has(CTI) || fields.length !== (kind === 'packet' ? 4 : 10)) {
    throw new LayoutRefused('fields too many or too few')
  }
  const common = { issued_at: time(payload.get(ISSUED_AT), 'issued_at'), cti: octets(payload.get(CTI), 10, 'cti') }
  return kind === 'packet' ? packet(common, fields) : visit(kind, common, fields)
}

/** The last second a slip or packet may be used; null for a receipt, which does not expire. */
export function expiresAt(facts: TokenFacts): number | null {
  if (facts.kind === 'receipt') return null
  return facts.kind === 'slip' ? facts.valid_until : facts.expires_at
}

type Head = Pick<Common, 'issued_at' | 'cti'>

function packet(head: Head, fields: Cbor[]): PacketFacts {
  const hex = octets(fields[1], 16, 'task_id')
  const taskId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  if (!TASK_ID.test(taskId)) throw new LayoutRefused('the task id is not an id')
  const documents = octets(fields[2], 16, 'documents')
  return { kind: 'packet', ...head, task_id: taskId, documents, expires_at: after(head.issued_at, fields[3]) }
}

function visit(kind: 'receipt' | 'slip', head: Head, fields: Cbor[]): ReceiptFacts | SlipFacts {
  const [, digest, name, method, grid, worker, seq, documents, at, role] = fields
  const shared: Visit = {
    ...head,
    name: masked(name),
    grid: gridCode(grid),
    worker: whole(worker, 0, 999_999_999, 'worker'),
    seq: whole(seq, 0, 9_999, 'seq'),
    documents: octets(documents, 16, 'documents'),
    role: whole(role, 1, 3, 'role'),
  }
  if (kind === 'slip') {
    whole(method, 0, 0, 'method')
    return { kind, ...shared, order: octets(digest, 32, 'order'), valid_until: after(head.issued_at, at) }
  }
  const root = octets(digest, 32, 'root')
  return { kind, ...shared, root, method: whole(method, 1, 6, 'method'), served_at: whole(at, 0, END_SECOND - 1, 'served_at') }
}

function whole(value: Cbor | undefined, least: number, most: number, field: string): number {
  if (typeof value !== 'number' || value < least || value > most) throw new LayoutRefused(`${field} is out of range`)
  return value
}

function octets(value: Cbor | undefined, size: number, field: string): string {
  if (!(value instanceof Uint8Array) || value.length !== size) throw new LayoutRefused(`${field} does not have ${size} bytes`)
  return toHex(value)
}

function time(value: Cbor | undefined, field: string): number {
  return whole(value, FIRST_SECOND, END_SECOND - 1, field)
}

function after(issuedAt: number, value: Cbor | undefined): number {
  const end = time(value, 'end')
  if (end <= issuedAt) throw new LayoutRefused('it ends before it begins')
  return end
}

function masked(name: Cbor | undefined): string {
  if (typeof name !== 'string') throw new LayoutRefused('the name is no text')
  const size = [...name].length
  if (size < 1 || size > 12) throw new LayoutRefused('the name does not have 1 to 12 characters')
  if (!name.includes('*') || name.replace(/[^0-9]/g, '').length > 3 || HIDDEN.test(name)) {
    throw new LayoutRefused('the name is not masked, or holds a number or hidden characters')
  }
  return name
}

function gridCode(grid: Cbor | undefined): string {
  if (typeof grid === 'number') return String(whole(grid, 0, 10 ** 15 - 1, 'grid'))
  if (typeof grid !== 'string' || [...grid].length > 24 || !GRID_TEXT.test(grid)) {
    throw new LayoutRefused('the grid code is neither a number nor a short code')
  }
  if (GRID_NUMBER.test(grid)) throw new LayoutRefused('a grid code of digits is written as a number')
  return grid
}
