import { isBlank, type Answer, type Question } from '@/engine/form'
import { dateWords, momentWords } from '../dates'

/** 分 → 1,234.56; an amount is a whole number of 分 everywhere but on the glass. */
export function yuan(fen: number): string {
  return `${Math.floor(fen / 100).toLocaleString('zh-CN')}.${String(fen % 100).padStart(2, '0')}`
}

/** What somebody typed as yuan → 分; null for what is no amount. */
export function fenOf(text: string): number | null {
  const plain = text.replace(/[,，\s¥￥元]/g, '').replace(/[０-９．]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
  if (!/^\d{1,11}(\.\d{1,2})?$/.test(plain)) return null
  const [whole, rest = ''] = plain.split('.')
  return Number(whole) * 100 + Number(rest.padEnd(2, '0'))
}

/** An answer in words, as the summary and the task card show it. */
export function answerWords(question: Question | undefined, value: Answer): string {
  if (!question || isBlank(value)) return ''
  const named = (code: string): string => question.options?.find((option) => option.code === code)?.label ?? code
  if (Array.isArray(value)) return value.map(named).join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return question.widget === 'money' ? `¥${yuan(value)}` : String(value)
  if (question.widget === 'choice') return named(String(value))
  if (question.widget === 'date') return dateWords(String(value))
  return question.widget === 'instant' ? momentWords(String(value)) : String(value)
}

/** An instant as `<input type="datetime-local">` wants it, in Shanghai. */
export const localOf = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16)

export const instantOf = (local: string): string => new Date(`${local}:00+08:00`).toISOString()
