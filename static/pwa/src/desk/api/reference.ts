/** The court's reference, turned into the one shape the desk draws from. */
import type { KindLine } from '@/engine/form'
import { http } from './http'
import * as words from '../words'
import type { Choice, DocumentType, Reference } from './types'

type Raw = Record<string, unknown>

function choices(value: unknown, fallback: Record<string, string> = {}): Choice[] {
  if (Array.isArray(value)) {
    return value.map((item) =>
      typeof item === 'string' ? { code: item, label: item } : { code: String((item as Raw).code), label: String((item as Raw).label ?? (item as Raw).name) },
    )
  }
  const map = value && typeof value === 'object' ? (value as Record<string, unknown>) : fallback
  return Object.entries(map).map(([code, item]) => ({ code, label: typeof item === 'string' ? item : String((item as Raw)?.label ?? code) }))
}

function labels(value: unknown, fallback: Record<string, string> = {}): Record<string, string> {
  return { ...fallback, ...Object.fromEntries(choices(value, {}).map((choice) => [choice.code, choice.label])) }
}

export function shapeReference(raw: Raw): Reference {
  const delivery = (raw.delivery ?? {}) as Raw
  const court = (raw.court ?? {}) as Raw
  return {
    version: String(raw.version ?? ''),
    court: {
      name: String(court.name ?? ''), short_code: String(court.short_code ?? ''),
      duty_phone: String(court.duty_phone ?? ''), hotline: String(court.hotline ?? ''),
    },
    kinds: (raw.kinds ?? []) as KindLine[],
    documents: ((delivery.documents ?? []) as Raw[]).map((doc): DocumentType => ({
      code: String(doc.code), name: String(doc.name ?? doc.label), grid: (doc.grid ?? doc.dispatch ?? 'yes') as DocumentType['grid'],
      modes: (doc.modes ?? []) as string[], note: String(doc.note ?? ''), pair_with: (doc.pair_with as string) || null,
    })),
    modes: choices(raw.modes ?? delivery.modes, words.MODE_LABELS),
    phrases: (delivery.phrases ?? []) as string[],
    addressSources: choices(raw.address_sources ?? delivery.address_sources, DEFAULT_SOURCES),
    sendBackReasons: choices(raw.send_back_reasons ?? delivery.send_back_reasons),
    recallReasons: choices(raw.recall_reasons ?? delivery.recall_reasons, DEFAULT_RECALL),
    transferReasons: choices(raw.transfer_reasons ?? delivery.transfer_reasons, DEFAULT_TRANSFER),
    outcomes: labels(delivery.outcomes),
    relations: labels(delivery.relations, words.RELATIONS),
    refusalReasons: labels(delivery.refusal_reasons),
    answerReasons: { ...labels(delivery.substitute_reasons), ...labels(delivery.line_reasons) },
    checklist: { ...words.CHECKLIST, ...checklistNames(delivery.checklists) },
    states: labels(raw.states, words.STATE_LABELS),
    roles: labels(raw.roles, words.ROLE_LABELS),
  }
}

/** Names of the evidence items, gathered from the lists of every outcome. */
function checklistNames(lists: unknown): Record<string, string> {
  const items = Object.values((lists ?? {}) as Record<string, { item: string; label: string }[]>).flat()
  return Object.fromEntries(items.map((one) => [one.item, one.label]))
}

const DEFAULT_SOURCES: Record<string, string> = {
  confirmation: '送达地址确认书', instrument: '执行依据载明', id_card: '身份证住址', registered: '工商登记住所', creditor: '申请执行人提供', grid: '网格走访确认', other: '其他',
}
const DEFAULT_RECALL: Record<string, string> = { settled: '当事人已履行或和解', stayed: '案件中止或终结', wrong_address: '地址有误', wrong_document: '文书有误', other: '其他' }
const DEFAULT_TRANSFER: Record<string, string> = { not_my_cell: '不在该网格辖区', recusal: '网格员需要回避', absent: '网格员外出或离岗', workload: '任务过多', other: '其他' }

export const readReference = async (): Promise<Reference> => shapeReference(await http.get<Raw>('/api/reference'))
