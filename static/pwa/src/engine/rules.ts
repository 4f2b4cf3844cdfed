import { shanghaiDate, shanghaiHour } from './clock'
import type { ChecklistItem, DeliveryDescriptor, Outcome, Relation, SignerField, VisitPath } from './descriptor'
import { formGaps } from './form'
import type { TaskCard, VisitAnswers } from './protocol'
import type { Draft } from './schema'

/** Something a visit still lacks. `path` is the field's path on the wire, `step` the wizard page that asks for it. */
export interface Gap {
  path: string
  step: string
  text: string
}

/** Outcomes this task may end a visit with; the court's settings decide by the task's mode. */
export function outcomesFor(descriptor: DeliveryDescriptor, task: Pick<TaskCard, 'mode'>): Outcome[] {
  return descriptor.outcomes.filter((outcome) => outcome.modes.length === 0 || outcome.modes.includes(task.mode))
}

export function outcomeOf(descriptor: DeliveryDescriptor, code: string | null): Outcome | null {
  return descriptor.outcomes.find((outcome) => outcome.code === code) ?? null
}

/** Who may sign for this addressee: by kind, and only the guardian when the addressee cannot act alone (domain §3 rule 6). */
export function relationsFor(descriptor: DeliveryDescriptor, task: Pick<TaskCard, 'mode' | 'addressee'>): Relation[] {
  const offered = new Set(outcomesFor(descriptor, task).flatMap((outcome) => (outcome.relation ? [outcome.relation] : [])))
  const fitting = descriptor.relations.filter(
    (relation) => offered.has(relation.code) && relation.addressee_kinds.includes(task.addressee.kind),
  )
  if (!task.addressee.minor && !task.addressee.incapacitated) return fitting
  return fitting.filter((relation) => relation.code === 'guardian')
}

/** The outcome that stands for a signer of this relation. */
export function outcomeForRelation(descriptor: DeliveryDescriptor, relation: string): Outcome | null {
  return descriptor.outcomes.find((outcome) => outcome.path === 'handover' && outcome.relation === relation) ?? null
}

/** Photos asked for: the outcome's own list, else the list of its path. */
export function checklistFor(descriptor: DeliveryDescriptor, outcome: string | null, path: VisitPath | null): ChecklistItem[] {
  return (outcome ? descriptor.checklists[outcome] : undefined) ?? (path ? descriptor.checklists[path] : undefined) ?? []
}

const SIGNER_WORDS: Record<SignerField, string> = {
  name: '请填写签收人姓名',
  id_last4: '请填写身份证后四位',
  adult: '请确认签收人是否年满 18 周岁',
  cohabiting: '请确认签收人是否与受送达人同住',
  adverse: '请确认签收人是否为对方当事人',
  reason: '请选择代收理由',
  seal: '请说明加盖了什么章，或由哪个岗位签收',
  guardian_of: '请填写被监护人姓名',
}

const sameName = (a: string, b: string): boolean => a.replace(/[\s·•・.]/g, '') === b.replace(/[\s·•・.]/g, '')

/** What speaks against this signer, by field; empty when the person may sign. */
export function signerProblems(descriptor: DeliveryDescriptor, task: TaskCard, answers: VisitAnswers): Record<string, string> {
  const found: Record<string, string> = {}
  const signer = answers.signer
  const relation = descriptor.relations.find((entry) => entry.code === signer?.relation)
  if (!signer || !relation) return { relation: '请选择谁来签收' }
  for (const field of relation.asks) {
    const value = signer[field]
    if (relation.optional?.includes(field)) continue
    if (value === undefined || (typeof value === 'string' && value.trim() === '')) found[field] = SIGNER_WORDS[field]
  }
  if (!signer.name?.trim()) found.name = SIGNER_WORDS.name
  if (signer.id_last4 && !/^\d{3}[\dXx]$/.test(signer.id_last4)) found.id_last4 = '身份证后四位应为 4 位数字，最后一位可以是 X'
  for (const [field, wanted] of Object.entries(relation.must)) {
    const value = signer[field as 'adult' | 'cohabiting' | 'adverse']
    if (value !== undefined && value !== wanted) found[field] = relation.blocks[field] ?? '这个人不能签收，请找其他人或改选结果'
  }
  if (signer.name && task.adverse.some((name) => sameName(name, signer.name))) {
    found.name = relation.blocks.adverse ?? '对方当事人不能代收，请找其他人签收'
  }
  return found
}

