import type { DeliveryDescriptor, Outcome, Reference, VisitPath } from './descriptor'
import type { Coded } from './protocol'
import type { Gap } from './rules'
import type { Draft } from './schema'

/** What `GET /api/reference` says about a kind that is drawn from its questions; the phone holds no rule of its own. */
export type Widget = 'text' | 'paragraph' | 'choice' | 'many' | 'yes_no' | 'date' | 'instant' | 'money' | 'count'

export interface Question {
  label: string
  widget: Widget
  most: number
  hint?: string
  options?: Coded[]
  /** A date may only lie ahead (true) or only behind (false). */
  future?: boolean
}

export interface FormPage {
  title: string
  asks: string[]
  required: string[]
  when?: { ask: string; codes: string[] }
}

export interface Way {
  label: string
  hint: string
  icon: string
  signed: boolean
  must_not: string[]
  pages: FormPage[]
  photos: DeliveryDescriptor['checklists'][string]
}

export interface KindForm {
  outcomes: { code: string; label: string; hint: string; path: string; next: string; closes: boolean }[]
  ways: Record<string, Way>
  questions: Record<string, Question>
  say: string[]
  forbidden: string[]
  max_photos: number
}

/** What the court may find a report to be; only the desk asks for it. */
export interface CourtResult extends Coded {
  hint: string
  outcomes: string[]
  asks: string[]
  required: string[]
}

export interface KindLine extends Coded {
  papers: boolean
  form?: KindForm
  brief?: Record<string, Question>
  brief_required?: string[]
  court?: { results: CourtResult[]; questions: Record<string, Question> }
}

export type Answer = string | string[] | boolean | number | null | undefined

const OWN = ['narrative', 'met_name'] as const
const isOwn = (ask: string): ask is (typeof OWN)[number] => (OWN as readonly string[]).includes(ask)

/** Where the answer to a question stands on the wire. */
export const pathOf = (ask: string): string => (isOwn(ask) ? ask : `answers.${ask}`)

export const kindOf = (reference: Reference, kind: string): KindLine | undefined => reference.kinds?.find((line) => line.code === kind)

/** The rules of a task's kind in the one shape the wizard works with; null for a kind this phone does not know yet. */
export function descriptorOf(reference: Reference, kind: string): DeliveryDescriptor | null {
  if (kind === 'delivery') return reference.delivery
  const form = kindOf(reference, kind)?.form
  if (!form) return null
  const each = <T>(pick: (way: Way) => T): Record<string, T> => Object.fromEntries(Object.entries(form.ways).map(([code, way]) => [code, pick(way)]))
  return {
    ...reference.delivery,
    documents: [],
    outcomes: form.outcomes.map((outcome): Outcome => ({ ...outcome, path: outcome.path as VisitPath, relation: null, modes: [] })),
    checklists: each((way) => way.photos),
    must_not: each((way) => way.must_not),
    asks: {},
    required: {},
    one_of: {},
    max_photos: form.max_photos,
    form,
  }
}

export function answerOf(draft: Draft, ask: string): Answer {
  return isOwn(ask) ? draft[ask] : (draft.answers as Record<string, Answer>)[ask]
}

export const isBlank = (value: Answer): boolean => value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)

/** The change that writes an answer; a blank one is taken out. */
export function answering(draft: Draft, ask: string, value: Answer): Partial<Draft> {
  if (isOwn(ask)) return { [ask]: value ?? '' }
  const answers = { ...draft.answers } as Record<string, Answer>
  if (isBlank(value)) delete answers[ask]
  else answers[ask] = value
  return { answers: answers as Draft['answers'] }
}

/** The pages of a way that earlier answers do not leave out, in order. */
export function pagesOf(form: KindForm, draft: Pick<Draft, 'path' | 'answers' | 'narrative' | 'met_name'>): FormPage[] {
  const way = draft.path ? form.ways[draft.path] : undefined
  return (way?.pages ?? []).filter((page) => {
    if (!page.when) return true
    const value = answerOf(draft as Draft, page.when.ask)
    return Array.isArray(value) ? value.some((code) => page.when!.codes.includes(code)) : page.when.codes.includes(String(value))
  })
}

/** Answers to pages that a changed answer left out are taken along no further: the court would wonder at them. */
export function withoutStale(form: KindForm, draft: Draft): Draft {
  const asked = new Set(pagesOf(form, draft).flatMap((page) => page.asks))
  const answers = Object.fromEntries(Object.entries(draft.answers).filter(([ask]) => asked.has(ask) || !(ask in form.questions)))
  return { ...draft, answers: answers as Draft['answers'] }
}

/** What a form still lacks before it can be saved; photos are counted by the wizard's own rules. */
export function formGaps(form: KindForm, draft: Draft, today: string): Gap[] {
  const gaps: Gap[] = []
  pagesOf(form, draft).forEach((page, n) => {
    for (const ask of page.asks) {
      const question = form.questions[ask]
      const value = answerOf(draft, ask)
      if (!question) continue
      if (page.required.includes(ask) && isBlank(value)) gaps.push({ path: pathOf(ask), step: `page-${n}`, text: `请填写：${question.label}` })
      if (question.widget !== 'date' || typeof value !== 'string' || !value) continue
      if (question.future === true && value < today) gaps.push({ path: pathOf(ask), step: `page-${n}`, text: `“${question.label}”应在今天或以后` })
      if (question.future === false && value > today) gaps.push({ path: pathOf(ask), step: `page-${n}`, text: `“${question.label}”不能晚于今天` })
    }
  })
  const way = draft.path ? form.ways[draft.path] : undefined
  if (way?.signed && !draft.evidence.some((entry) => entry.item === 'signature' || entry.item === 'thumbprint')) {
    gaps.push({ path: 'evidence.signature', step: 'sign', text: '请签名，或拍下捺印' })
  }
  return gaps
}
