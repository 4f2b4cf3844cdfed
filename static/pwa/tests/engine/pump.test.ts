import { expect, test } from 'vitest'
import { append, realign, retryAside, waiting } from '@/engine/outbox'
import { retryFiles } from '@/engine/files'
import { pump } from '@/engine/pump'
import { countUnsent, unsent } from '@/engine/unsent'
import { card } from '../fake/people'
import { FakeServer, json, problem } from '../fake/server'
import { recordVisit, rig } from './rig'

const html = (): Response => new Response('<html>欢迎使用免费上网</html>', { status: 200, headers: { 'Content-Type': 'text/html' } })

test('text goes first, then display copies, then originals', async () => {
  const phone = rig()
  phone.server.tasks.set(card(1).id, card(1))
  await recordVisit(phone, 1, [600_000, 300_000])
  const out = await pump(phone.engine, 'save')
  expect(out.stopped).toBeNull()
  expect(out.text?.done).toBe(1)
  expect(out.files?.uploaded).toBe(4)
  const roles = [...phone.server.uploads.values()].map((upload) => upload.role)
  expect(roles).toEqual(['display', 'display', 'original', 'original'])
  const calls = phone.server.calls.filter((call) => call.startsWith('POST'))
  expect(calls[0]).toBe('POST /api/sync')
  expect(countUnsent(await unsent(phone.store))).toBe(0)
})

test('a lost answer is asked for again and gives the same receipt number, one visit', async () => {
  const phone = rig()
  let lost = 0
  phone.server.fault = ({ path }) => (path === '/api/sync' && (lost += 1) === 1 ? 'lose_answer' : 'ok')
  const { row } = await recordVisit(phone, 1)
  const first = await pump(phone.engine, 'save')
  expect(first.stopped).toBe('offline')
  expect((await waiting(phone.store)).length).toBe(1)
  const second = await pump(phone.engine, 'online')
  expect(second.text?.done).toBe(1)
  expect([...phone.server.visits.values()].flat().length).toBe(1)
  const sent = await phone.store.read(['sent'], (tx) => tx.objectStore('sent').get(row.id))
  expect(sent?.receipt_no).toBe('20261124-000001')
})

test('a cut in the middle of a file resumes there: bytes sent stay under 1.2 times the file', async () => {
  const phone = rig()
  await recordVisit(phone, 1, [1_000_000])
  let patches = 0
  phone.server.fault = ({ method }) => {
    if (method !== 'PATCH') return 'ok'
    patches += 1
    return patches % 3 === 0 ? 'drop' : patches % 3 === 2 ? 'lose_answer' : 'ok'
  }
  for (let n = 0; n < 12 && countUnsent(await unsent(phone.store)) > 0; n += 1) {
    await pump(phone.engine, 'tap')
    phone.pass(1_000_000)
  }
  expect(countUnsent(await unsent(phone.store))).toBe(0)
  expect(phone.server.received).toBeLessThanOrEqual(1_250_000 * 1.2)
})

test('five parallel pumps send each thing once', async () => {
  const phone = rig()
  await recordVisit(phone, 1, [300_000])
  const outs = await Promise.all([1, 2, 3, 4, 5].map(() => pump(phone.engine, 'save')))
  expect(outs.filter((out) => out.ran).length).toBe(1)
  expect(outs.filter((out) => out.why === 'busy').length).toBe(4)
  expect([...phone.server.visits.values()].flat().length).toBe(1)
  expect(phone.server.received).toBe(375_000)
})

test('five phones’ tabs without a lock: the same mutation is taken once and answered five times', async () => {
  const phone = rig()
  await recordVisit(phone, 1)
  const free = { ...phone.engine, exclusive: async <T>(_name: string, work: () => Promise<T>) => work() }
  await Promise.all([1, 2, 3, 4, 5].map(() => pump(free, 'save')))
  expect([...phone.server.visits.values()].flat().length).toBe(1)
  expect((await unsent(phone.store)).waiting.length).toBe(0)
})

