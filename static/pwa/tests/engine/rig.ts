import 'fake-indexeddb/auto'
import { Clock } from '@/engine/clock'
import type { Engine } from '@/engine/context'
import { saveDraft, startVisit, visitOf } from '@/engine/drafts'
import { sha256Hex } from '@/engine/hash'
import { Wire } from '@/engine/http'
import { newId } from '@/engine/ids'
import { exclusive } from '@/engine/lock'
import { blobKey, saveVisit } from '@/engine/outbox'
import type { EvidenceClaim } from '@/engine/protocol'
import type { BlobRow, Draft, OutboxRow } from '@/engine/schema'
import { Store } from '@/engine/store'
import { FakeServer } from '../fake/server'
import { card } from '../fake/people'

let rigs = 0

/** A phone with its own database and a fake server; time can be moved by hand. */
export function rig(server = new FakeServer()) {
  let skip = 0
  const wall = (): number => Date.now() + skip
  const clock = new Clock({ wall, monotonic: () => performance.now() + skip, page: 'test' })
  const store = new Store(`test-${(rigs += 1)}-${newId()}`)
  const wire = new Wire(server.fetch, wall)
  wire.csrf = server.csrf
  server.now = wall
  const engine: Engine = {
    store,
    wire,
    clock,
    deviceId: newId(),
    exclusive,
    facts: async () => ({ free_mb: 900, persisted: true, app_version: 'test', large_type: false }),
    originalsAllowed: () => true,
    progress: () => undefined,
    random: () => 0.5,
  }
  return { engine, store, server, clock, wire, pass: (ms: number) => (skip += ms) }
}

export type Rig = ReturnType<typeof rig>

export const bytesOf = (size: number, seed: number): ArrayBuffer =>
  Uint8Array.from({ length: size }, (_value, at) => (at * 31 + seed * 7 + (at >> 8)) & 0xff).buffer

export async function photo(draft: Draft, item: string, size: number, seed: number): Promise<{ claim: EvidenceClaim; blobs: BlobRow[] }> {
  const id = newId()
  const original = bytesOf(size, seed)
  const display = bytesOf(Math.ceil(size / 4), seed + 1)
  const files = { original: await sha256Hex(original), display: await sha256Hex(display) }
  const row = (role: 'original' | 'display', bytes: ArrayBuffer): BlobRow => ({
    key: blobKey(id, role),
    evidence_id: id,
    role,
    task_id: draft.task_id,
    visit_id: draft.id,
    sha256: files[role],
    size: bytes.byteLength,
    mime: 'image/jpeg',
    bytes,
    at: new Date().toISOString(),
  })
  const claim: EvidenceClaim = {
    id,
    item,
    name: item,
    sha256: files.original,
    size,
    mime: 'image/jpeg',
    display: { sha256: files.display, size: display.byteLength },
    grade: 'A',
    made_at: new Date().toISOString(),
  }
  return { claim, blobs: [row('original', original), row('display', display)] }
}

/** A visit with photos, saved into the outbox. */
export async function recordVisit(phone: Rig, n: number, sizes: number[] = [1000]): Promise<{ row: OutboxRow; draft: Draft }> {
  const task = card(n)
  let draft = await startVisit(phone.store, phone.clock, task)
  draft = { ...draft, path: 'absent', outcome: 'absent', met_name: '', answers: { next_visit_on: '2026-11-26' } }
  for (const [at, size] of sizes.entries()) {
    const { claim, blobs } = await photo(draft, 'locked_door', size, n * 10 + at)
    draft = await saveDraft(phone.store, phone.clock, { ...draft, evidence: [...draft.evidence, claim] }, blobs)
  }
  const visit = visitOf(draft, phone.clock)
  return { row: await saveVisit(phone.store, draft, visit, visit.made_at), draft }
}
