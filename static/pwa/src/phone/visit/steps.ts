import type { VisitPath } from '@/engine/descriptor'
import { pagesOf, type KindForm } from '@/engine/form'
import type { Draft } from '@/engine/schema'

/** Pages of the wizard, in order. One decision each. */
export type Step = 'outcome' | 'packet' | 'receiver' | 'signer' | 'papers' | 'photos' | 'sign' | 'call' | 'unsafe' | 'what' | 'summary' | `page-${number}`

const STEPS: Record<VisitPath, Step[]> = {
  handover: ['outcome', 'packet', 'receiver', 'signer', 'papers', 'photos', 'sign', 'what', 'summary'],
  refused: ['outcome', 'call', 'what', 'photos', 'summary'],
  absent: ['outcome', 'photos', 'what', 'summary'],
  moved: ['outcome', 'what', 'photos', 'summary'],
  pickup: ['outcome', 'what', 'photos', 'summary'],
  handback: ['outcome', 'what', 'photos', 'summary'],
  unsafe: ['outcome', 'unsafe', 'what', 'summary'],
}

/** The way through the wizard; a path without photos to take skips that page. */
export function stepsFor(path: VisitPath | null, hasPhotos: boolean): Step[] {
  if (!path) return ['outcome']
  return STEPS[path].filter((step) => step !== 'photos' || hasPhotos)
}

/** The same for a kind that is drawn from its questions: a page a decision, photos, a signature where one is due. */
export function formSteps(form: KindForm, draft: Draft, hasPhotos: boolean): Step[] {
  const way = draft.path ? form.ways[draft.path] : undefined
  if (!way) return ['outcome']
  const pages = pagesOf(form, draft).map((_, n): Step => `page-${n}`)
  return ['outcome', ...pages, ...(hasPhotos ? (['photos'] as const) : []), ...(way.signed ? (['sign'] as const) : []), 'summary']
}
