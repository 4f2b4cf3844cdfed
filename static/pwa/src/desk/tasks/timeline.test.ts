import { expect, it } from 'vitest'
import type { TimelineEntry } from '../api/types'
import { linesOf } from './timeline'

const entry = (action: string, ledger_index: number, more: Partial<TimelineEntry> = {}): TimelineEntry =>
  ({ at: '2026-11-24T01:00:00.000Z', actor: '沈某', action, label: action, from: null, to: null, reason: null, ledger_index, ...more })

it('folds what repeats and keeps the first and last place in the ledger', () => {
  const lines = linesOf([entry('task.reported', 1, { from: 'working', to: 'reported' }), entry('evidence.arrived', 2), entry('evidence.arrived', 3), entry('evidence.arrived', 4)])
  expect(lines.map((line) => [line.first.action, line.count, line.lastIndex])).toEqual([['task.reported', 1, 1], ['evidence.arrived', 3, 4]])
})

it('never folds a decision, a reason or another person away', () => {
  const lines = linesOf([
    entry('visit.revealed', 1, { reason: '核对' }), entry('visit.revealed', 2, { reason: '再核对' }),
    entry('evidence.arrived', 3), entry('evidence.arrived', 4, { actor: '李某' }), entry('task.sent_back', 5, { to: 'working' }), entry('task.sent_back', 6, { to: 'working' }),
  ])
  expect(lines).toHaveLength(6)
})