/** Everything that must still be filled before the visit can be saved, in the order of the wizard; `today` is Shanghai's date. */
export function gapsOf(descriptor: DeliveryDescriptor, task: TaskCard, draft: Draft, today: string): Gap[] {
  const gaps: Gap[] = []
  if (!draft.path) return [{ path: 'outcome', step: 'outcome', text: '请选择这次走访的情况' }]
  if (descriptor.form) gaps.push(...formGaps(descriptor.form, draft, today))
  if (draft.path === 'handover') gaps.push(...handoverGaps(descriptor, task, draft))
  if (!draft.outcome && draft.path !== 'handover') gaps.push({ path: 'outcome', step: descriptor.form ? 'outcome' : 'what', text: '请选择具体情况' })
  for (const ask of descriptor.required[draft.path] ?? []) {
    const value = ask === 'narrative' || ask === 'met_name' ? draft[ask] : draft.answers[ask]
    if (!value?.trim()) gaps.push({ path: ask === 'narrative' || ask === 'met_name' ? ask : `answers.${ask}`, step: 'what', text: ASK_WORDS[ask] ?? '请填写这一项' })
  }
  if (draft.answers.receipt_date && draft.answers.receipt_date > today) {
    gaps.push({ path: 'answers.receipt_date', step: 'what', text: '签收日期不能晚于今天' })
  }
  const photos = draft.evidence.filter((entry) => entry.item !== 'signature').length
  if (photos > descriptor.max_photos) gaps.push({ path: 'evidence', step: 'photos', text: `最多 ${descriptor.max_photos} 张照片，请删去多余的` })
  for (const item of checklistFor(descriptor, draft.outcome, draft.path)) {
    const taken = draft.evidence.filter((entry) => entry.item === item.item).length
    const least = item.required ? Math.max(1, item.min) : item.min
    if (taken < least) gaps.push({ path: `evidence.${item.item}`, step: 'photos', text: `还缺照片：${item.label}` })
  }
  return gaps
}

const ASK_WORDS: Record<string, string> = {
  narrative: '请写明情况',
  met_name: '请填写见到了谁',
  refusal_reason: '请选择拒收理由',
  refusal_note: '请写明拒收时说了什么',
  statement_unit: '请填写出具说明的单位',
  next_visit_on: '请选择下次走访日期',
  moved_to: '请填写了解到的新去向',
  pickup_on: '请选择约定领取日期',
  receipt_date: '请填写回证上写的签收日期',
}

function handoverGaps(descriptor: DeliveryDescriptor, task: TaskCard, draft: Draft): Gap[] {
  const gaps: Gap[] = []
  if (draft.packet.checked === 'none' && !draft.packet.reason) gaps.push({ path: 'packet', step: 'packet', text: '请扫描文书袋上的二维码，或说明没有扫码的原因' })
  for (const [field, text] of Object.entries(signerProblems(descriptor, task, draft.answers))) {
    gaps.push({ path: `answers.signer.${field}`, step: field === 'relation' ? 'receiver' : 'signer', text })
  }
  const lines = new Map((draft.answers.lines ?? []).map((line) => [line.document_id, line]))
  for (const document of task.documents) {
    const line = lines.get(document.id)
    if (!line) gaps.push({ path: `answers.lines.${document.id}`, step: 'papers', text: `请核对：${document.name}` })
    else if (!line.handed && !line.reason?.trim()) gaps.push({ path: `answers.lines.${document.id}`, step: 'papers', text: `请说明没有交付的原因：${document.name}` })
  }
  if (lines.size > 0 && [...lines.values()].every((line) => !line.handed)) {
    gaps.push({ path: 'answers.lines', step: 'papers', text: '没有交付任何文书，请返回改选走访情况' })
  }
  const signs = descriptor.one_of?.handover?.flat() ?? ['signature', 'thumbprint']
  if (!draft.evidence.some((entry) => signs.includes(entry.item))) {
    gaps.push({ path: 'evidence.signature', step: 'sign', text: '请让签收人签名，或拍下捺印' })
  }
  return gaps
}

export interface VisitFact {
  /** How contact was made, when the phone knows it; a call or a message is no visit. */
  contact: string | null
  /** ms since the epoch */
  at: number
}

export interface Diligence {
  visits: number
  days: number
  off_hours: number
  satisfied: boolean
  /** What is still to do, in words. */
  text: string
}

/** Count visits at the address, days and off-hours visits as the court will (shown, never binding: the server decides). */
export function diligenceOf(descriptor: DeliveryDescriptor, all: VisitFact[]): Diligence {
  const visits = all.filter((visit) => visit.contact !== 'phone' && visit.contact !== 'wechat')
  const need = descriptor.diligence
  const evening = Number(need.evening_from.slice(0, 2)) + Number(need.evening_from.slice(3, 5)) / 60
  const days = new Set(visits.map((visit) => shanghaiDate(visit.at))).size
  const off = visits.filter((visit) => {
    const { hour, weekday } = shanghaiHour(visit.at)
    return hour >= evening || weekday === 0 || weekday === 6
  }).length
  const left: string[] = []
  if (visits.length < need.visits) left.push(`再走访 ${need.visits - visits.length} 次`)
  if (days < need.days) left.push(`至少在 ${need.days} 个不同的日子`)
  if (off < need.off_hours) left.push(`其中 ${need.off_hours - off} 次在 ${need.evening_from} 以后或周末`)
  return {
    visits: visits.length,
    days,
    off_hours: off,
    satisfied: left.length === 0,
    text: left.length === 0 ? '走访次数已够，可以报“未能送达”' : `还需：${left.join('，')}`,
  }
}
