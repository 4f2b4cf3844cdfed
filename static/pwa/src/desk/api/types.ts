/** What the desk reads from and writes to the server; names follow the wire contract. */

import type { Answer, KindLine } from '@/engine/form'

export interface Named { id: string; name: string }
export interface Choice { code: string; label: string }
export interface Flag { code: string; label: string; level: 'info' | 'warn' | 'bad' }
export interface Page<T> { items: T[]; page: number; size: number; total: number }

export interface Person {
  id: string
  staff_no: string
  name: string
  role: string
  role_label: string
  phone_masked: string
  unit: { id: string; name: string; kind: string; path_names: string[] } | null
  court: { id: string; name: string; short_code: string } | null
}
/** may: the actions of the permission table open to this person at all; appoints: whose accounts they manage. */
export interface SessionBody { person: Person; may: string[]; appoints: string[]; csrf: string; must_change_password: boolean; server_time: string }
export interface SessionRow {
  id: string; created_at: string; last_seen_at: string; device_label: string | null; ip: string | null; current: boolean
}

export interface DocumentType {
  code: string; name: string; grid: 'yes' | 'officer' | 'guide' | 'never'; modes: string[]; note: string; pair_with?: string | null
}
export interface Reference {
  version: string
  court: { name: string; short_code: string; duty_phone: string; hotline: string }
  kinds: KindLine[]
  documents: DocumentType[]
  modes: Choice[]
  phrases: string[]
  addressSources: Choice[]
  sendBackReasons: Choice[]
  recallReasons: Choice[]
  transferReasons: Choice[]
  outcomes: Record<string, string>
  relations: Record<string, string>
  refusalReasons: Record<string, string>
  /** Why a paper was not handed, why somebody else received it: codes in answers, or the worker's own words. */
  answerReasons: Record<string, string>
  checklist: Record<string, string>
  states: Record<string, string>
  roles: Record<string, string>
}

export interface TaskRow {
  id: string; no: string; kind: string; state: string; version: number; mode: string; urgent: boolean
  flags: Flag[]
  case: { id: string; case_no: string; cause: string }
  addressee: { id: string; name: string; kind: string }
  address_text: string
  community: string | null
  street: Named | null
  cell: Named | null
  worker: (Named & { staff_no: string }) | null
  officer: Named | null
  documents_text: string
  due_on: string | null
  due_at: string | null
  overdue: boolean
  dispatched_at: string | null
  taken_at: string | null
  reported_at: string | null
  closed_at: string | null
  visits_count: number
  rounds: number
  batch_id: string | null
  sensitive?: boolean
  unrouted_reason: string | null
  verbs?: string[]
}
export interface ReviewRow extends TaskRow { arrived: string; round: number; outcome_label: string; seen: boolean }

export interface TimelineEntry {
  at: string; actor: string | null; action: string; label: string
  from: string | null; to: string | null; reason: string | null; ledger_index: number | null
}
export interface Place { lng?: number; lat?: number; accuracy_m?: number; age_s?: number; source?: string; none_reason?: string }
export interface Evidence {
  id: string; item: string; item_label?: string; current?: boolean; name: string | null; sha256: string; size: number; mime: string
  grade: 'A' | 'B' | 'C'; grade_reason?: string | null; made_at: string | null; place?: Place | null
  arrived: { original: boolean; display: boolean }; copy_url: string | null; distance_m: number | null
  flags?: Flag[]
}
export interface Visit {
  id: string; ordinal: number; outcome: string; outcome_label?: string
  started_at: string | null; ended_at: string | null; made_at: string | null; received_at: string | null
  contact: string; met_name: string | null; narrative: string | null
  answers: Record<string, unknown>
  packet?: { checked?: string; reason?: string | null } | null
  place?: Place | null
  clock?: { skew_ms?: number } | null
  evidence: Evidence[]
  flags: Flag[]
  revision: number
  supplementary?: boolean
  supplementary_reason?: string | null
  decision?: string | null
  worker?: { name: string; staff_no: string } | null
}
export interface Revision { visit_id: string; revision: number; at: string; changes: { path: string; before: unknown; after: unknown }[] }
export interface Review {
  id: string; round: number; decision: string; decision_label?: string; by: string | null; at: string
  reason_label?: string | null; text?: string | null; comments?: Record<string, string>
}
export interface ReceiptRef { cti: string; short_code: string; state: string; seq?: number; issued_at?: string }
export interface DocumentLine { id: string; type: string; name: string; no: string | null; copies: number }
export interface Address {
  id: string; text: string; source: string; confirmed_on: string | null; community: string | null
  lng: number | null; lat: number | null; datum: string | null; street?: string | null
}
export interface Dossier extends TaskRow {
  /** What the court asked for, by the kind's questions; empty for a delivery. */
  brief?: Record<string, Answer>
  instruction: string | null
  notes: string | null
  documents: DocumentLine[]
  address: Address | null
  addresses?: Address[]
  first_visit_due_at: string | null
  effective_on: string | null
  receipt_date: string | null
  original_received_on: string | null
  diligence?: { visits: number; days: number; off_hours: boolean; satisfied: boolean; text: string } | null
  conclusion?: string | null
  timeline: TimelineEntry[]
  visits: Visit[]
  revisions: Revision[]
  reviews: Review[]
  receipts: ReceiptRef[]
  earlier_task: { id: string; no: string } | null
  verbs: string[]
  verdict_label?: string | null
  visits_hidden?: boolean
}

