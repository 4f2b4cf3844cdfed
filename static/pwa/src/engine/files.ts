import { isStaleToken, refreshCsrf, stopReason } from './contact'
import { backoffMs, type Engine, type Stopped } from './context'
import { sha256Hex } from './hash'
import { NoAnswer, Refusal } from './http'
import type { Problem } from './protocol'
import type { UploadRow } from './schema'
import { push } from './tus'

/** Tries of one file before it is set aside with the server's reason. */
const FILE_TRIES = 8
/** A "no" that says the file itself is wrong needs no eighth try. */
const PERMANENT = new Set([400, 413, 415, 422])

export interface FilesPushed {
  uploaded: number
  bytes: number
  aside: number
  left: number
  stopped: Stopped | null
  /** Earliest time (device ms) at which a waiting file wants its next try. */
  nextAt: number | null
}

/** Send waiting files, all display copies before any original, one in memory at a time; a bad one never blocks the rest. */
export async function pushFiles(engine: Engine, textWaits: () => Promise<boolean>): Promise<FilesPushed> {
  const result: FilesPushed = { uploaded: 0, bytes: 0, aside: 0, left: 0, stopped: null, nextAt: null }
  const tried = new Set<string>()
  let failures = 0
  let refreshed = false
  for (;;) {
    const { next, total } = await pick(engine, tried)
    engine.progress({ phase: 'files', done: result.uploaded, total: result.uploaded + total })
    if (!next || failures >= 2 || (await textWaits())) break
    tried.add(next.key)
    try {
      result.bytes += await send(engine, next)
      result.uploaded += 1
      failures = 0
    } catch (error) {
      if (isStaleToken(error) && !refreshed && (await refreshCsrf(engine))) {
        refreshed = true
        tried.delete(next.key)
        continue
      }
      if (error instanceof DamagedFile) {
        await mark(engine, next, { state: 'aside', problem: error.problem })
        result.aside += 1
        continue
      }
      const stop = stopReason(error)
      if (!(error instanceof NoAnswer) && !(error instanceof Refusal)) throw error
      result.aside += (await note(engine, next, error)) ? 1 : 0
      if (stop && stop !== 'offline' && stop !== 'captive') {
        result.stopped = stop
        break
      }
      if (stop) {
        failures += 1
        if (failures >= 2) result.stopped = stop
      }
    }
  }
  return finish(engine, result)
}

class DamagedFile extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code)
    this.name = 'DamagedFile'
  }
}

async function send(engine: Engine, row: UploadRow): Promise<number> {
  const blob = await engine.store.read(['blobs'], (tx) => tx.objectStore('blobs').get(row.key))
  if (!blob) throw new DamagedFile({ code: 'file_missing', title: '这张照片的文件已不在本机，请补拍一张' })
  if (blob.bytes.byteLength !== row.size || (await sha256Hex(blob.bytes)) !== row.sha256) {
    throw new DamagedFile({ code: 'file_damaged', title: '这张照片在本机已损坏，请补拍一张' })
  }
  const file = { bytes: blob.bytes, sha256: row.sha256, evidence_id: row.evidence_id, role: row.role, url: row.url }
  const sent = await push(engine.wire, file, (url, offset) => mark(engine, row, { url, offset }))
  const done_at = engine.clock.nowIso()
  await mark(engine, row, { state: 'done', offset: row.size, tries: 0, next_at: 0, problem: null, done_at })
  return sent
}

async function mark(engine: Engine, row: UploadRow, change: Partial<UploadRow>): Promise<void> {
  await engine.store.write(['uploads'], async (tx) => {
    const fresh = await tx.objectStore('uploads').get(row.key)
    if (fresh) await tx.objectStore('uploads').put({ ...fresh, ...change })
  })
}

/** Write the failure down and set the next try; true when the file is now set aside. */
async function note(engine: Engine, row: UploadRow, error: NoAnswer | Refusal): Promise<boolean> {
  const tries = row.tries + 1
  const wait = error instanceof Refusal && error.retryAfterMs !== null ? error.retryAfterMs : backoffMs(tries, engine.random)
  const problem = error instanceof Refusal ? error.problem : row.problem
  const permanent = error instanceof Refusal && PERMANENT.has(error.status)
  const aside = error instanceof Refusal && ((permanent && tries >= 2) || (tries >= FILE_TRIES && stopReason(error) === null))
  await mark(engine, row, { tries, problem, next_at: engine.clock.source.wall() + wait, state: aside ? 'aside' : 'waiting' })
  return aside
}

/** The next file whose report the server holds: display copies first, then originals, oldest first. */
async function pick(engine: Engine, tried: Set<string>): Promise<{ next: UploadRow | null; total: number }> {
  const now = engine.clock.source.wall()
  const rows = await ready(engine)
  const due = rows.filter((row) => row.next_at <= now && !tried.has(row.key) && (row.role === 'display' || engine.originalsAllowed()))
  due.sort((a, b) => (a.role === b.role ? (a.key < b.key ? -1 : 1) : a.role === 'display' ? -1 : 1))
  return { next: due[0] ?? null, total: due.length }
}

async function ready(engine: Engine): Promise<UploadRow[]> {
  return engine.store.read(['uploads', 'outbox'], async (tx) => {
    const rows = (await tx.objectStore('uploads').getAll()).filter((row) => row.state === 'waiting')
    const unsaid = new Set(await tx.objectStore('outbox').getAllKeys())
    return rows.filter((row) => !unsaid.has(row.mutation_id))
  })
}

async function finish(engine: Engine, result: FilesPushed): Promise<FilesPushed> {
  const rows = await ready(engine)
  const times = rows.filter((row) => row.next_at > 0).map((row) => row.next_at)
  return { ...result, left: rows.length, nextAt: times.length > 0 ? Math.min(...times) : null }
}

/** Give files that were set aside, or wait for a later try, a try now. */
export async function retryFiles(engine: Engine, visitId?: string): Promise<void> {
  await engine.store.write(['uploads'], async (tx) => {
    const uploads = tx.objectStore('uploads')
    for (const row of await uploads.getAll()) {
      if (row.state === 'done' || (visitId && row.visit_id !== visitId)) continue
      await uploads.put({ ...row, state: 'waiting', tries: 0, next_at: 0, problem: null })
    }
  })
}
