/** Dates, money and sizes as the court writes them; all times are shown in Beijing time. */

const ZONE = 'Asia/Shanghai'
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六']

const parts = new Intl.DateTimeFormat('zh-CN', {
  timeZone: ZONE, year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
})

type Clock = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>

function split(iso: string): Clock | null {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return null
  return Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, part.value])) as Clock
}

/** 「11月24日 09:48」, with the year when it is not this year's. */
export function atText(iso: string | null | undefined, seconds = false): string {
  const p = iso ? split(iso) : null
  if (!p) return '—'
  const year = p.year === String(new Date().getFullYear()) ? '' : `${p.year}年`
  return `${year}${p.month}月${p.day}日 ${p.hour}:${p.minute}${seconds ? `:${p.second}` : ''}`
}

/** 「2026-11-24 09:48」 for dense tables. */
export function atDense(iso: string | null | undefined): string {
  const p = iso ? split(iso) : null
  return p ? `${p.year}-${p.month.padStart(2, '0')}-${p.day.padStart(2, '0')} ${p.hour}:${p.minute}` : '—'
}

/** A local date of an instant, `YYYY-MM-DD`. */
export function dateOf(iso: string): string {
  return atDense(iso).slice(0, 10)
}

/** 「12月6日（周日）」 from `YYYY-MM-DD`. */
export function dayText(day: string | null | undefined): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '')
  if (!match) return day || '—'
  const [, y, m, d] = match as unknown as [string, string, string, string]
  const weekday = WEEKDAYS[new Date(Date.UTC(+y, +m - 1, +d)).getUTCDay()]
  const year = y === String(new Date().getFullYear()) ? '' : `${y}年`
  return `${year}${+m}月${+d}日（周${weekday}）`
}

/** Whole days from one local date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** 「还剩 2 天」「今天到期」「逾期 1 天」. */
export function dueText(dueOn: string | null, today: string): { text: string; tone: 'plain' | 'warn' | 'bad' } {
  if (!dueOn) return { text: '—', tone: 'plain' }
  const left = daysBetween(today, dueOn)
  if (left < 0) return { text: `逾期 ${-left} 天`, tone: 'bad' }
  if (left === 0) return { text: '今天到期', tone: 'warn' }
  return { text: `还剩 ${left} 天`, tone: left <= 1 ? 'warn' : 'plain' }
}

/** `¥12,345.00` from integer 分. */
export function money(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return '—'
  const sign = fen < 0 ? '-' : ''
  const whole = Math.trunc(Math.abs(fen) / 100).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}¥${whole}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
}

/** Integer 分 from what a clerk types in 元 (`12,345.6`); null when it is no amount. */
export function fenOf(yuan: string): number | null {
  const plain = yuan.replace(/[,，\s¥￥]/g, '')
  if (!/^\d{1,13}(\.\d{1,2})?$/.test(plain)) return null
  const [whole = '', cents = ''] = plain.split('.')
  return Number(whole) * 100 + Number(cents.padEnd(2, '0'))
}

export function bytes(size: number | null | undefined): string {
  if (size === null || size === undefined) return '—'
  if (size < 1024) return `${size} B`
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KB`
  return `${(size / 1024 / 1024).toFixed(1)} MB`
}

export function metres(distance: number | null | undefined): string {
  if (distance === null || distance === undefined) return '无位置'
  return distance < 1000 ? `${Math.round(distance)} 米` : `${(distance / 1000).toFixed(1)} 公里`
}

/** 「-3 分 12 秒」: how far the phone's clock was from the server's. */
export function skewText(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '未知'
  const abs = Math.round(Math.abs(ms) / 1000)
  if (abs < 5) return '一致'
  const text = abs < 60 ? `${abs} 秒` : abs < 3600 ? `${Math.floor(abs / 60)} 分 ${abs % 60} 秒` : `${(abs / 3600).toFixed(1)} 小时`
  return `${ms > 0 ? '快' : '慢'} ${text}`
}

/** A case number as the court writes it: full-width brackets, no spaces, half-width digits. */
export function tidyCaseNo(raw: string): string {
  return raw
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/\s+/g, '')
    .replace(/[(（〔[［]/g, '（')
    .replace(/[)）〕\]］]/g, '）')
}
