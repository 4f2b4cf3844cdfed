import { expect, test, vi } from 'vitest'
import { discardDraft, DraftGone, saveDraft, startMending, startVisit, visitOf } from '@/engine/drafts'
import { append, BytesMissing, saveVisit, waiting } from '@/engine/outbox'
import { StorageFull } from '@/engine/store'
import { card } from '../fake/people'
import { photo, recordVisit, rig } from './rig'

const read = (ids: string[]) => ({ name: 'message.read' as const, args: { ids }, made_at: '2026-11-24T00:00:00.000Z', label: '', task_id: null })

test('numbers are given without holes, also by parallel appends', async () => {
  const { store } = rig()
  const rows = await Promise.all(Array.from({ length: 20 }, (_v, n) => append(store, read([`m${n}`]))))
  expect(rows.map((row) => row.seq).sort((a, b) => a! - b!)).toEqual(Array.from({ length: 20 }, (_v, n) => n + 1))
  expect((await waiting(store)).length).toBe(20)
})

test('a visit whose photo bytes are missing is not saved: no mutation, no number, the draft stays', async () => {
  const phone = rig()
  const draft = { ...(await startVisit(phone.store, phone.clock, card(1))), path: 'absent' as const, outcome: 'absent' }
  const { claim } = await photo(draft, 'door', 100, 1)
  const full = await saveDraft(phone.store, phone.clock, { ...draft, evidence: [claim] })
  await expect(saveVisit(phone.store, full, visitOf(full, phone.clock), 'x')).rejects.toThrow(BytesMissing)
  expect(await waiting(phone.store)).toEqual([])
  expect(await phone.store.getMeta('next_seq')).toBeUndefined()
  expect(await phone.store.read(['drafts'], (tx) => tx.objectStore('drafts').count())).toBe(1)
})

test('mutation, uploads and the end of the draft are one transaction with the bytes', async () => {
  const phone = rig()
  const draft = { ...(await startVisit(phone.store, phone.clock, card(1))), path: 'absent' as const, outcome: 'absent' }
  const { claim, blobs } = await photo(draft, 'door', 100, 1)
  const full = { ...draft, evidence: [claim] }
  await saveVisit(phone.store, full, visitOf(full, phone.clock), '2026-11-24T00:00:00.000Z', blobs)
  const counts = await phone.store.read(['outbox', 'uploads', 'drafts', 'blobs'], async (tx) =>
    Promise.all((['outbox', 'uploads', 'drafts', 'blobs'] as const).map((name) => tx.objectStore(name).count())),
  )
  expect(counts).toEqual([1, 2, 0, 2])
})

test('a full phone throws StorageFull and leaves what was there', async () => {
  const phone = rig()
  await recordVisit(phone, 1)
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  const draft = { ...(await startVisit(phone.store, phone.clock, card(2))), narrative: '写到一半' }
  await expect(saveDraft(phone.store, phone.clock, draft)).rejects.toThrow(StorageFull)
  put.mockRestore()
  expect((await waiting(phone.store)).length).toBe(1)
  expect((await phone.store.read(['drafts'], (tx) => tx.objectStore('drafts').get(draft.id)))?.narrative).toBe('')
})

test('quota exceeded after a first put rolls that put back too', async () => {
  const phone = rig()
  await phone.store.setMeta('x', 1)
  const failing = phone.store.write(['meta'], async (tx) => {
    await tx.objectStore('meta').put(2, 'x')
    throw new DOMException('no room', 'QuotaExceededError')
  })
  await expect(failing).rejects.toThrow(StorageFull)
  expect(await phone.store.getMeta('x')).toBe(1)
})

test('a database the browser closed behind our back is opened again', async () => {
  const phone = rig()
  await phone.store.setMeta('a', 1)
  const opened = await (phone.store as unknown as { opened: Promise<{ close: () => void }> }).opened
  opened.close()
  await phone.store.setMeta('b', 2)
  expect(await phone.store.getMeta('a')).toBe(1)
})

test('starting twice continues the same draft; discarding removes its photos', async () => {
  const phone = rig()
  const first = await startVisit(phone.store, phone.clock, card(1))
  const { claim, blobs } = await photo(first, 'door', 50, 1)
  await saveDraft(phone.store, phone.clock, { ...first, evidence: [claim] }, blobs)
  const again = await startVisit(phone.store, phone.clock, card(1))
  expect(again.id).toBe(first.id)
  await discardDraft(phone.store, again)
  expect(await phone.store.read(['blobs'], (tx) => tx.objectStore('blobs').count())).toBe(0)
})

test('mending starts from the answers the officer saw, keeps the photos and sends only new ones', async () => {
  const phone = rig()
  const { draft } = await recordVisit(phone, 1, [500])
  const old = draft.evidence[0]!
  const task = card(1, {
    sent_back: {
      round: 1,
      visit_id: draft.id,
      revision: 1,
      reason_code: 'blurred',
      reason_label: '照片不清楚',
      text: '门牌看不清',
      comments: { 'evidence.door': '请重拍门牌' },
      at: '2026-11-24T03:00:00.000Z',
      answers: { next_visit_on: '2026-11-27' },
      evidence: [{ id: old.id, item: old.item, sha256: old.sha256, size: old.size, display_sha256: old.display!.sha256 }],
    },
  })
  const mend = (await startMending(phone.store, phone.clock, task))!
  expect(mend).toMatchObject({ id: draft.id, kind: 'mend', base_revision: 1, round: 1, answers: { next_visit_on: '2026-11-27' } })
  expect(mend.evidence[0]?.held).toBe(true)
  const { claim, blobs } = await photo(mend, 'door', 300, 9)
  const full = await saveDraft(phone.store, phone.clock, { ...mend, outcome: 'absent', evidence: [...mend.evidence, claim] }, blobs)
  const row = await saveVisit(phone.store, full, visitOf(full, phone.clock), '2026-11-24T04:00:00.000Z')
  expect(row.name).toBe('visit.mend')
  const uploads = await phone.store.read(['uploads'], (tx) => tx.objectStore('uploads').getAll())
  expect(uploads.filter((upload) => upload.mutation_id === row.id).map((upload) => upload.evidence_id)).toEqual([claim.id, claim.id])
})

test('a draft handed in from another window is not written again', async () => {
  const phone = rig()
  const draft = { ...(await startVisit(phone.store, phone.clock, card(1))), path: 'absent' as const, outcome: 'absent' }
  await saveVisit(phone.store, draft, visitOf(draft, phone.clock), '2026-11-24T00:00:00.000Z')
  await expect(saveDraft(phone.store, phone.clock, draft)).rejects.toThrow(DraftGone)
  expect(await phone.store.read(['drafts'], (tx) => tx.objectStore('drafts').count())).toBe(0)
})
