import { expect, test } from 'vitest'
import { resume, signIn, signOut, UnsentWork } from '@/engine/account'
import { NoAnswer, Refusal, Wire } from '@/engine/http'
import { pump } from '@/engine/pump'
import { rescueFile, sealKey } from '@/engine/rescue'
import { worker } from '../fake/people'
import { FakeServer } from '../fake/server'
import { recordVisit, rig, type Rig } from './rig'

async function signedIn() {
  const server = new FakeServer()
  const wire = new Wire(server.fetch)
  const seat = await signIn(wire, 'W0107', 'right-password', '测试手机')
  const phone = rig(server)
  const engine = { ...phone.engine, store: seat.store, wire, deviceId: seat.deviceId }
  return { ...phone, ...seat, wire, engine } as Rig & typeof seat
}

test('the same worker keeps one database and one device number over sign-ins', async () => {
  const first = await signedIn()
  await recordVisit(first, 1)
  await signOut(first.wire, first.store, 'keep')
  expect(await resume(new Wire(first.server.fetch))).toBeNull()
  const again = await signIn(new Wire(first.server.fetch), 'W0107', 'right-password', '测试手机')
  expect(again.deviceId).toBe(first.deviceId)
  expect(await again.store.read(['outbox'], (tx) => tx.objectStore('outbox').count())).toBe(1)
  const byPhone = await signIn(new Wire(first.server.fetch), '13800005678', 'right-password', '测试手机')
  expect(byPhone.deviceId).toBe(first.deviceId)
  await again.store.close()
  await byPhone.store.close()
})

test('without network the last worker goes on', async () => {
  const first = await signedIn()
  const wire = new Wire(async () => {
    throw new TypeError('Failed to fetch')
  })
  const seat = await resume(wire)
  expect(seat?.session.person.name).toBe(worker.name)
  expect(wire.csrf).toBe(first.session.csrf)
})

test('signing out refuses to delete unsent work', async () => {
  const phone = await signedIn()
  await recordVisit(phone, 1)
  await expect(signOut(phone.wire, phone.store, 'purge')).rejects.toThrow(UnsentWork)
  expect(await phone.store.read(['outbox'], (tx) => tx.objectStore('outbox').count())).toBeGreaterThan(0)
  await pump(phone.engine, 'tap')
  await signOut(phone.wire, phone.store, 'purge')
  expect((await indexedDB.databases()).map((db) => db.name)).not.toContain(phone.store.name)
})

test('a wrong password and no network are told apart', async () => {
  const server = new FakeServer()
  await expect(signIn(new Wire(server.fetch), 'x', 'wrong', '')).rejects.toThrow(Refusal)
  server.fault = () => 'drop'
  await expect(signIn(new Wire(server.fetch), 'x', 'right-password', '')).rejects.toThrow(NoAnswer)
})

test('the rescue file holds every unsent report with its photos, plain or sealed', async () => {
  const phone = rig()
  const { row, draft } = await recordVisit(phone, 1, [500])
  const head = { made_at: '2026-11-24T00:00:00.000Z', device_id: 'd', person: { id: 'p', staff_no: 'W1', name: '某人' } }
  const plain = await rescueFile(phone.store, head, null)
  const open = JSON.parse(await plain.file.text()) as { format: string; records: { kind: string; row?: { id: string }; base64?: string }[] }
  expect(open.format).toBe('grid-rescue-1')
  expect(open.records.map((record) => record.kind)).toEqual(['mutation', 'file', 'file'])
  expect(open.records[0]?.row?.id).toBe(row.id)
  expect(plain.counts).toEqual({ mutations: 1, drafts: 0, files: 2 })

  const sealed = await rescueFile(phone.store, head, '三号网格 2026')
  const text = await sealed.file.text()
  expect(text).not.toContain(draft.id)
  const closed = JSON.parse(text) as { sealed: { salt: string; iterations: number }; records: { iv: string; data: string }[] }
  const raw = (value: string) => Uint8Array.from(Buffer.from(value, 'base64'))
  const key = await sealKey('三号网格 2026', raw(closed.sealed.salt), closed.sealed.iterations)
  const first = closed.records[0]!
  const clear = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: raw(first.iv) }, key, raw(first.data))
  expect(JSON.parse(new TextDecoder().decode(clear))).toMatchObject({ kind: 'mutation', row: { id: row.id } })
})
