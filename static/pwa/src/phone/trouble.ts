import { shallowRef } from 'vue'
import { DraftGone } from '@/engine/drafts'
import { NoAnswer, Refusal } from '@/engine/http'
import { StorageFull } from '@/engine/store'
import { zh } from '@/words/zh'

export interface Trouble {
  title: string
  next: string
}

/** What went wrong and stands on the page until the worker has read it. */
export const trouble = shallowRef<Trouble | null>(null)

/** Turn any error into words with a next step. */
export function wordsFor(error: unknown): Trouble {
  if (error instanceof StorageFull) return { title: zh.common.full, next: zh.common.fullNext }
  if (error instanceof DraftGone) return { title: zh.visit.gone, next: zh.visit.goneNext }
  if (error instanceof Refusal) return { title: error.problem.title, next: error.problem.detail ?? '' }
  if (error instanceof NoAnswer) return { title: error.why === 'captive' ? zh.signin.captive : zh.signin.offline, next: '' }
  return { title: zh.common.broken, next: zh.common.brokenNext }
}

export function report(error: unknown): void {
  console.error(error)
  trouble.value = wordsFor(error)
}