export interface Party {
  id: string; role: string; kind: string; name: string
  id_no_masked: string | null; phone_masked: string | null
  addresses: Address[]; minor: boolean; incapacitated: boolean; legal_rep: string | null
}
export interface PartyIn {
  id: string; role: string; kind: string; name: string; id_no?: string; phone?: string; legal_rep?: string
  minor?: boolean; incapacitated?: boolean; addresses: AddressIn[]
  agents?: { name: string; relation: 'litigation_agent' | 'designated_receiver' }[]
}
export interface AddressIn { id: string; text: string; source: string; confirmed_on?: string | null; community?: string | null }
export interface CaseRow {
  id: string; case_no: string; cause: string; officer: Named | null; parties_text: string
  open_tasks: number; tasks_total: number; created_at: string
}
export interface Case extends CaseRow {
  title_instrument: string | null; claim_amount_fen: number | null; parties: Party[]; version: number
}
export interface CaseIn {
  id: string; case_no: string; cause: string; title_instrument?: string; claim_amount_fen?: number | null; parties: PartyIn[]
}
export interface TaskIn {
  id: string; case_id: string; addressee_id: string; address_id: string; mode: string
  documents: { id: string; type: string; name: string; no?: string; copies: number }[]
  urgent: boolean; sensitive?: boolean; previous_task_id?: string; due_on?: string; instruction: string; notes: string; dispatch: boolean
}
export interface TaskDefaults { due_on: string; due_text?: string; modes?: string[]; warnings?: string[] }

export interface ImportProblem { row: number; column: string; reason: string }
export interface ImportRun {
  id: string; kind: string; state: 'checked' | 'committing' | 'done'; file_name: string
  rows_total: number; rows_good: number; rows_bad: number; duplicates: number
  problems: ImportProblem[]; created: number; preview: Record<string, unknown>[]
  job_id?: string | null
  progress?: { done: number; total: number; state: string; problem: string | null } | null
}
export interface Job {
  id: string; kind: string; label?: string; state: 'waiting' | 'running' | 'done' | 'failed'
  done: number; total: number; file_name?: string | null; file_url: string | null
  problem: { title: string } | string | null; created_at?: string; approval?: string | null
}

export interface RegisterColumn { key: string; label: string; kind?: 'text' | 'count' | 'date' | 'rate'; sortable?: boolean; opens?: boolean }
export interface RateCell { n: number; d: number; rate: number | null }
export interface Register extends Page<Record<string, unknown>> {
  title: string; period: { from: string | null; to: string | null; label: string }; unit_label: string
  columns: RegisterColumn[]; totals?: Record<string, unknown> | null; notes: string[]
  exports?: { plain: boolean; full: boolean }
}
/** What stands behind one number of the 考核表. */
export interface Behind extends Register {
  subject: { line: string; label: string }; measure: { key: string; part: string; label: string; formula: string }; opens_tasks: boolean
}
export interface ExportAsk {
  id: string; register: string; register_label: string; format: string; filters_text: string; reason: string
  asked_by: string; asked_at: string; rows: number | null; state: string; may_decide: boolean
}

export interface Unit { id: string; name: string; kind: string; parent_id: string | null; code: string | null; path?: string; court_id?: string | null }
export interface PersonRow {
  id: string; staff_no: string; name: string; role: string; role_label: string; phone_masked: string
  unit: Named | null; active: boolean; is_committee_staff?: boolean; employment?: string | null
  last_sign_in_at?: string | null; must_change_password?: boolean
}
export interface Setting {
  name: string; label: string; group: string; kind: 'bool' | 'int' | 'text' | 'choice' | 'mode_matrix' | 'json'
  value: unknown; default: unknown; note: string; choices?: Choice[]; min?: number; max?: number; unit?: string
  version: number; updated_at: string | null; updated_by: string | null
}
export interface Device {
  id: string; label: string; person: { id: string; name: string; staff_no: string; unit_name: string } | null
  last_seen_at: string | null; unsent: number | null; oldest_unsent_at: string | null; free_mb: number | null
  persisted: boolean | null; app_version: string | null; skew_ms: number | null; state: string
}
export interface Message { id: string; kind: string; title: string; text: string; task_id: string | null; at: string; read: boolean }
export interface LedgerFacts {
  size: number; root: string; checkpoint: { note: string; size: number; at: string } | null
  witnesses?: number
  last_fsck: { at: string; index: number; leaves: number; files: number; findings: number } | null
}
export interface LedgerProof {
  index: number; size: number; action: string; at: string; body: string | null; leaf_hash: string; root: string; path: string[]
}
export interface Receipt {
  cti: string; short_code: string; url: string; token: string; state: string; seq: number; previous_cti: string | null
  task: { id: string; no: string } | null; issued_at: string; confirmed: boolean
  manifest: { root: string; items: { n: number; kind: string; label: string; sha256: string }[] }
  position: { index: number; size: number; root: string } | null
  proof: { hashes: string[] } | null
  checkpoint: { text: string; at: string; size: number } | null
  corrected_by?: string | null
  reason?: string | null
  corrections: { id: string; kind: string; reason: string; asked_by: string; asked_at: string; state: string; may_decide: boolean }[]
  may_ask: boolean
}
