import { learnTime } from './contact'
import type { Engine } from './context'
import { NoAnswer, Refusal, type Answer } from './http'
import type { Changes, TaskCard } from './protocol'
import type { Reference } from './descriptor'
import type { TaskRow } from './schema'
import type { Tx } from './store'

const REFERENCE_AGE_MS = 3_600_000
const MAX_PAGES = 500

export interface Pulled {
  pages: number
  tasks: number
  gone: number
  messages: number
  reference: 'new' | 'same' | 'kept'
}

/** Bring the phone up to the server's cursor, page by page; each page and its cursor are one transaction. */
export async function pull(engine: Engine): Promise<Pulled> {
  const pulled: Pulled = { pages: 0, tasks: 0, gone: 0, messages: 0, reference: 'kept' }
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const cursor = (await engine.store.getMeta<number>('cursor')) ?? 0
    const { from, answer } = await changes(engine, cursor)
    if (answer.status === 204) break
    const { body } = answer
    if (!isChanges(body)) throw new NoAnswer('captive', 'the answer to a pull has no cursor')
    await keep(engine, body, from)
    await learnTime(engine, body.server_time, answer.sentAt, answer.cameAt)
    pulled.pages += 1
    pulled.tasks += body.tasks.length
    pulled.gone += body.gone.length
    pulled.messages += body.messages.length
    if (!body.more) break
    if (body.cursor === from) throw new NoAnswer('captive', 'the cursor does not move')
  }
  pulled.reference = await pullReference(engine, REFERENCE_AGE_MS)
  return pulled
}

async function changes(engine: Engine, cursor: number): Promise<{ from: number; answer: Answer<Changes> }> {
  try {
    return { from: cursor, answer: await engine.wire.call<Changes>('GET', `/api/changes?cursor=${cursor}`) }
  } catch (error) {
    // A cursor the server does not know (it was restored): start over with the full snapshot, which only replaces by id.
    if (!(error instanceof Refusal) || cursor === 0 || (error.status !== 410 && error.problem.code !== 'cursor_unknown')) throw error
    await engine.store.setMeta('cursor', 0)
    return { from: 0, answer: await engine.wire.call<Changes>('GET', '/api/changes?cursor=0') }
  }
}

function isChanges(body: unknown): body is Changes {
  const changes = body as Partial<Changes> | null
  return typeof changes === 'object' && changes !== null && Number.isSafeInteger(changes.cursor) && Array.isArray(changes.tasks)
}

/** One page in one transaction. The full snapshot (from cursor 0, or after the server was restored) names all that is ours: what it leaves out was taken away. */
async function keep(engine: Engine, body: Changes, from: number): Promise<void> {
  await engine.store.write(['meta', 'tasks', 'messages', 'drafts', 'outbox', 'sent', 'uploads'], async (tx) => {
    const meta = tx.objectStore('meta')
    const tasks = tx.objectStore('tasks')
    const current = ((await meta.get('cursor')) as number | undefined) ?? 0
    if (current !== from) return // another tab got further
    if (from === 0 || body.reset) {
      for (const task of await tasks.getAll()) await tasks.put({ ...task, stale: true })
      await meta.put(true, 'snapshot')
    }
    for (const task of body.tasks) await tasks.put(asRow(task, await tasks.get(task.id), body.server_time))
    for (const id of body.gone) await takeAway(tx, id, body.server_time)
    for (const message of body.messages) {
      const before = await tx.objectStore('messages').get(message.id)
      await tx.objectStore('messages').put({ ...message, read: message.read || (before?.read ?? false) })
    }
    if (!body.more && (await meta.get('snapshot'))) {
      for (const task of await tasks.getAll()) if (task.stale) await takeAway(tx, task.id, body.server_time)
      await meta.delete('snapshot')
    }
    await meta.put(body.cursor, 'cursor')
    await meta.put(body.server_time, 'pulled_at')
  })
}

function asRow(task: TaskCard, before: TaskRow | undefined, at: string): TaskRow {
  const closed = task.state === 'closed' || task.state === 'archived'
  return { ...task, closed_seen_at: closed ? (before?.closed_seen_at ?? at) : null }
}

/** Purge a task the server took away, unless work on it is still here: then it stays, marked, until that work is sent. */
async function takeAway(tx: Tx<'readwrite'>, id: string, at: string): Promise<void> {
  const tasks = tx.objectStore('tasks')
  const task = (await tasks.get(id)) as TaskRow | undefined
  if (!task) return
  if (await isReferred(tx, id)) await tasks.put({ ...task, stale: false, gone_at: task.gone_at ?? at })
  else await tasks.delete(id)
}

/** True while a draft, an unsent mutation, an unread refusal or a waiting photo belongs to the task. */
export async function isReferred(tx: Tx<'readwrite'> | Tx<'readonly'>, taskId: string): Promise<boolean> {
  const any = tx as Tx<'readonly'>
  if ((await any.objectStore('drafts').index('by_task').count(taskId)) > 0) return true
  if ((await any.objectStore('outbox').getAll()).some((row) => row.task_id === taskId)) return true
  if ((await any.objectStore('sent').getAll()).some((row) => row.task_id === taskId && !row.settled)) return true
  return (await any.objectStore('uploads').getAll()).some((row) => row.task_id === taskId && row.state !== 'done')
}

/** Refresh words, rules and verification keys when the kept copy is older than `maxAgeMs`. */
export async function pullReference(engine: Engine, maxAgeMs: number): Promise<Pulled['reference']> {
  const kept = await engine.store.read(['reference'], (tx) => tx.objectStore('reference').get('current'))
  if (kept && engine.clock.source.wall() - Date.parse(kept.fetched_at) < maxAgeMs) return 'kept'
  const headers: Record<string, string> = kept?.etag ? { 'If-None-Match': kept.etag } : {}
  const answer = await engine.wire.call<Reference>('GET', '/api/reference', { headers })
  const fetched_at = engine.clock.nowIso()
  if (answer.status === 304 && kept) {
    await engine.store.write(['reference'], async (tx) => {
      await tx.objectStore('reference').put({ ...kept, fetched_at })
    })
    return 'same'
  }
  if (!answer.body?.delivery || !answer.body.keys) throw new NoAnswer('captive', 'reference without rules')
  await engine.store.write(['reference'], async (tx) => {
    await tx.objectStore('reference').put({ key: 'current', etag: answer.headers.get('ETag'), fetched_at, body: answer.body })
  })
  return 'new'
}
