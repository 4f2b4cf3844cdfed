import { newId } from './ids'
import type { Clock } from './clock'
import type { EvidenceClaim, Visit } from './protocol'
import type { BlobRow, Draft, SentRow, TaskRow } from './schema'
import type { Store } from './store'

/** Begin a visit; saved before the first question is asked. An unfinished one of the same task is continued instead. */
export async function startVisit(store: Store, clock: Clock, task: TaskRow): Promise<Draft> {
  return store.write(['drafts'], async (tx) => {
    const open = await tx.objectStore('drafts').index('by_task').getAll(task.id)
    const running = open.find((draft) => draft.kind === 'record')
    if (running) return running
    const draft = blank(task, clock, newId(clock.source.wall()))
    await tx.objectStore('drafts').add(draft)
    return draft
  })
}

/** Begin mending what the officer sent back: old answers filled in, old photos kept. */
export async function startMending(store: Store, clock: Clock, task: TaskRow): Promise<Draft | null> {
  const back = task.sent_back
  if (!back) return null
  return store.write(['drafts', 'sent'], async (tx) => {
    const running = await tx.objectStore('drafts').get(back.visit_id)
    if (running && running.round === back.round) return running
    const earlier = (await tx.objectStore('sent').getAll()).filter((row) => isVisit(row) && row.task_id === task.id)
    const before = earlier
      .map((row) => (row.args as { visit: Visit }).visit)
      .filter((visit) => visit.id === back.visit_id)
      .at(-1)
    const own = new Map((before?.evidence ?? []).map((entry) => [entry.id, entry]))
    const listed = task.visits.find((visit) => visit.id === back.visit_id)
    const draft: Draft = {
      ...blank(task, clock, back.visit_id),
      kind: 'mend',
      base_revision: back.revision,
      round: back.round,
      step: 'summary',
      outcome: before?.outcome ?? listed?.outcome ?? null,
      contact: before?.contact ?? 'door',
      met_name: before?.met_name ?? '',
      narrative: before?.narrative ?? listed?.narrative ?? '',
      answers: { ...before?.answers, ...back.answers },
      packet: before?.packet ?? { token_text: null, cti: null, checked: 'none', reason: 'kept' },
      place: before?.place ?? null,
      started_at: before?.started_at ?? listed?.at ?? clock.nowIso(),
      evidence: back.evidence.map((entry) => ({ ...(own.get(entry.id) ?? claimOf(entry, clock)), held: true })),
    }
    await tx.objectStore('drafts').put(draft)
    return draft
  })
}

const isVisit = (row: SentRow): boolean => row.name === 'visit.record' || row.name === 'visit.mend'

function claimOf(entry: NonNullable<TaskRow['sent_back']>['evidence'][number], clock: Clock): EvidenceClaim {
  return { id: entry.id, item: entry.item, name: '', sha256: entry.sha256, size: entry.size, mime: 'image/jpeg', display: null, grade: 'A', made_at: clock.nowIso() }
}

function blank(task: TaskRow, clock: Clock, id: string): Draft {
  const now = clock.nowIso()
  return {
    id,
    task_id: task.id,
    kind: 'record',
    task_kind: task.kind,
    label: `${task.no} ${task.addressee.name}`,
    base_revision: null,
    round: null,
    step: 'outcome',
    path: null,
    outcome: null,
    contact: 'door',
    met_name: '',
    narrative: '',
    answers: {},
    packet: { token_text: null, cti: null, checked: 'none' },
    place: null,
    evidence: [],
    companions: '',
    safety: '',
    started_at: now,
    updated_at: now,
  }
}

/** The draft was handed in or thrown away in another window: writing it again would make a second report of one visit. */
export class DraftGone extends Error {
  constructor() {
    super('draft gone')
    this.name = 'DraftGone'
  }
}

/** Save the draft as it stands, with new photo bytes in the same transaction. Throws DraftGone when it is no more. */
export async function saveDraft(store: Store, clock: Clock, draft: Draft, fresh: BlobRow[] = []): Promise<Draft> {
  const saved = { ...draft, updated_at: clock.nowIso() }
  await store.write(['drafts', 'blobs'], async (tx) => {
    if ((await tx.objectStore('drafts').getKey(draft.id)) === undefined) throw new DraftGone()
    for (const blob of fresh) await tx.objectStore('blobs').put(blob)
    await tx.objectStore('drafts').put(saved)
  })
  return saved
}

/** Throw a draft away with its photos: only ever at the worker's own word. */
export async function discardDraft(store: Store, draft: Draft): Promise<void> {
  await store.write(['drafts', 'blobs'], async (tx) => {
    const held = new Set(draft.evidence.filter((entry) => entry.held).map((entry) => entry.id))
    for (const blob of await tx.objectStore('blobs').index('by_visit').getAll(draft.id)) {
      if (!held.has(blob.evidence_id)) await tx.objectStore('blobs').delete(blob.key)
    }
    await tx.objectStore('drafts').delete(draft.id)
  })
}

export const isDelivery = (draft: Draft): boolean => (draft.task_kind ?? 'delivery') === 'delivery'

/** The visit as it goes over the wire. */
export function visitOf(draft: Draft, clock: Clock): Visit {
  if (!draft.outcome) throw new Error('a visit without an outcome cannot be saved')
  const now = clock.nowIso()
  return {
    id: draft.id,
    task_id: draft.task_id,
    outcome: draft.outcome,
    started_at: draft.started_at,
    ended_at: now,
    made_at: now,
    contact: draft.contact,
    met_name: draft.met_name,
    narrative: draft.narrative,
    answers: draft.answers,
    ...(isDelivery(draft) ? { packet: draft.packet } : {}),
    place: draft.place ?? { none_reason: 'timeout' },
    clock: clock.claim(),
    evidence: draft.evidence.map(({ held: _held, ...claim }) => claim),
    ...(draft.companions ? { companions: draft.companions } : {}),
    ...(draft.safety ? { safety: draft.safety } : {}),
  }
}
