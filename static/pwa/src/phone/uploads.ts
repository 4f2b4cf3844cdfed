import type { MutationName } from '@/engine/protocol'
import type { StoreName } from '@/engine/schema'
import type { Store } from '@/engine/store'
import { unsent } from '@/engine/unsent'

export const UPLOAD_STORES: StoreName[] = ['drafts', 'outbox', 'sent', 'uploads', 'tasks']

export type UploadState = 'draft' | 'saved' | 'sent' | 'reviewed' | 'back' | 'refused' | 'conflict' | 'aside'

/** One line of the upload list: one report with its photos, one draft, or one short message to the court. */
export interface UploadItem {
  id: string
  state: UploadState
  name: MutationName | 'draft'
  label: string
  task_id: string | null
  at: string
  receipt_no: string | null
  photosDone: number
  photosAll: number
  photosAside: boolean
  problem: string | null
  problemCode: string | null
}

const KEPT = 60

/** What is on its way and what arrived, newest trouble first. */
export async function loadUploads(store: Store): Promise<UploadItem[]> {
  const all = await unsent(store)
  const { sent, uploads, tasks } = await store.read(['sent', 'uploads', 'tasks'], async (tx) => ({
    sent: await tx.objectStore('sent').getAll(),
    uploads: await tx.objectStore('uploads').getAll(),
    tasks: new Map((await tx.objectStore('tasks').getAll()).map((task) => [task.id, task])),
  }))
  const photos = (mutation: string): Pick<UploadItem, 'photosDone' | 'photosAll' | 'photosAside'> => {
    const own = uploads.filter((row) => row.mutation_id === mutation && row.role === 'original')
    const files = uploads.filter((row) => row.mutation_id === mutation)
    const done = own.filter((row) => files.filter((file) => file.evidence_id === row.evidence_id).every((file) => file.state === 'done'))
    return { photosDone: done.length, photosAll: own.length, photosAside: files.some((file) => file.state === 'aside') }
  }
  const items: UploadItem[] = []
  for (const row of [...all.aside, ...all.waiting]) {
    if (row.name === 'message.read' || row.name === 'visit.place') continue
    const state: UploadState = row.seq === undefined ? 'aside' : 'saved'
    items.push({ id: row.id, state, name: row.name, label: row.label, task_id: row.task_id, at: row.made_at, receipt_no: null, ...photos(row.id), problem: row.problem?.title ?? null, problemCode: row.problem?.code ?? null })
  }
  for (const draft of all.drafts) {
    items.push({ id: draft.id, state: 'draft', name: 'draft', label: draft.label, task_id: draft.task_id, at: draft.updated_at, receipt_no: null, photosDone: 0, photosAll: draft.evidence.length, photosAside: false, problem: null, problemCode: null })
  }
  for (const row of sent.sort((a, b) => (a.answered_at < b.answered_at ? 1 : -1)).slice(0, KEPT)) {
    if (row.name === 'message.read' || row.name === 'visit.place') continue
    const own = photos(row.id)
    const problem = row.problem?.title ?? uploads.find((file) => file.mutation_id === row.id && file.state === 'aside')?.problem?.title ?? null
    items.push({ id: row.id, state: stateOf(row.status, row.settled, row.task_id ? tasks.get(row.task_id) : undefined), name: row.name, label: row.label, task_id: row.task_id, at: row.made_at, receipt_no: row.receipt_no, ...own, problem, problemCode: row.problem?.code ?? null })
  }
  return items.sort((a, b) => rank(a) - rank(b))
}

function stateOf(status: 'done' | 'refused' | 'conflict', settled: boolean, task: { result: unknown; sent_back: unknown; state: string } | undefined): UploadState {
  if (!settled) return status === 'conflict' ? 'conflict' : 'refused'
  if (task?.result || task?.state === 'closed' || task?.state === 'archived') return 'reviewed'
  return task?.sent_back ? 'back' : 'sent'
}

function rank(item: UploadItem): number {
  if (item.state === 'refused' || item.state === 'conflict' || item.state === 'aside' || item.photosAside) return 0
  if (item.state === 'saved') return 1
  if (item.state === 'draft') return 2
  return item.photosDone < item.photosAll ? 1 : 3
}
