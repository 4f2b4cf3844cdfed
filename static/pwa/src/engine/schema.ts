import type { DBSchema } from 'idb'
import type { Reference, VisitPath } from './descriptor'
import type {
  EvidenceClaim,
  Message,
  Mutation,
  PacketCheck,
  PlaceClaim,
  Problem,
  TaskCard,
  VisitAnswers,
} from './protocol'

export type Role = 'original' | 'display'

/** A task as kept on the phone. */
export type TaskRow = TaskCard & {
  /** The server took it away while work on it was still here. */
  gone_at?: string | null
  /** When this phone first saw it closed: its copy is purged a week later. */
  closed_seen_at?: string | null
  /** Not yet named by the full snapshot under way. */
  stale?: boolean
}

/** A photo inside a draft. `held` = the server has its bytes already (kept from an earlier round). */
export type DraftEvidence = EvidenceClaim & { held?: boolean }

/** A visit being written; saved at every step, so that a killed page loses nothing. */
export interface Draft {
  /** The visit's id for life. */
  id: string
  task_id: string
  kind: 'record' | 'mend'
  /** The kind of task; drafts of before kinds are deliveries. */
  task_kind?: string
  /** The task's number and addressee as shown in lists, should the task be gone by then. */
  label: string
  base_revision: number | null
  round: number | null
  step: string
  path: VisitPath | null
  outcome: string | null
  contact: 'door' | 'phone' | 'wechat' | 'workplace'
  met_name: string
  narrative: string
  answers: VisitAnswers
  packet: PacketCheck
  place: PlaceClaim | null
  evidence: DraftEvidence[]
  companions: string
  safety: string
  started_at: string
  updated_at: string
}

export interface BlobRow {
  /** `<evidence id>:<role>` */
  key: string
  evidence_id: string
  role: Role
  task_id: string
  visit_id: string
  sha256: string
  size: number
  mime: string
  /** Bytes, not a Blob: Blobs in IndexedDB were lost on some Android builds. */
  bytes: ArrayBuffer
  at: string
}

/** A mutation the server has not answered yet. Without `seq` it is set aside: out of the sequence until retried. */
export interface OutboxRow extends Omit<Mutation, 'seq'> {
  seq?: number
  label: string
  task_id: string | null
  tries: number
  problem: Problem | null
}

/** A mutation the server answered for good; kept, so that a restored server can be told again. */
export interface SentRow extends Mutation {
  label: string
  task_id: string | null
  status: 'done' | 'refused' | 'conflict'
  receipt_no: string | null
  result: Record<string, unknown> | null
  problem: Problem | null
  answered_at: string
  /** The worker has read a refusal and has dealt with it. */
  settled: boolean
}

export interface UploadRow {
  key: string
  evidence_id: string
  role: Role
  task_id: string
  visit_id: string
  /** The mutation that declares this file to the server. */
  mutation_id: string
  item: string
  name: string
  sha256: string
  size: number
  state: 'waiting' | 'done' | 'aside'
  url: string | null
  offset: number
  tries: number
  next_at: number
  problem: Problem | null
  done_at: string | null
}

export interface ReferenceRow {
  key: 'current'
  etag: string | null
  fetched_at: string
  body: Reference
}

export interface GridDb extends DBSchema {
  meta: { key: string; value: unknown }
  tasks: { key: string; value: TaskRow }
  messages: { key: string; value: Message }
  drafts: { key: string; value: Draft; indexes: { by_task: string } }
  blobs: { key: string; value: BlobRow; indexes: { by_visit: string } }
  outbox: { key: string; value: OutboxRow; indexes: { by_seq: number } }
  sent: { key: string; value: SentRow; indexes: { by_seq: number } }
  uploads: { key: string; value: UploadRow; indexes: { by_visit: string } }
  reference: { key: string; value: ReferenceRow }
}

export type StoreName = 'meta' | 'tasks' | 'messages' | 'drafts' | 'blobs' | 'outbox' | 'sent' | 'uploads' | 'reference'

export const STORES: StoreName[] = ['meta', 'tasks', 'messages', 'drafts', 'blobs', 'outbox', 'sent', 'uploads', 'reference']
