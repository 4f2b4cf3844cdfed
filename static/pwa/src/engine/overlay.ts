import type { Visit } from './protocol'
import type { Draft, OutboxRow, SentRow, TaskRow, UploadRow } from './schema'
import type { VisitFact } from './rules'

/** What the worker has done on this phone that the server's card does not show yet. */
export interface TaskView {
  task: TaskRow
  /** The card's state moved on by waiting mutations. */
  state: TaskRow['state']
  pendingTake: boolean
  pendingReturn: boolean
  draft: Draft | null
  waiting: OutboxRow[]
  refused: SentRow[]
  filesLeft: number
  sentBack: TaskRow['sent_back']
}

export interface Local {
  drafts: Draft[]
  outbox: OutboxRow[]
  sent: SentRow[]
  uploads: UploadRow[]
}

/**
 * Lay the phone's own unsent work over the server's card. Pure: the kept card itself is never changed by it.
 * `closes` tells whether an outcome is the report itself, so that the task now waits for the court.
 */
export function viewOf(task: TaskRow, local: Local, closes: (outcome: string) => boolean): TaskView {
  const waiting = local.outbox.filter((row) => row.task_id === task.id)
  const has = (name: string): boolean => waiting.some((row) => row.name === name)
  const mended = waiting.some((row) => row.name === 'visit.mend')
  let state = task.state
  if (state === 'routed' && waiting.some((row) => row.name === 'task.take' && (row.args as { recusal: string }).recusal === 'none')) state = 'taken'
  if ((state === 'taken' || state === 'routed') && has('visit.record')) state = 'working'
  const reported = waiting.some((row) => row.name === 'visit.record' && closes((row.args as { visit: Visit }).visit.outcome))
  if (has('task.report') || mended || (state === 'working' && reported)) state = 'reported'
  return {
    task,
    state,
    pendingTake: has('task.take'),
    pendingReturn: has('task.return'),
    draft: local.drafts.find((draft) => draft.task_id === task.id) ?? null,
    waiting,
    refused: local.sent.filter((row) => row.task_id === task.id && !row.settled),
    filesLeft: local.uploads.filter((row) => row.task_id === task.id && row.state !== 'done').length,
    sentBack: mended ? null : task.sent_back,
  }
}

/** Visits the phone knows of: the card's, and those still waiting here. */
export function visitFacts(view: TaskView): VisitFact[] {
  const known = view.task.visits.map((visit) => ({ contact: null, at: Date.parse(visit.at) }))
  return [...known, ...localVisits(view).map((visit) => ({ contact: visit.contact, at: Date.parse(visit.started_at) }))]
}

/** Visits recorded here that the card does not list yet. */
export function localVisits(view: TaskView): Visit[] {
  const listed = new Set(view.task.visits.map((visit) => visit.id))
  return view.waiting
    .filter((row) => row.name === 'visit.record')
    .map((row) => (row.args as { visit: Visit }).visit)
    .filter((visit) => !listed.has(visit.id))
}
