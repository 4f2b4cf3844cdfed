import type { KindForm, KindLine } from './form'
import type { PublishedKey } from './keys'
import type { Coded } from './protocol'

/** What `GET /api/reference` says about deliveries: the phone draws its questions from it and holds no rule of its own. */
export type VisitPath = 'handover' | 'refused' | 'absent' | 'moved' | 'pickup' | 'handback' | 'unsafe'

export interface Outcome extends Coded {
  hint: string
  path: VisitPath
  relation: string | null
  modes: string[]
  next: string
  closes: boolean
}

export type SignerField = 'name' | 'id_last4' | 'adult' | 'cohabiting' | 'adverse' | 'reason' | 'seal' | 'guardian_of'

export interface Relation extends Coded {
  hint: string
  addressee_kinds: string[]
  column: 'addressee' | 'substitute'
  asks: SignerField[]
  /** Shown, never demanded. */
  optional?: SignerField[]
  must: Partial<Record<'adult' | 'cohabiting' | 'adverse', boolean>>
  blocks: Partial<Record<string, string>>
}

export interface ChecklistItem {
  item: string
  label: string
  hint: string
  required: boolean
  min: number
  max: number
}

export type Ask =
  | 'narrative'
  | 'met_name'
  | 'refusal_reason'
  | 'refusal_note'
  | 'statement_unit'
  | 'next_visit_on'
  | 'moved_to'
  | 'pickup_on'
  | 'receipt_date'

export interface DeliveryDescriptor {
  version: string | number
  documents: { code: string; name: string; grid: string; note?: string }[]
  modes: (Coded & { say: string })[]
  outcomes: Outcome[]
  relations: Relation[]
  checklists: Record<string, ChecklistItem[]>
  asks: Partial<Record<VisitPath, Ask[]>>
  required: Partial<Record<VisitPath, Ask[]>>
  /** Sets of checklist items of which one is enough. */
  one_of?: Partial<Record<VisitPath, string[][]>>
  must_not?: Partial<Record<VisitPath, string[]>>
  recusal_question?: string
  refusal_reasons: Coded[]
  substitute_reasons: Coded[]
  line_reasons: Coded[]
  manual_packet_reasons: Coded[]
  grade_reasons: Coded[]
  no_place_reasons: Coded[]
  contacts: Coded[]
  recusal_reasons: Coded[]
  diligence: { visits: number; days: number; off_hours: number; evening_from: string; text: string }
  max_photos: number
  /** Only of a kind that is drawn from its questions. */
  form?: KindForm
}

export interface Reference {
  version: string
  court: { name: string; short_code: string; duty_phone: string | null; hotline: string | null }
  host: string
  protocol: number
  keys: { keys: PublishedKey[] }
  revoked: unknown[]
  delivery: DeliveryDescriptor
  return_reasons: Coded[]
  send_back_reasons: Coded[]
  address_sources?: Coded[]
  roles?: unknown
  states?: unknown
  kinds?: KindLine[]
  sla?: unknown
  server_time: string
}
