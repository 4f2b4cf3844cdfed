import { expect, test } from 'vitest'
import { backoffMs } from '@/engine/context'
import { Clock, shanghaiDate, shanghaiHour } from '@/engine/clock'
import { newId } from '@/engine/ids'

test('skew is measured at the middle of the round trip and corrects a phone that is two days ahead', () => {
  let wall = Date.parse('2026-11-26T00:00:00.000Z')
  let mono = 1000
  const clock = new Clock({ wall: () => wall, monotonic: () => mono, page: 'a' })
  clock.learn('2026-11-24T00:00:00.000Z', wall - 100, wall + 100)
  expect(clock.anchor?.skew_ms).toBe(2 * 86_400_000)
  wall += 365 * 86_400_000 // set forward by hand
  mono += 5_000
  expect(new Date(clock.corrected()).toISOString()).toBe('2026-11-24T00:00:05.000Z')
  expect(clock.claim()).toEqual({ skew_ms: 2 * 86_400_000, anchor_at: '2026-11-24T00:00:00.000Z', monotonic_ms: 5000 })
})

test('after a restart the monotonic reading is not compared, the skew still corrects', () => {
  const wall = Date.parse('2026-11-24T00:00:10.000Z')
  const before = new Clock({ wall: () => wall, monotonic: () => 50, page: 'a' })
  before.learn('2026-11-24T00:00:00.000Z', wall, wall)
  const after = new Clock({ wall: () => wall + 60_000, monotonic: () => 3, page: 'b' })
  after.anchor = before.anchor
  expect(after.claim().monotonic_ms).toBeNull()
  expect(after.corrected()).toBe(Date.parse('2026-11-24T00:01:00.000Z'))
})

test('a slow or impossible answer teaches nothing', () => {
  const clock = new Clock({ wall: () => 0, monotonic: () => 0, page: 'a' })
  clock.learn('2026-11-24T00:00:00.000Z', 0, 60_000)
  clock.learn('nonsense', 0, 1)
  expect(clock.anchor).toBeNull()
})

test('dates and hours are Shanghai’s whatever the phone’s zone', () => {
  expect(shanghaiDate(Date.parse('2026-11-24T16:00:00Z'))).toBe('2026-11-25')
  expect(shanghaiHour(Date.parse('2026-11-24T10:30:00Z'))).toEqual({ hour: 18.5, weekday: 2 })
})

test('back-off doubles from 5 s and never passes 17 minutes', () => {
  expect(backoffMs(1, () => 0.5)).toBe(5_000)
  expect(backoffMs(2, () => 0.5)).toBe(10_000)
  expect(backoffMs(40, () => 1)).toBeLessThanOrEqual(1_020_000)
})

test('ids are UUIDv7, in order of time, and unique', () => {
  const early = newId(1_000_000)
  const late = newId(2_000_000)
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(early < late).toBe(true)
  expect(new Set(Array.from({ length: 1000 }, () => newId())).size).toBe(1000)
})
