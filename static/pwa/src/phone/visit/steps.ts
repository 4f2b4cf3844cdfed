import type { VisitPath } from '@/engine/descriptor'

/** Pages of the wizard, in order. One decision each. */
export type Step = 'outcome' | 'packet' | 'receiver' | 'signer' | 'papers' | 'photos' | 'sign' | 'call' | 'unsafe' | 'what' | 'summary'

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
