import { expect, test } from 'vitest'
import { startVisit } from '@/engine/drafts'
import { housekeep } from '@/engine/housekeeping'
import { pull } from '@/engine/pull'
import { pump } from '@/engine/pump'
import { countUnsent, unsent } from '@/engine/unsent'
import { card, note } from '../fake/people'
import { json, problem } from '../fake/server'
import { recordVisit, rig } from './rig'

const ids = async (phone: ReturnType<typeof rig>) => (await phone.store.read(['tasks'], (tx) => tx.objectStore('tasks').getAllKeys())).length

test('the first pull brings tasks, messages and the reference; the next one is a 204', async () => {
  const phone = rig()
  phone.server.tasks.set(card(1).id, card(1))
  phone.server.messages = [note(1)]
  expect(await pull(phone.engine)).toMatchObject({ pages: 1, tasks: 1, messages: 1, reference: 'new' })
  expect(await pull(phone.engine)).toMatchObject({ pages: 0, reference: 'kept' })
  expect(phone.clock.anchor).not.toBeNull()
})

test('the reference is asked for again after an hour and a 304 keeps it', async () => {
  const phone = rig()
  await pull(phone.engine)
  phone.pass(3_700_000)
  expect((await pull(phone.engine)).reference).toBe('same')
})

test('pages are followed until the last; each moves the cursor with its tasks', async () => {
  const phone = rig()
  phone.server.fault = ({ path, n }) =>
    path === '/api/changes' && n <= 3 ? json({ cursor: n * 10, more: n < 3, tasks: [card(n)], gone: [], messages: [], server_time: new Date().toISOString() }) : 'ok'
  phone.server.cursor = 30
  expect((await pull(phone.engine)).pages).toBe(3)
  expect(await ids(phone)).toBe(3)
  expect(await phone.store.getMeta('cursor')).toBe(30)
})

test('a cursor that does not move ends the pull instead of running forever', async () => {
  const phone = rig()
  phone.server.fault = ({ path }) => (path === '/api/changes' ? json({ cursor: 5, more: true, tasks: [], gone: [], messages: [], server_time: 'x' }) : 'ok')
  await expect(pull(phone.engine)).rejects.toThrow('cursor')
})

test('a recalled task leaves the phone; with unsent work it stays, marked, and the work is sent', async () => {
  const phone = rig()
  for (const n of [1, 2]) phone.server.tasks.set(card(n).id, card(n))
  await pull(phone.engine)
  await recordVisit(phone, 2, [100])
  phone.server.tasks.clear()
  phone.server.gone = [card(1).id, card(2).id]
  phone.server.cursor = 9
  await pull(phone.engine)
  const left = await phone.store.read(['tasks'], (tx) => tx.objectStore('tasks').getAll())
  expect(left.map((task) => [task.id, Boolean(task.gone_at)])).toEqual([[card(2).id, true]])
  await pump(phone.engine, 'tap')
  expect(countUnsent(await unsent(phone.store))).toBe(0)
  await housekeep(phone.engine)
  expect(await ids(phone)).toBe(0)
})

test('a draft holds a recalled task on the phone', async () => {
  const phone = rig()
  phone.server.tasks.set(card(1).id, card(1))
  await pull(phone.engine)
  await startVisit(phone.store, phone.clock, card(1))
  phone.server.tasks.clear()
  phone.server.gone = [card(1).id]
  phone.server.cursor = 9
  await pull(phone.engine)
  await housekeep(phone.engine)
  expect(await ids(phone)).toBe(1)
})

test('a server that forgot our cursor gets a new start, and tasks it no longer names go', async () => {
  const phone = rig()
  for (const n of [1, 2]) phone.server.tasks.set(card(n).id, card(n))
  await pull(phone.engine)
  phone.server.tasks.delete(card(1).id)
  let first = true
  phone.server.fault = ({ path }) => {
    if (path !== '/api/changes' || !first) return 'ok'
    first = false
    return problem(410, 'cursor_unknown', '请重新获取')
  }
  await pull(phone.engine)
  expect(await ids(phone)).toBe(1)
})

test('a restored server answers an old cursor with everything: the cursor goes back, the rest goes away', async () => {
  const phone = rig()
  for (const n of [1, 2]) phone.server.tasks.set(card(n).id, card(n))
  phone.server.cursor = 90
  await pull(phone.engine)
  phone.server.fault = ({ path }) =>
    path === '/api/changes' ? json({ cursor: 4, more: false, reset: true, tasks: [card(2)], gone: [], messages: [], server_time: new Date().toISOString() }) : 'ok'
  await pull(phone.engine)
  expect(await ids(phone)).toBe(1)
  expect(await phone.store.getMeta('cursor')).toBe(4)
})

test('closed tasks and confirmed photos leave the phone after a week, unsent ones never', async () => {
  const phone = rig()
  phone.server.tasks.set(card(1).id, card(1, { state: 'closed' }))
  await recordVisit(phone, 3, [100])
  await pump(phone.engine, 'save')
  await recordVisit(phone, 4, [100])
  phone.pass(8 * 86_400_000)
  expect(await housekeep(phone.engine)).toMatchObject({ tasks: 1, blobs: 2 })
  phone.pass(90 * 86_400_000)
  await housekeep(phone.engine)
  expect((await unsent(phone.store)).files.length).toBe(2)
  expect(await phone.store.read(['blobs'], (tx) => tx.objectStore('blobs').count())).toBe(2)
})
