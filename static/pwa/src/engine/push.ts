import { isStaleToken, learnTime, refreshCsrf, stopReason } from './contact'
import type { Engine, Stopped } from './context'
import { NoAnswer, Refusal, type Answer } from './http'
import { realign, setAside, waiting } from './outbox'
import { MAX_BATCH_BYTES, MAX_MUTATIONS, PROTOCOL, type Mutation, type MutationResult, type SyncAnswer, type TaskState } from './protocol'
import type { OutboxRow, SentRow } from './schema'
import type { Tx } from './store'
import { deviceFacts } from './unsent'

/** Tries of one lone mutation before it is set aside as poison. */
export const POISON_TRIES = 5
const MAX_TURNS = 400

export interface TextPushed {
  done: number
  refused: number
  conflict: number
  aside: number
  /** Mutations a restored server was told again. */
  resent: number
  stopped: Stopped | null
  retryAfterMs: number | null
}

type Queued = OutboxRow & { seq: number }

/** Send waiting mutations in order. `heartbeat` also reports when there is nothing to send. */
export async function pushText(engine: Engine, heartbeat: boolean): Promise<TextPushed> {
  const pushed: TextPushed = { done: 0, refused: 0, conflict: 0, aside: 0, resent: 0, stopped: null, retryAfterMs: null }
  let limit = MAX_MUTATIONS
  let realigned = 0
  let refreshed = false
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const rows = await waiting(engine.store)
    if (rows.length === 0 && !(heartbeat && turn === 0)) return pushed
    const batch = cut(rows, limit)
    engine.progress({ phase: 'text', done: pushed.done, total: pushed.done + rows.length })
    try {
      const answer = await post(engine, batch)
      const applied = await apply(engine, answer.body, pushed)
      await learnTime(engine, answer.body.server_time, answer.sentAt, answer.cameAt)
      const next = await nextExpected(engine)
      if (answer.body.last_seq + 1 !== next && realigned < 3) {
        // The server forgot (restored) or knows more than we do (this phone was restored): its number decides.
        realigned += 1
        pushed.resent += await realign(engine.store, answer.body.last_seq + 1)
        heartbeat = false
        continue
      }
      if (applied.later) return { ...pushed, stopped: 'later' }
      if (batch.length > 0 && applied.answered === 0) return { ...pushed, stopped: 'error' }
      if (applied.answered > 0) limit = Math.min(MAX_MUTATIONS, limit * 2)
      if (batch.length === 0) return pushed
    } catch (error) {
      if (isStaleToken(error) && !refreshed && (await refreshCsrf(engine))) {
        refreshed = true
        continue
      }
      const gap = gapOf(error)
      if (gap !== null && realigned < 3) {
        realigned += 1
        pushed.resent += await realign(engine.store, gap)
        continue
      }
      const stop = stopReason(error)
      if (stop) return { ...pushed, stopped: stop, retryAfterMs: error instanceof Refusal ? error.retryAfterMs : null }
      if (!(error instanceof Refusal)) throw error
      if (batch.length > 1) {
        limit = Math.ceil(batch.length / 2)
        continue
      }
      if (batch.length === 0 || !(await isPoison(engine, batch[0]!, error))) return { ...pushed, stopped: 'error' }
      await setAside(engine.store, batch[0]!.id, error.problem)
      pushed.aside += 1
    }
  }
  return { ...pushed, stopped: 'error' }
}

async function post(engine: Engine, batch: Queued[]): Promise<Answer<SyncAnswer>> {
  const mutations: Mutation[] = batch.map(({ seq, id, name, args, made_at }) => ({ seq, id, name, args, made_at }))
  const body = { device_id: engine.deviceId, protocol: PROTOCOL, facts: await deviceFacts(engine), mutations }
  let answer: Answer<SyncAnswer>
  try {
    answer = await engine.wire.call<SyncAnswer>('POST', '/api/sync', { body, timeoutMs: 60_000 })
  } catch (error) {
    // A lone mutation in conflict is answered 409 in the batch's own shape.
    if (!(error instanceof Refusal) || !isAnswer(error.body)) throw error
    const at = engine.clock.source.wall()
    answer = { status: error.status, body: error.body, headers: new Headers(), sentAt: at, cameAt: at }
  }
  if (!isAnswer(answer.body) || answer.body.device_id !== engine.deviceId) {
    throw new NoAnswer('captive', 'the answer to a sync is not about this device')
  }
  return answer
}

