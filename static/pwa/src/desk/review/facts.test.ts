import { expect, it } from 'vitest'
import { shapeReference } from '../api/reference'
import type { Dossier, Visit } from '../api/types'
import { factsOf, pathLabel } from './facts'

const words = shapeReference({ delivery: { outcomes: [{ code: 'signed_self', label: '本人签收' }], checklists: { handover: [{ item: 'door', label: '门牌号' }] } } })
const task = { documents: [{ id: 'd1', type: 'summons', name: '传票', no: null, copies: 1 }] } as unknown as Dossier
const visit = {
  id: 'v', ordinal: 1, outcome: 'signed_self', contact: 'door', met_name: '', narrative: '', evidence: [{ id: 'e1', item: 'door' }], flags: [], clock: { skew_ms: 86_400_000 }, packet: { checked: 'manual', reason: '码被撕坏' },
  answers: { signer: { name: '王某', relation: 'cohabiting_adult', adult: false, cohabiting: false, adverse: true }, lines: [{ document_id: 'd1', handed: false, reason: '拒收' }] },
} as unknown as Visit
const lines = factsOf(visit, task, words).flatMap((group) => group.lines)
const at = (path: string) => lines.find((line) => line.path === path)

it('shows what the law asks about the signer as bad when it is not met', () => {
  expect(at('answers.signer.adult')).toMatchObject({ value: '否', tone: 'bad' })
  expect(at('answers.signer.cohabiting')?.tone).toBe('bad')
  expect(at('answers.signer.adverse')?.tone).toBe('bad')
})

it('names each paper and says what was not handed over', () => {
  expect(at('answers.lines.d1')).toMatchObject({ label: '传票', value: '未交：拒收', tone: 'warn' })
})

it('warns about a missing receipt date, a wrong clock and an unscanned packet', () => {
  expect(at('answers.receipt_date')).toMatchObject({ value: '未填', tone: 'warn' })
  expect(at('clock')).toMatchObject({ tone: 'warn', fixed: true })
  expect(at('packet')?.value).toContain('码被撕坏')
})

it('puts a field path into words', () => {
  const groups = factsOf(visit, task, words)
  expect(pathLabel('answers.signer.name', groups, visit, words)).toBe('签收人')
  expect(pathLabel('evidence.door', groups, visit, words)).toBe('照片「门牌号」')
  expect(pathLabel('unknown.path', groups, visit, words)).toBe('unknown.path')
})
