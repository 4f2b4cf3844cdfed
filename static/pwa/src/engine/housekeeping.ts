import type { Engine } from './context'
import { isReferred } from './pull'

const DAY_MS = 86_400_000
/** Answered mutations stay this long, so that a restored server can be told again. */
const KEEP_SENT_DAYS = 30
/** Bytes the server confirmed stay this long beside them. */
const KEEP_BYTES_DAYS = 7
/** A closed task's personal data leaves the phone after this time. */
const KEEP_CLOSED_DAYS = 7
const EVERY_MS = 3_600_000

/** Delete what the server holds for sure and nobody needs here; never touches anything unsent. Returns how much went. */
export async function housekeep(engine: Engine, keepBytesDays = KEEP_BYTES_DAYS): Promise<{ sent: number; blobs: number; tasks: number }> {
  const now = engine.clock.source.wall()
  const old = (at: string | null, days: number): boolean => at !== null && now - Date.parse(at) > days * DAY_MS
  return engine.store.write(['tasks', 'drafts', 'outbox', 'sent', 'uploads', 'blobs'], async (tx) => {
    const gone = { sent: 0, blobs: 0, tasks: 0 }
    for (const row of await tx.objectStore('uploads').getAll()) {
      if (row.state !== 'done' || !old(row.done_at, keepBytesDays)) continue
      if ((await tx.objectStore('blobs').getKey(row.key)) !== undefined) {
        await tx.objectStore('blobs').delete(row.key)
        gone.blobs += 1
      }
      if (old(row.done_at, KEEP_SENT_DAYS)) await tx.objectStore('uploads').delete(row.key)
    }
    for (const row of await tx.objectStore('sent').getAll()) {
      if (!row.settled || !old(row.answered_at, KEEP_SENT_DAYS)) continue
      await tx.objectStore('sent').delete(row.id)
      gone.sent += 1
    }
    for (const task of await tx.objectStore('tasks').getAll()) {
      if (!task.gone_at && !old(task.closed_seen_at ?? null, KEEP_CLOSED_DAYS)) continue
      if (await isReferred(tx, task.id)) continue
      await tx.objectStore('tasks').delete(task.id)
      gone.tasks += 1
    }
    return gone
  })
}

/** The same at most once an hour, after a run that ended well. */
export async function housekeepHourly(engine: Engine): Promise<void> {
  const last = (await engine.store.getMeta<number>('housekept_at')) ?? 0
  const now = engine.clock.source.wall()
  if (now - last < EVERY_MS && now >= last) return
  await housekeep(engine)
  await engine.store.setMeta('housekept_at', now)
}

/** Make room before taking photos: what the server holds goes now instead of in a week. */
export async function makeRoom(engine: Engine): Promise<number> {
  return (await housekeep(engine, 0)).blobs
}
