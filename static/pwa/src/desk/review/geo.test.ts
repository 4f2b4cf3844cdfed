import { expect, it } from 'vitest'
import type { Address, Visit } from '../api/types'
import { niceScale, plot, toWgs84 } from './geo'

const address = (lng: number | null, lat: number | null, datum = 'wgs84'): Address =>
  ({ id: 'a', text: '', source: '', confirmed_on: null, community: null, lng, lat, datum })
const visit = (ordinal: number, lng?: number, lat?: number): Visit =>
  ({ id: `v${ordinal}`, ordinal, evidence: [], flags: [], place: lng === undefined ? { none_reason: '室内' } : { lng, lat, accuracy_m: 20 } }) as unknown as Visit

it('measures metres east and north of the address', () => {
  const dots = plot(address(118.5, 31.7), visit(2, 118.501, 31.701), [], () => '')
  const here = dots.find((dot) => dot.kind === 'visit')!
  expect(here.x).toBeGreaterThan(94)
  expect(here.x).toBeLessThan(96)
  expect(here.y).toBeCloseTo(110.6, 0)
})

it('brings a GCJ-02 address back by some hundred metres and leaves WGS-84 alone', () => {
  const [lng, lat] = toWgs84(118.5063, 31.702, 'GCJ-02')
  expect(Math.hypot((118.5063 - lng) * 94_700, (31.702 - lat) * 110_574)).toBeGreaterThan(200)
  expect(Math.hypot((118.5063 - lng) * 94_700, (31.702 - lat) * 110_574)).toBeLessThan(900)
  expect(toWgs84(118.5, 31.7, 'wgs84')).toEqual([118.5, 31.7])
})

it('draws nothing without any position and still draws a visit without an address', () => {
  expect(plot(address(null, null), visit(1), [], () => '')).toEqual([])
  expect(plot(null, visit(1, 118.5, 31.7), [visit(2)], () => '').map((dot) => dot.kind)).toEqual(['visit'])
})

it('chooses a round scale', () => {
  expect(niceScale(180)).toBe(50)
  expect(niceScale(9e9)).toBe(500_000)
})
