import type { Engine } from './context'
import type { DeviceFacts } from './protocol'
import type { Draft, OutboxRow, SentRow, UploadRow } from './schema'
import type { Store } from './store'

/** All that exists on this phone only, and what became of it. */
export interface Unsent {
  drafts: Draft[]
  waiting: OutboxRow[]
  aside: OutboxRow[]
  /** Refused or in conflict, not yet dealt with by the worker. */
  refused: SentRow[]
  files: UploadRow[]
  filesAside: UploadRow[]
}

/** Read everything not safely at the server. */
export async function unsent(store: Store): Promise<Unsent> {
  return store.read(['drafts', 'outbox', 'sent', 'uploads'], async (tx) => {
    const [drafts, outbox, sent, uploads] = await Promise.all([
      tx.objectStore('drafts').getAll(),
      tx.objectStore('outbox').getAll(),
      tx.objectStore('sent').getAll(),
      tx.objectStore('uploads').getAll(),
    ])
    return {
      drafts,
      waiting: outbox.filter((row) => row.seq !== undefined).sort((a, b) => a.seq! - b.seq!),
      aside: outbox.filter((row) => row.seq === undefined),
      refused: sent.filter((row) => !row.settled),
      files: uploads.filter((row) => row.state === 'waiting'),
      filesAside: uploads.filter((row) => row.state === 'aside'),
    }
  })
}

/** How many things would be lost with this phone. Drafts count: they are work too. */
export function countUnsent(all: Unsent): number {
  return all.drafts.length + all.waiting.length + all.aside.length + all.refused.length + all.files.length + all.filesAside.length
}

/** Facts for the server: how much waits here and since when. */
export async function deviceFacts(engine: Engine): Promise<DeviceFacts> {
  const all = await unsent(engine.store)
  const times = [...all.waiting, ...all.aside].map((row) => row.made_at).sort()
  return {
    ...(await engine.facts()),
    unsent: all.waiting.length + all.aside.length + all.files.length + all.filesAside.length,
    oldest_unsent_at: times[0] ?? null,
    device_time: engine.clock.nowIso(),
  }
}
