/** The shapes of the wire, protocol 1. Times are RFC 3339 UTC (`*_at`), dates Shanghai (`*_on`), ids UUIDv7. */
export const PROTOCOL = 1
export const MAX_MUTATIONS = 50
export const MAX_BATCH_BYTES = 900_000

export type TaskState =
  | 'draft'
  | 'dispatched'
  | 'routed'
  | 'taken'
  | 'working'
  | 'reported'
  | 'verifying'
  | 'closed'
  | 'archived'
  | 'returned_unit'
  | 'suspended'
  | 'cancelled'

export interface Coded {
  code: string
  label: string
}

export interface Problem {
  type?: string
  title: string
  status?: number
  code: string
  detail?: string
  fields?: Record<string, string[]>
  [fact: string]: unknown
}

export interface Address {
  id?: string
  text: string
  source: string | null
  confirmed_on: string | null
  lng: number | null
  lat: number | null
  datum: string | null
  community: string | null
  street: string | null
}

export interface TaskDocument {
  id: string
  type: string
  name: string
  no: string | null
  copies: number
}

export interface VisitLine {
  id: string
  ordinal: number
  outcome: string
  outcome_label: string
  at: string
  revision: number
  narrative: string | null
  place_text: string | null
  supplementary: boolean
  photos: number
}

export interface SentBackEvidence {
  id: string
  item: string
  sha256: string
  size: number
  display_sha256: string | null
}

export interface SentBack {
  round: number
  visit_id: string
  revision: number
  reason_code: string
  reason_label: string
  text: string | null
  comments: Record<string, string>
  at: string
  answers: Partial<VisitAnswers>
  evidence: SentBackEvidence[]
}

export interface TaskCard {
  id: string
  no: string
  kind: string
  state: TaskState
  version: number
  mode: string
  urgent: boolean
  flags: (string | { code: string; label?: string })[]
  case_no: string
  cause: string | null
  issued_on: string | null
  addressee: {
    name: string
    masked: boolean
    kind: 'natural' | 'legal' | 'other'
    phone: string | null
    legal_rep: string | null
    minor: boolean
    incapacitated: boolean
    agents: { name: string; relation: string }[]
  }
  adverse: string[]
  address: Address
  addresses: Address[]
  documents: TaskDocument[]
  /** What the court asked for, by the kind's questions; empty for a delivery. */
  brief?: Record<string, string | string[] | boolean | number | null>
  due_at: string | null
  due_on: string | null
  first_visit_due_at: string | null
  instruction: string | null
  notes: string | null
  officer: { name: string; phone: string | null }
  duty_phone: string | null
  cell: { id: string; name: string } | null
  packet: { cti: string; digest: string } | null
  packet_revoked: boolean
  slip: string | null
  slip_expires_at: string | null
  diligence: { visits: number; days: number; off_hours: number; satisfied: boolean; text: string } | null
  visits: VisitLine[]
  sent_back: SentBack | null
  result: { verdict: string; verdict_label?: string; effective_on: string | null; receipt_short: string | null } | null
  receipts: { short_code: string; cti: string; state: string }[]
}

export interface Message {
  id: string
  kind: string
  title: string
  text: string
  task_id: string | null
  at: string
  read: boolean
}

export interface Changes {
  cursor: number
  /** True when this is all there is: what it leaves out is no longer ours. */
  reset?: boolean
  more: boolean
  tasks: TaskCard[]
  gone: string[]
  messages: Message[]
  server_time: string
}

export interface Place {
  lng: number
  lat: number
  accuracy_m: number
  age_s: number
  source: string
}

export type PlaceClaim = Place | { none_reason: string }

export interface Signer {
  name: string
  relation: string
  id_last4?: string
  adult?: boolean
  cohabiting?: boolean
  adverse?: boolean
  reason?: string
  seal?: string
  guardian_of?: string
}

export interface LineAnswer {
  document_id: string
  handed: boolean
  reason?: string
}

export interface VisitAnswers {
  signer?: Signer
  lines?: LineAnswer[]
  refusal_reason?: string
  refusal_note?: string
  statement_unit?: string
  next_visit_on?: string
  moved_to?: string
  pickup_on?: string
  receipt_date?: string
  signature_kind?: 'signature' | 'thumbprint'
}

export type Grade = 'A' | 'B' | 'C'

export interface EvidenceClaim {
  id: string
  item: string
  name: string
  sha256: string
  size: number
  mime: string
  display: { sha256: string; size: number } | null
  grade: Grade
  grade_reason?: string
  made_at: string
  place?: Place
}

export interface PacketCheck {
  token_text: string | null
  cti: string | null
  checked: 'ok' | 'manual' | 'none'
  reason?: string
}

export interface Visit {
  id: string
  task_id: string
  outcome: string
  started_at: string
  ended_at: string
  made_at: string
  contact: 'door' | 'phone' | 'wechat' | 'workplace'
  met_name: string
  narrative: string
  answers: VisitAnswers
  /** Only of a delivery. */
  packet?: PacketCheck
  place: PlaceClaim
  clock: { skew_ms: number | null; anchor_at: string | null; monotonic_ms: number | null }
  evidence: EvidenceClaim[]
  companions?: string
  safety?: string
}

export interface MutationArgs {
  'task.take': { task_id: string; version: number; recusal: 'none' | 'conflict'; recusal_note?: string }
  'task.return': { task_id: string; reason_code: string; note: string }
  'visit.record': { visit: Visit; kind?: string }
  'visit.mend': { visit_id: string; base_revision: number; visit: Visit; kind?: string }
  'visit.place': { visit_id: string; place: Place }
  'task.report': { task_id: string; conclusion: 'unserved'; narrative: string }
  'message.read': { ids: string[] }
}

export type MutationName = keyof MutationArgs

export interface Mutation<N extends MutationName = MutationName> {
  seq: number
  id: string
  name: N
  args: MutationArgs[N]
  made_at: string
}

export interface MutationResult {
  id: string
  seq: number
  status: 'done' | 'refused' | 'conflict' | 'later'
  receipt_no?: string | null
  result?: Record<string, unknown> | null
  problem?: Problem | null
}

export interface SyncAnswer {
  device_id: string
  last_seq: number
  server_time: string
  results: MutationResult[]
}

export interface DeviceFacts {
  unsent: number
  oldest_unsent_at: string | null
  free_mb?: number | null
  persisted?: boolean | null
  app_version?: string
  device_time: string
  large_type?: boolean
}