test('a captive portal’s page answering 200 is no success for text, pull or photo', async () => {
  const phone = rig()
  await recordVisit(phone, 1)
  phone.server.fault = () => html()
  const out = await pump(phone.engine, 'save')
  expect(out.stopped).toBe('captive')
  expect((await unsent(phone.store)).waiting.length).toBe(1)
  phone.server.fault = ({ path }) => (path.startsWith('/api/uploads') ? html() : 'ok')
  expect((await pump(phone.engine, 'tap')).stopped).toBe('captive')
  expect((await unsent(phone.store)).files.length).toBe(2)
  phone.server.fault = ({ path }) => (path.startsWith('/api/uploads') ? json({ ok: true }) : 'ok')
  await retryFiles(phone.engine)
  expect((await pump(phone.engine, 'tap')).stopped).toBe('captive')
  phone.server.fault = () => 'ok'
  await retryFiles(phone.engine)
  await pump(phone.engine, 'tap')
  expect(countUnsent(await unsent(phone.store))).toBe(0)
})

test('an answer about another device is no answer', async () => {
  const phone = rig()
  await recordVisit(phone, 1)
  phone.server.fault = ({ path }) => (path === '/api/sync' ? json({ device_id: 'other', last_seq: 1, server_time: new Date().toISOString(), results: [] }) : 'ok')
  expect((await pump(phone.engine, 'save')).stopped).toBe('captive')
  expect((await unsent(phone.store)).waiting.length).toBe(1)
})

test('a refused report keeps its data and its reason, and the next one goes on', async () => {
  const phone = rig()
  phone.server.judge = (mutation) => (mutation.seq === 1 ? { status: 'refused', problem: { code: 'task_not_yours', title: '这项任务已转给别人' } } : null)
  const { row } = await recordVisit(phone, 1)
  await recordVisit(phone, 2)
  const out = await pump(phone.engine, 'save')
  expect(out.text).toMatchObject({ refused: 1, done: 1 })
  const all = await unsent(phone.store)
  expect(all.refused[0]).toMatchObject({ id: row.id, problem: { title: '这项任务已转给别人' } })
  expect(all.filesAside.length).toBe(2)
  expect(await phone.store.read(['blobs'], (tx) => tx.objectStore('blobs').count())).toBe(4)
})

test('a conflict is kept on the phone as one, also when answered 409', async () => {
  const phone = rig()
  const { row } = await recordVisit(phone, 1, [])
  await pump(phone.engine, 'save')
  await realign(phone.store, 1)
  await phone.store.write(['outbox'], async (tx) => {
    const queued = (await tx.objectStore('outbox').get(row.id))!
    await tx.objectStore('outbox').put({ ...queued, made_at: '2020-01-01T00:00:00.000Z' })
  })
  const out = await pump(phone.engine, 'tap')
  expect(out.text?.conflict).toBe(1)
  expect((await unsent(phone.store)).refused[0]).toMatchObject({ status: 'conflict' })
})

test('later stops the batch, consumes nothing and the order stays', async () => {
  const phone = rig()
  let busy = true
  phone.server.judge = (mutation) => (busy && mutation.seq === 2 ? { status: 'later', problem: { code: 'busy', title: '稍后再试' } } : null)
  for (const n of [1, 2, 3]) await recordVisit(phone, n, [])
  expect((await pump(phone.engine, 'save')).stopped).toBe('later')
  expect((await waiting(phone.store)).map((row) => row.seq)).toEqual([2, 3])
  busy = false
  expect((await pump(phone.engine, 'tap')).text?.done).toBe(2)
})

test('the timer respects the back-off, a tap does not', async () => {
  const phone = rig()
  await recordVisit(phone, 1, [])
  phone.server.fault = () => 'drop'
  const failed = await pump(phone.engine, 'save')
  expect(failed.nextAt! - phone.clock.source.wall()).toBeGreaterThan(4_000)
  phone.server.fault = () => 'ok'
  expect((await pump(phone.engine, 'timer')).why).toBe('waiting')
  expect((await pump(phone.engine, 'tap')).text?.done).toBe(1)
})

test('a server restored to yesterday is told again, photos included', async () => {
  const phone = rig()
  for (const n of [1, 2, 3]) await recordVisit(phone, n, [2000])
  await pump(phone.engine, 'save')
  const before = phone.server
  const restored = new FakeServer()
  const kept = [...before.stored.entries()].find(([, entry]) => entry.seq === 1)!
  restored.stored.set(...kept)
  restored.last.set(phone.engine.deviceId, 1)
  restored.fault = before.fault
  phone.wire['fetcher' as never] = restored.fetch as never
  phone.pass(700_000)
  const out = await pump(phone.engine, 'open')
  expect(out.text?.resent).toBe(2)
  expect(out.text?.done).toBe(2)
  expect(restored.visits.size).toBe(2)
  expect(restored.held.size).toBe(4)
  expect(countUnsent(await unsent(phone.store))).toBe(0)
})

