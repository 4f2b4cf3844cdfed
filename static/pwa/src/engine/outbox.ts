import { isDelivery } from './drafts'
import { newId } from './ids'
import type { EvidenceClaim, MutationArgs, MutationName, Visit } from './protocol'
import type { BlobRow, Draft, OutboxRow, Role, SentRow, UploadRow } from './schema'
import type { Store, Tx } from './store'

const NEXT_SEQ = 'next_seq'

export interface Append<N extends MutationName> {
  name: N
  args: MutationArgs[N]
  made_at: string
  label: string
  task_id: string | null
}

/** Put one numbered mutation into the outbox. It is on disk when this resolves. */
export async function append<N extends MutationName>(store: Store, item: Append<N>): Promise<OutboxRow> {
  return store.write(['meta', 'outbox', 'sent'], (tx) => appendIn(tx, item))
}

/** The same inside a transaction that also writes something else. */
export async function appendIn<N extends MutationName>(tx: Tx<'readwrite'>, item: Append<N>): Promise<OutboxRow> {
  const meta = tx.objectStore('meta')
  const seq = ((await meta.get(NEXT_SEQ)) as number | undefined) ?? 1
  await meta.put(seq + 1, NEXT_SEQ)
  const row: OutboxRow = { seq, id: newId(), tries: 0, problem: null, ...item } as OutboxRow
  await tx.objectStore('outbox').add(row)
  return row
}

/** Bytes that the report of a visit needs are not on this phone: it must not be saved as if they were. */
export class BytesMissing extends Error {
  constructor(readonly keys: string[]) {
    super(`no bytes for ${keys.join(', ')}`)
    this.name = 'BytesMissing'
  }
}

/**
 * Hand a finished draft to the outbox: mutation, upload rows and the end of the draft in one transaction with the
 * bytes they point at. Refuses (BytesMissing) when a photo's bytes are neither here nor at the server.
 */
export async function saveVisit(store: Store, draft: Draft, visit: Visit, made_at: string, fresh: BlobRow[] = []): Promise<OutboxRow> {
  return store.write(['meta', 'outbox', 'sent', 'blobs', 'uploads', 'drafts'], async (tx) => {
    const blobs = tx.objectStore('blobs')
    for (const blob of fresh) await blobs.put(blob)
    const held = new Set(draft.evidence.filter((entry) => entry.held).map((entry) => entry.id))
    const wanted = visit.evidence.filter((entry) => !held.has(entry.id)).flatMap(filesOf)
    const missing: string[] = []
    for (const file of wanted) if ((await blobs.getKey(file.key)) === undefined) missing.push(file.key)
    if (missing.length > 0) throw new BytesMissing(missing)
    const kind = isDelivery(draft) ? {} : { kind: draft.task_kind }
    const item = { made_at, label: draft.label, task_id: draft.task_id }
    const row =
      draft.kind === 'mend'
        ? await appendIn(tx, { ...item, name: 'visit.mend', args: { visit_id: draft.id, base_revision: draft.base_revision ?? 1, visit, ...kind } })
        : await appendIn(tx, { ...item, name: 'visit.record', args: { visit, ...kind } })
    for (const file of wanted) await tx.objectStore('uploads').put(uploadRow(file, row, draft, visit))
    await tx.objectStore('drafts').delete(draft.id)
    return row
  })
}

interface FileOf {
  key: string
  role: Role
  evidence: EvidenceClaim
  sha256: string
  size: number
}

export const blobKey = (evidenceId: string, role: Role): string => `${evidenceId}:${role}`

/** The files one piece of evidence stands for: the untouched original and, when made, its display copy. */
export function filesOf(evidence: EvidenceClaim): FileOf[] {
  const files: FileOf[] = [
    { key: blobKey(evidence.id, 'original'), role: 'original', evidence, sha256: evidence.sha256, size: evidence.size },
  ]
  if (evidence.display) files.push({ key: blobKey(evidence.id, 'display'), role: 'display', evidence, ...evidence.display })
  return files
}

function uploadRow(file: FileOf, row: OutboxRow, draft: Draft, visit: Visit): UploadRow {
  return {
    key: file.key,
    evidence_id: file.evidence.id,
    role: file.role,
    task_id: draft.task_id,
    visit_id: visit.id,
    mutation_id: row.id,
    item: file.evidence.item,
    name: file.evidence.name,
    sha256: file.sha256,
    size: file.size,
    state: 'waiting',
    url: null,
    offset: 0,
    tries: 0,
    next_at: 0,
    problem: null,
    done_at: null,
  }
}

/** Waiting mutations in order of their numbers; those set aside are not among them. */
export async function waiting(store: Store): Promise<(OutboxRow & { seq: number })[]> {
  return store.read(['outbox'], async (tx) => (await tx.objectStore('outbox').index('by_seq').getAll()) as (OutboxRow & { seq: number })[])
}

/**
 * Line our numbers up with the server's: it wants `expected` next. Answered mutations at or after that number go back
 * into the outbox (a restored server forgot them); if a hole remains, the waiting ones are renumbered, since the id and
 * not the number is a mutation's identity. Returns how many went back.
 */
export async function realign(store: Store, expected: number): Promise<number> {
  return store.write(['meta', 'outbox', 'sent', 'uploads'], async (tx) => {
    const outbox = tx.objectStore('outbox')
    const sent = tx.objectStore('sent')
    const back = (await sent.index('by_seq').getAll(IDBKeyRange.lowerBound(expected))) as SentRow[]
    const queued = (await outbox.index('by_seq').getAll()) as OutboxRow[]
    const order = [...back.map(asOutbox), ...queued].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
    for (const row of queued) await outbox.delete(row.id)
    for (const row of back) await sent.delete(row.id)
    let seq = expected
    for (const row of order) await outbox.put({ ...row, seq: seq++ })
    await tx.objectStore('meta').put(seq, NEXT_SEQ)
    return back.length
  })
}

function asOutbox(row: SentRow): OutboxRow {
  const { status, receipt_no, result, answered_at, settled, ...rest } = row
  void [status, receipt_no, result, answered_at, settled] // what the forgotten answer said is asked for again
  return { ...rest, tries: 0, problem: null }
}

/** Take a mutation that the server chokes on out of the sequence and close the gap; nothing of it is deleted. */
export async function setAside(store: Store, id: string, problem: OutboxRow['problem']): Promise<void> {
  await store.write(['meta', 'outbox'], async (tx) => {
    const outbox = tx.objectStore('outbox')
    const bad = await outbox.get(id)
    if (bad?.seq === undefined) return
    const later = (await outbox.index('by_seq').getAll(IDBKeyRange.lowerBound(bad.seq, true))) as OutboxRow[]
    const { seq: from, ...rest } = bad
    await outbox.put({ ...rest, problem })
    let seq = from
    for (const row of later) await outbox.put({ ...row, seq: seq++ })
    await tx.objectStore('meta').put(seq, NEXT_SEQ)
  })
}

/** Put a mutation that was set aside at the end of the sequence again. */
export async function retryAside(store: Store, id: string): Promise<void> {
  await store.write(['meta', 'outbox'], async (tx) => {
    const row = await tx.objectStore('outbox').get(id)
    if (!row || row.seq !== undefined) return
    const meta = tx.objectStore('meta')
    const seq = ((await meta.get(NEXT_SEQ)) as number | undefined) ?? 1
    await meta.put(seq + 1, NEXT_SEQ)
    await tx.objectStore('outbox').put({ ...row, seq, tries: 0, problem: null })
  })
}
