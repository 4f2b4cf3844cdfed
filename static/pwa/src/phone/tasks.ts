import type { Local, TaskView } from '@/engine/overlay'
import { viewOf } from '@/engine/overlay'
import type { StoreName } from '@/engine/schema'
import type { Store } from '@/engine/store'
import { dueOf, type Due } from './dates'

export const TASK_STORES: StoreName[] = ['tasks', 'drafts', 'outbox', 'sent', 'uploads', 'reference']

async function local(store: Store): Promise<Local & { closes: (outcome: string) => boolean }> {
  return store.read(['drafts', 'outbox', 'sent', 'uploads', 'reference'], async (tx) => {
    const [drafts, outbox, sent, uploads, reference] = await Promise.all([
      tx.objectStore('drafts').getAll(),
      tx.objectStore('outbox').getAll(),
      tx.objectStore('sent').getAll(),
      tx.objectStore('uploads').getAll(),
      tx.objectStore('reference').get('current'),
    ])
    const forms = (reference?.body.kinds ?? []).flatMap((kind) => kind.form?.outcomes ?? [])
    const closing = new Set([...(reference?.body.delivery.outcomes ?? []), ...forms].filter((outcome) => outcome.closes).map((outcome) => outcome.code))
    return { drafts, outbox, sent, uploads, closes: (outcome) => closing.has(outcome) }
  })
}

/** All tasks of this worker with the phone's own work laid over them. */
export async function loadViews(store: Store): Promise<TaskView[]> {
  const [tasks, own] = await Promise.all([store.read(['tasks'], (tx) => tx.objectStore('tasks').getAll()), local(store)])
  return tasks.map((task) => viewOf(task, own, own.closes))
}

export async function loadView(store: Store, id: string): Promise<TaskView | null> {
  const [task, own] = await Promise.all([store.read(['tasks'], (tx) => tx.objectStore('tasks').get(id)), local(store)])
  return task ? viewOf(task, own, own.closes) : null
}

export type Section = 'sent_back' | 'overdue' | 'today' | 'doing' | 'routed' | 'reported' | 'closed' | 'gone'
export const SECTIONS: Section[] = ['sent_back', 'overdue', 'today', 'doing', 'routed', 'reported', 'closed', 'gone']

/** Where a task stands in the list. */
export function sectionOf(view: TaskView, now: number): Section {
  if (view.task.gone_at || view.state === 'cancelled' || view.pendingReturn) return 'gone'
  if (view.sentBack) return 'sent_back'
  if (view.state === 'closed' || view.state === 'archived') return 'closed'
  if (view.state === 'reported' || view.state === 'verifying') return 'reported'
  const due = dueOf(view.task.due_at, now)
  if (due.kind === 'overdue') return 'overdue'
  if (due.kind === 'today') return 'today'
  return view.state === 'routed' ? 'routed' : 'doing'
}

export interface Listed {
  view: TaskView
  section: Section
  due: Due
}

/** The list as it is shown: each task's section and deadline worked out once; urgent first, then the nearest deadline. */
export function listed(views: TaskView[], now: number): Listed[] {
  return views
    .map((view) => ({ view, section: sectionOf(view, now), due: dueOf(view.task.due_at, now) }))
    .sort((a, b) => Number(b.view.task.urgent) - Number(a.view.task.urgent) || a.due.at - b.due.at || (a.view.task.no < b.view.task.no ? -1 : 1))
}

/** Does a task fit what was typed: name, address, case or task number, paper. */
export function matches(view: TaskView, query: string): boolean {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const { task } = view
  const text = [task.addressee.name, task.address.text, task.case_no, task.no, task.cause ?? '', ...task.documents.map((line) => line.name)].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}
