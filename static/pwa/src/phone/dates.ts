import { zh } from '@/words/zh'

const DAY = 86_400_000
const WEEK = ['日', '一', '二', '三', '四', '五', '六']
const two = (n: number): string => String(n).padStart(2, '0')

/** 12月6日（周五） of an instant, Shanghai. */
export function dayWords(at: string | number): string {
  const local = new Date((typeof at === 'number' ? at : Date.parse(at)) + 8 * 3_600_000)
  return `${local.getUTCMonth() + 1}月${local.getUTCDate()}日（周${WEEK[local.getUTCDay()]}）`
}

/** 18:00 of an instant, Shanghai. */
export function timeWords(at: string | number): string {
  const local = new Date((typeof at === 'number' ? at : Date.parse(at)) + 8 * 3_600_000)
  return `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`
}

export const momentWords = (at: string | number): string => `${dayWords(at)}${timeWords(at)}`

/** A local date `YYYY-MM-DD` in words. */
export const dateWords = (on: string): string => dayWords(`${on}T00:00:00+08:00`)

/** 2026年5月6日 of a local date. */
export function fullDateWords(on: string): string {
  const [year, month, day] = on.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** 2026年5月6日（周三） of a local date. */
export const dayOfWeekWords = (on: string): string => `${fullDateWords(on)}（周${WEEK[new Date(`${on}T00:00:00Z`).getUTCDay()]}）`

export interface Due {
  kind: 'overdue' | 'today' | 'later' | 'none'
  text: string
  at: number
}

/** How a deadline stands now: 还剩 2 天, 今天 18:00 前, 逾期 1 天. */
export function dueOf(dueAt: string | null, now: number): Due {
  if (!dueAt) return { kind: 'none', text: zh.tasks.noDue, at: Number.MAX_SAFE_INTEGER }
  const at = Date.parse(dueAt)
  if (at < now) {
    const days = Math.floor((now - at) / DAY)
    return { kind: 'overdue', text: zh.tasks.over(days >= 1 ? zh.tasks.days(days) : zh.tasks.hours(Math.max(1, Math.floor((now - at) / 3_600_000)))), at }
  }
  const day = (time: number): number => Math.floor((time + 8 * 3_600_000) / DAY)
  if (day(at) === day(now)) return { kind: 'today', text: zh.tasks.todayBefore(timeWords(at)), at }
  const days = Math.ceil((at - now) / DAY)
  return { kind: 'later', text: zh.tasks.left(zh.tasks.days(days)), at }
}