function isAnswer(body: unknown): body is SyncAnswer {
  const answer = body as Partial<SyncAnswer> | null
  return typeof answer === 'object' && answer !== null && Number.isSafeInteger(answer.last_seq) && Array.isArray(answer.results)
}

function cut(rows: Queued[], limit: number): Queued[] {
  const batch: Queued[] = []
  let bytes = 0
  for (const row of rows.slice(0, limit)) {
    bytes += new TextEncoder().encode(JSON.stringify(row.args)).length + 200
    if (batch.length > 0 && bytes > MAX_BATCH_BYTES) break
    batch.push(row)
  }
  return batch
}

async function apply(engine: Engine, answer: SyncAnswer, pushed: TextPushed): Promise<{ answered: number; later: boolean }> {
  let answered = 0
  let later = false
  await engine.store.write(['outbox', 'sent', 'uploads', 'tasks'], async (tx) => {
    const outbox = tx.objectStore('outbox')
    for (const result of answer.results) {
      const row = await outbox.get(result.id)
      if (!row) continue
      if (result.status === 'later') {
        later = true
        await outbox.put({ ...row, tries: row.tries + 1, problem: result.problem ?? null })
        break
      }
      await outbox.delete(row.id)
      const sent = sentRow(row, result, answer.server_time)
      await tx.objectStore('sent').put(sent)
      answered += 1
      pushed[result.status] += 1
      await followTask(tx, sent)
      await followUploads(tx, sent)
    }
  })
  return { answered, later }
}

function sentRow(row: OutboxRow, result: MutationResult, at: string): SentRow {
  const { tries, problem, seq, ...rest } = row
  void [tries, problem, seq] // the answer's own number and problem replace them
  return {
    ...rest,
    seq: result.seq,
    status: result.status as SentRow['status'],
    receipt_no: result.receipt_no ?? null,
    result: result.result ?? null,
    problem: result.problem ?? null,
    answered_at: at,
    settled: result.status === 'done',
  }
}

/** The task shows the server's answer at once, before the next pull brings the whole card. */
async function followTask(tx: Tx<'readwrite'>, sent: SentRow): Promise<void> {
  if (!sent.task_id || sent.status !== 'done' || !sent.result) return
  const tasks = tx.objectStore('tasks')
  const task = await tasks.get(sent.task_id)
  if (!task) return
  const { state, version } = sent.result
  if (typeof state === 'string') task.state = state as TaskState
  if (typeof version === 'number') task.version = version
  if (sent.name === 'visit.mend') task.sent_back = null
  await tasks.put(task)
}

async function followUploads(tx: Tx<'readwrite'>, sent: SentRow): Promise<void> {
  if (sent.name !== 'visit.record' && sent.name !== 'visit.mend') return
  const uploads = tx.objectStore('uploads')
  const missing = new Set(Array.isArray(sent.result?.missing) ? (sent.result.missing as string[]) : [])
  for (const row of await uploads.getAll()) {
    if (row.mutation_id !== sent.id) continue
    if (sent.status !== 'done') {
      // Without the report the server takes no photo of it: they wait beside it, unharmed.
      await uploads.put({ ...row, state: 'aside', problem: sent.problem })
    } else if (row.state === 'done' && missing.has(row.sha256)) {
      await uploads.put({ ...row, state: 'waiting', url: null, offset: 0, tries: 0, next_at: 0, done_at: null })
    }
  }
}

/** The number our own books would give next to the server: the lowest waiting one, else one after the last sent. */
async function nextExpected(engine: Engine): Promise<number> {
  const rows = await waiting(engine.store)
  if (rows.length > 0) return rows[0]!.seq
  return ((await engine.store.getMeta<number>('next_seq')) ?? 1)
}

function gapOf(error: unknown): number | null {
  if (!(error instanceof Refusal) || error.problem.code !== 'sequence_gap') return null
  const expected = error.problem.expected_seq
  return typeof expected === 'number' && expected >= 1 ? expected : null
}

/** Only a mutation that fails again and again while the server answers others is poison; a sick server is not its fault. */
async function isPoison(engine: Engine, row: Queued, error: Refusal): Promise<boolean> {
  const tries = row.tries + 1
  await engine.store.write(['outbox'], async (tx) => {
    const fresh = await tx.objectStore('outbox').get(row.id)
    if (fresh) await tx.objectStore('outbox').put({ ...fresh, tries, problem: error.problem })
  })
  if (tries < POISON_TRIES) return false
  try {
    const answer = await post(engine, [])
    return answer.body.last_seq < row.seq
  } catch (sick) {
    if (sick instanceof NoAnswer || sick instanceof Refusal) return false
    throw sick
  }
}