test('a sequence gap rewinds; numbers the server already used are given anew', async () => {
  const phone = rig()
  await recordVisit(phone, 1, [])
  phone.server.last.set(phone.engine.deviceId, 7)
  const out = await pump(phone.engine, 'save')
  expect(out.text?.done).toBe(1)
  expect(phone.server.last.get(phone.engine.deviceId)).toBe(8)
  const { row } = await recordVisit(phone, 2, [])
  expect(row.seq).toBe(9)
})

test('one poison among 200 is set aside, the other 199 arrive', async () => {
  const phone = rig()
  for (let n = 1; n <= 200; n += 1) {
    await append(phone.store, { name: 'message.read', args: { ids: [`m${n}`] }, made_at: new Date().toISOString(), label: `第 ${n} 条`, task_id: null })
  }
  const sync = phone.server.fetch
  phone.wire['fetcher' as never] = (async (input: string, init: RequestInit) =>
    String(init.body ?? '').includes('"m77"') ? problem(500, 'server_error', '服务器出错') : sync(input, init)) as never
  for (let n = 0; n < 8; n += 1) await pump(phone.engine, 'tap')
  const all = await unsent(phone.store)
  expect(all.waiting.length).toBe(0)
  expect(all.aside.map((row) => row.label)).toEqual(['第 77 条'])
  expect(all.aside[0]?.problem?.title).toBe('服务器出错')
  expect(phone.server.stored.size).toBe(199)
  phone.wire['fetcher' as never] = sync as never
  await retryAside(phone.store, all.aside[0]!.id)
  expect((await pump(phone.engine, 'tap')).text?.done).toBe(1)
  expect(phone.server.stored.size).toBe(200)
})

test('a sick server makes no poison of anything', async () => {
  const phone = rig()
  await recordVisit(phone, 1, [])
  phone.server.fault = ({ path }) => (path === '/api/sync' ? problem(500, 'server_error', '服务器出错') : 'ok')
  for (let n = 0; n < 9; n += 1) await pump(phone.engine, 'tap')
  expect((await unsent(phone.store)).waiting.length).toBe(1)
  expect((await unsent(phone.store)).aside.length).toBe(0)
})

test('one corrupt photo is set aside with a kind reason, the other nine arrive', async () => {
  const phone = rig()
  const { draft } = await recordVisit(phone, 1, Array.from({ length: 10 }, () => 3000))
  const bad = `${draft.evidence[4]!.id}:original`
  await phone.store.write(['blobs'], async (tx) => {
    const blob = (await tx.objectStore('blobs').get(bad))!
    const bytes = blob.bytes.slice(0)
    new Uint8Array(bytes)[100]! ^= 1
    await tx.objectStore('blobs').put({ ...blob, bytes })
  })
  const out = await pump(phone.engine, 'save')
  expect(out.files).toMatchObject({ uploaded: 19, aside: 1 })
  expect((await unsent(phone.store)).filesAside[0]?.problem?.title).toContain('补拍')
})

test('a refused photo does not hold the others up', async () => {
  const phone = rig()
  await recordVisit(phone, 1, [3000, 3000])
  let n = 0
  phone.server.fault = ({ method, path }) =>
    method === 'POST' && path === '/api/uploads' && (n += 1) === 1 ? problem(413, 'too_large', '照片太大') : 'ok'
  const out = await pump(phone.engine, 'save')
  expect(out.files?.uploaded).toBe(3)
  expect((await unsent(phone.store)).files.length).toBe(1)
})

test('signed out at the server: everything stays and the run says so', async () => {
  const phone = rig()
  await recordVisit(phone, 1)
  phone.server.signedIn = false
  expect((await pump(phone.engine, 'save')).stopped).toBe('unauthenticated')
  expect((await unsent(phone.store)).waiting.length).toBe(1)
})

test('a stale token is renewed once and the work goes on', async () => {
  const phone = rig()
  await recordVisit(phone, 1)
  phone.server.csrf = 'token-2'
  const out = await pump(phone.engine, 'save')
  expect(out.text?.done).toBe(1)
  expect(out.files?.uploaded).toBe(2)
})

test('originals wait for Wi-Fi when told to', async () => {
  const phone = rig()
  phone.engine.originalsAllowed = () => false
  await recordVisit(phone, 1, [3000])
  const out = await pump(phone.engine, 'save')
  expect(out.files).toMatchObject({ uploaded: 1, left: 1 })
})
