import { describe, expect, it } from 'vitest'
import { atDense, bytes, dayText, daysBetween, dueText, fenOf, metres, money, skewText, tidyCaseNo } from './format'

describe('dates', () => {
  it('shows instants in Beijing time, whatever the machine says', () => {
    expect(atDense('2026-11-24T16:30:00.000Z')).toBe('2026-11-25 00:30')
    expect(atDense('nonsense')).toBe('—')
    expect(atDense(null)).toBe('—')
  })
  it('names the weekday of a local date', () => {
    expect(dayText('2024-12-06')).toContain('12月6日（周五）')
    expect(dayText('')).toBe('—')
    expect(dayText('昨天')).toBe('昨天')
  })
  it('counts whole days over a month and a year', () => {
    expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1)
    expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1)
  })
  it.each([
    ['2026-11-23', '逾期 1 天', 'bad'],
    ['2026-11-24', '今天到期', 'warn'],
    ['2026-11-25', '还剩 1 天', 'warn'],
    ['2026-11-30', '还剩 6 天', 'plain'],
  ])('%s is %s', (due, text, tone) => {
    expect(dueText(due, '2026-11-24')).toEqual({ text, tone })
  })
})

describe('money', () => {
  it.each([['12345.6', 1234560], ['12,345.00', 1234500], ['¥8', 800], ['0.07', 7], ['１２', null], ['1.234', null], ['-3', null], ['', null], ['1e5', null]])('%s is %s fen', (typed, fen) => {
    expect(fenOf(typed)).toBe(fen)
  })
  it('groups thousands and keeps the cents', () => {
    expect(money(123456789)).toBe('¥1,234,567.89')
    expect(money(-5)).toBe('-¥0.05')
    expect(money(null)).toBe('—')
  })
})

describe('case numbers', () => {
  it.each([
    ['(2026)皖0503执1234号', '（2026）皖0503执1234号'],
    [' （２０２６）皖０５０３执 12 号之一 ', '（2026）皖0503执12号之一'],
    ['〔2026〕皖0503执1号', '（2026）皖0503执1号'],
  ])('%s becomes %s', (typed, tidy) => {
    expect(tidyCaseNo(typed)).toBe(tidy)
  })
})

it('says sizes, distances and clock skew in words', () => {
  expect(bytes(2_345_678)).toBe('2.2 MB')
  expect(metres(null)).toBe('无位置')
  expect(metres(1250)).toBe('1.3 公里')
  expect(skewText(-192_000)).toBe('慢 3 分 12 秒')
  expect(skewText(1200)).toBe('一致')
  expect(skewText(undefined)).toBe('未知')
})
