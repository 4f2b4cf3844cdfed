/** The worker's form as lines an officer can read and comment on; `path` is what the phone finds again. */
import type { Dossier, Reference, Visit } from '../api/types'
import { isBlank, type Answer, type Question } from '@/engine/form'
import { atText, dayText, money, skewText } from '../format'
import { kindOf } from '../state/reference'
import { CONTACTS } from '../words'

export interface FactLine { path: string; label: string; value: string; tone?: 'bad' | 'warn'; fixed?: boolean }
export interface FactGroup { title: string; lines: FactLine[] }

type Signer = { name?: string; relation?: string; id_last4?: string; adult?: boolean; cohabiting?: boolean; adverse?: boolean; reason?: string; seal?: string | boolean; guardian_of?: string }
type HandedLine = { document_id: string; handed: boolean; reason?: string }

const yes = (value: boolean | undefined, good = '是', bad = '否'): string => (value === undefined || value === null ? '未填' : value ? good : bad)

export function factsOf(visit: Visit, task: Dossier, words: Reference): FactGroup[] {
  const answers = visit.answers ?? {}
  const form = kindOf(words, task.kind)?.form
  const signer = answers.signer as Signer | undefined
  const groups: FactGroup[] = [{
    title: '走访情况',
    lines: [
      { path: 'outcome', label: '结果', value: visit.outcome_label ?? words.outcomes[visit.outcome] ?? visit.outcome },
      { path: 'contact', label: '联系方式', value: CONTACTS[visit.contact] ?? visit.contact },
      { path: 'met_name', label: '见到谁', value: visit.met_name || '—' },
      { path: 'narrative', label: '经过', value: visit.narrative || '—' },
    ],
  }]
  if (form) {
    const way = form.ways[form.outcomes.find((one) => one.code === visit.outcome)?.path ?? '']
    for (const page of way?.pages ?? []) {
      const asked = page.asks.filter((ask) => ask !== 'narrative' && ask !== 'met_name' && !isBlank(answers[ask] as Answer))
      if (asked.length) groups.push({ title: page.title, lines: asked.map((ask) => ({ path: `answers.${ask}`, label: form.questions[ask]?.label ?? ask, value: answerText(form.questions[ask], answers[ask] as Answer) })) })
    }
  } else if (signer) {
    const lines: FactLine[] = [
      { path: 'answers.signer.name', label: '签收人', value: signer.name ?? '未填' },
      { path: 'answers.signer.relation', label: '与受送达人关系', value: words.relations[signer.relation ?? ''] ?? signer.relation ?? '未填' },
    ]
    if (signer.id_last4) lines.push({ path: 'answers.signer.id_last4', label: '证件后四位', value: signer.id_last4 })
    if (signer.adult !== undefined) lines.push({ path: 'answers.signer.adult', label: '已成年', value: yes(signer.adult), tone: signer.adult ? undefined : 'bad' })
    if (signer.cohabiting !== undefined) lines.push({ path: 'answers.signer.cohabiting', label: '与受送达人同住', value: yes(signer.cohabiting), tone: signer.cohabiting || signer.relation === 'self' ? undefined : 'bad' })
    if (signer.adverse !== undefined) lines.push({ path: 'answers.signer.adverse', label: '是否对方当事人', value: yes(signer.adverse), tone: signer.adverse ? 'bad' : undefined })
    if (signer.reason) lines.push({ path: 'answers.signer.reason', label: '代收理由', value: words.answerReasons[signer.reason] ?? signer.reason })
    if (signer.seal) lines.push({ path: 'answers.signer.seal', label: '印章', value: String(signer.seal === true ? '有' : signer.seal) })
    if (signer.guardian_of) lines.push({ path: 'answers.signer.guardian_of', label: '被监护人', value: signer.guardian_of })
    const written = answers.receipt_date as string | undefined
    lines.push({ path: 'answers.receipt_date', label: '回证上写的日期', value: written ? dayText(written) : '未填', tone: written ? undefined : 'warn' })
    if (answers.signature_kind) lines.push({ path: 'answers.signature_kind', label: '签名方式', value: answers.signature_kind === 'thumbprint' ? '捺印' : '签名' })
    groups.push({ title: '签收', lines })
  }
  const handed = answers.lines as HandedLine[] | undefined
  if (handed?.length) {
    groups.push({
      title: '文书逐件核对',
      lines: handed.map((line) => ({
        path: `answers.lines.${line.document_id}`, label: task.documents?.find((doc) => doc.id === line.document_id)?.name ?? '文书',
        value: line.handed ? '已交' : `未交${line.reason ? `：${words.answerReasons[line.reason] ?? line.reason}` : ''}`, tone: line.handed ? undefined : 'warn',
      })),
    })
  }
  const other: FactLine[] = []
  if (answers.refusal_reason) other.push({ path: 'answers.refusal_reason', label: '拒收理由', value: words.refusalReasons[String(answers.refusal_reason)] ?? String(answers.refusal_reason) })
  if (answers.refusal_note) other.push({ path: 'answers.refusal_note', label: '拒收情形', value: String(answers.refusal_note) })
  if (answers.statement_unit) other.push({ path: 'answers.statement_unit', label: '出具说明的单位', value: String(answers.statement_unit) })
  if (answers.moved_to) other.push({ path: 'answers.moved_to', label: '迁往何处', value: String(answers.moved_to) })
  if (answers.next_visit_on) other.push({ path: 'answers.next_visit_on', label: '下次上门', value: dayText(String(answers.next_visit_on)) })
  if (answers.pickup_on) other.push({ path: 'answers.pickup_on', label: '约定领取', value: dayText(String(answers.pickup_on)) })
  if (other.length) groups.push({ title: '其他', lines: other })
  const skew = visit.clock?.skew_ms
  const checked = visit.packet?.checked
  groups.push({
    title: '时间与核对（系统记录）',
    lines: [
      { path: 'started_at', label: '走访时间（手机）', value: `${atText(visit.started_at)} 至 ${atText(visit.ended_at)}`, fixed: true },
      { path: 'received_at', label: '到达服务器', value: atText(visit.received_at, true), fixed: true },
      { path: 'clock', label: '手机钟与服务器', value: skewText(skew), tone: skew && Math.abs(skew) > 600_000 ? 'warn' : undefined, fixed: true },
      ...(form ? [] : [{ path: 'packet', label: '封签扫码', value: checked === 'ok' ? '扫码相符' : checked === 'manual' ? `手工核对${visit.packet?.reason ? `：${visit.packet.reason}` : ''}` : checked === 'none' ? `没有核对${visit.packet?.reason ? `：${visit.packet.reason}` : ''}` : '未记录', tone: checked && checked !== 'ok' ? ('warn' as const) : undefined }]),
    ],
  })
  return groups
}

/** An answer to a kind's question in words. */
export function answerText(question: Question | undefined, value: Answer): string {
  if (!question || isBlank(value)) return ''
  const named = (code: string): string => question.options?.find((option) => option.code === code)?.label ?? code
  if (Array.isArray(value)) return value.map(named).join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return question.widget === 'money' ? money(value) : String(value)
  if (question.widget === 'choice') return named(String(value))
  if (question.widget === 'date') return dayText(String(value))
  return question.widget === 'instant' ? atText(String(value)) : String(value)
}

/** A field path in words, for the list of comments and differences. */
export function pathLabel(path: string, groups: FactGroup[], visit: Visit | undefined, words: Reference): string {
  if (path.startsWith('evidence.')) {
    const item = path.slice('evidence.'.length)
    return `照片「${visit?.evidence.find((one) => one.item === item)?.item_label ?? words.checklist[item] ?? item}」`
  }
  return groups.flatMap((group) => group.lines).find((line) => line.path === path)?.label ?? path
}
