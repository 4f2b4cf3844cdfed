import { describe, expect, test } from 'vitest'
import { blankDraft } from './blank'
import { checklistFor, diligenceOf, gapsOf, outcomeForRelation, outcomesFor, relationsFor, signerProblems } from '@/engine/rules'
import { descriptor } from '../fake/descriptor'
import { card } from '../fake/people'

const TODAY = '2026-11-24'
const at = (text: string): number => Date.parse(`${text}:00+08:00`)

describe('who may sign', () => {
  const addressee = card(1).addressee

  test('a natural person: self or a cohabiting adult; a company: its own people', () => {
    expect(relationsFor(descriptor, card(1)).map((relation) => relation.code)).toEqual(['self', 'cohabiting_adult', 'guardian'])
    const company = card(1, { addressee: { ...addressee, kind: 'legal' } })
    expect(relationsFor(descriptor, company).map((relation) => relation.code)).toEqual(['legal_representative', 'mail_room'])
  })

  test('someone who cannot act alone: only the guardian', () => {
    const minor = card(1, { addressee: { ...addressee, minor: true } })
    expect(relationsFor(descriptor, minor).map((relation) => relation.code)).toEqual(['guardian'])
  })

  const signer = { name: '张小山', relation: 'cohabiting_adult', id_last4: '123X', adult: true, cohabiting: true, adverse: false, reason: 'out' }

  test('a cohabiting adult may sign', () => {
    expect(signerProblems(descriptor, card(1), { signer })).toEqual({})
  })

  test.each([
    ['under age', { adult: false }, 'adult', '未满 18'],
    ['lives upstairs', { cohabiting: false }, 'cohabiting', '同住'],
    ['says to be the other party', { adverse: true }, 'adverse', '对方当事人'],
    ['bears the other party’s name', { name: '李小河' }, 'name', '对方当事人'],
    ['bears it with a dot and a space', { name: '李·小 河' }, 'name', '对方当事人'],
    ['no name', { name: ' ' }, 'name', '姓名'],
    ['bad last four', { id_last4: '12' }, 'id_last4', '后四位'],
    ['no reason', { reason: '' }, 'reason', '代收理由'],
  ])('%s: blocked beside the field', (_name, change, field, word) => {
    expect(signerProblems(descriptor, card(1), { signer: { ...signer, ...change } })[field]).toContain(word)
  })

  test('ticks left open are asked for', () => {
    const { adult: _adult, ...open } = signer
    expect(signerProblems(descriptor, card(1), { signer: open }).adult).toContain('18')
  })
})

test('outcomes follow the mode: only verifying an address offers no signature', () => {
  const paths = outcomesFor(descriptor, card(1, { mode: 'verify_address' })).map((outcome) => outcome.path)
  expect(paths).not.toContain('handover')
  expect(paths).toContain('moved')
  expect(outcomesFor(descriptor, card(1)).map((outcome) => outcome.code).join()).not.toContain('left,')
})

test('no outcome of the phone leaves papers behind', () => {
  expect(descriptor.outcomes.some((outcome) => outcome.code === 'left')).toBe(false)
})

test('the relation decides the outcome', () => {
  expect(outcomeForRelation(descriptor, 'mail_room')?.code).toBe('signed_mail_room')
  expect(outcomeForRelation(descriptor, 'neighbour')).toBeNull()
})

test('an outcome’s own checklist wins over its path’s', () => {
  const own = { ...descriptor, checklists: { ...descriptor.checklists, wrong_address: [] } }
  expect(checklistFor(own, 'wrong_address', 'moved')).toEqual([])
  expect(checklistFor(own, 'moved', 'moved').length).toBe(2)
})

describe('what a visit still lacks', () => {
  test('nothing chosen yet', () => {
    expect(gapsOf(descriptor, card(1), blankDraft(), TODAY).map((gap) => gap.step)).toEqual(['outcome'])
  })

  test('an empty handover asks page by page', () => {
    const steps = gapsOf(descriptor, card(1), blankDraft({ path: 'handover' }), TODAY).map((gap) => gap.step)
    expect([...new Set(steps)]).toEqual(['packet', 'receiver', 'papers', 'sign', 'what', 'photos'])
  })

  const task = card(1)
  const full = () =>
    blankDraft({
      path: 'handover',
      outcome: 'signed_self',
      packet: { token_text: 'x', cti: 'y', checked: 'ok' },
      answers: { signer: { name: '张大山', relation: 'self', id_last4: '1234' }, lines: task.documents.map((line) => ({ document_id: line.id, handed: true })), receipt_date: TODAY },
      items: ['door', 'receipt_front', 'receipt_back', 'signature'],
    })

  test('a full handover lacks nothing', () => {
    expect(gapsOf(descriptor, task, full(), TODAY)).toEqual([])
  })

  test('one paper refused needs its reason; all refused is no handover', () => {
    const draft = full()
    draft.answers.lines![1] = { document_id: task.documents[1]!.id, handed: false }
    expect(gapsOf(descriptor, task, draft, TODAY)[0]?.text).toContain('报告财产令')
    draft.answers.lines = task.documents.map((line) => ({ document_id: line.id, handed: false, reason: 'refused' }))
    expect(gapsOf(descriptor, task, draft, TODAY)[0]?.text).toContain('没有交付任何文书')
  })

  test('a receipt dated tomorrow is refused, nine photos are enough', () => {
    const draft = full()
    draft.answers.receipt_date = '2026-11-25'
    draft.evidence.push(...blankDraft({ items: Array.from({ length: 7 }, () => 'door') }).evidence)
    expect(gapsOf(descriptor, task, draft, TODAY).map((gap) => gap.path)).toEqual(['answers.receipt_date', 'evidence'])
  })

  test('absent needs the next date and the locked door', () => {
    const draft = blankDraft({ path: 'absent', outcome: 'absent' })
    expect(gapsOf(descriptor, task, draft, TODAY).map((gap) => gap.path)).toEqual(['answers.next_visit_on', 'evidence.locked_door'])
  })
})

describe('diligence', () => {
  test('three visits on two days, one in the evening', () => {
    const visits = ['2026-11-23T10:00', '2026-11-23T19:30', '2026-11-24T09:00'].map((time) => ({ contact: 'door', at: at(time) }))
    expect(diligenceOf(descriptor, visits)).toMatchObject({ visits: 3, days: 2, off_hours: 1, satisfied: true })
  })

  test('three on one working day in office hours are not enough', () => {
    const visits = ['2026-11-24T09:00', '2026-11-24T11:00', '2026-11-24T17:59'].map((time) => ({ contact: 'door', at: at(time) }))
    const told = diligenceOf(descriptor, visits)
    expect(told.satisfied).toBe(false)
    expect(told.text).toContain('2 个不同的日子')
    expect(told.text).toContain('18:00')
  })

  test('a phone call is no visit', () => {
    expect(diligenceOf(descriptor, [{ contact: 'phone', at: at('2026-11-24T19:00') }])).toMatchObject({ visits: 0, off_hours: 0 })
  })

  test('a Sunday morning counts as off-hours, days are Shanghai days', () => {
    const visits = ['2026-11-22T09:00', '2026-11-22T23:59', '2026-11-23T00:01'].map((time) => ({ contact: 'door', at: at(time) }))
    expect(diligenceOf(descriptor, visits)).toMatchObject({ days: 2, off_hours: 2, satisfied: true })
  })
})
