import { expect, test } from 'vitest'
import { localVisits, viewOf, visitFacts } from '@/engine/overlay'
import type { OutboxRow } from '@/engine/schema'
import { card } from '../fake/people'

const row = (name: OutboxRow['name'], args: unknown): OutboxRow => ({ id: name, name, args: args as never, made_at: '', label: '', task_id: card(1).id, tries: 0, problem: null, seq: 1 })
const visit = (outcome: string) => ({ visit: { id: 'v9', outcome, contact: 'door', started_at: '2026-11-24T01:00:00.000Z' } })
const view = (state: 'routed' | 'taken' | 'working', outbox: OutboxRow[]) =>
  viewOf(card(1, { state }), { drafts: [], outbox, sent: [], uploads: [] }, (outcome) => outcome !== 'absent')

test('a waiting take shows the task as taken, a waiting recusal does not', () => {
  expect(view('routed', [row('task.take', { recusal: 'none' })]).state).toBe('taken')
  expect(view('routed', [row('task.take', { recusal: 'conflict' })]).state).toBe('routed')
})

test('a waiting report waits for the court; a waiting visit without effect leaves the task open', () => {
  expect(view('taken', [row('visit.record', visit('signed_self'))]).state).toBe('reported')
  expect(view('taken', [row('visit.record', visit('absent'))]).state).toBe('working')
  expect(view('working', [row('task.report', {})]).state).toBe('reported')
})

test('a waiting visit is in the timeline once and counts for diligence', () => {
  const open = view('taken', [row('visit.record', visit('absent'))])
  expect(localVisits(open).map((entry) => entry.id)).toEqual(['v9'])
  expect(visitFacts(open)).toEqual([{ contact: 'door', at: Date.parse('2026-11-24T01:00:00.000Z') }])
  const listed = { ...open, task: { ...open.task, visits: [{ id: 'v9', at: '2026-11-24T01:00:00.000Z' }] as never } }
  expect(localVisits(listed)).toEqual([])
})

test('a waiting mend takes the red card away', () => {
  const task = card(1, { state: 'working', sent_back: { round: 1 } as never })
  expect(viewOf(task, { drafts: [], outbox: [], sent: [], uploads: [] }, () => true).sentBack).not.toBeNull()
  expect(viewOf(task, { drafts: [], outbox: [row('visit.mend', {})], sent: [], uploads: [] }, () => true)).toMatchObject({ sentBack: null, state: 'reported' })
})
