/** A write: one at a time, its problem kept beside the form. */
import { ref, type Ref } from 'vue'
import { ProblemError, type Problem } from '../api/http'

export interface Action<A extends unknown[], R> {
  busy: Ref<boolean>
  problem: Ref<Problem | null>
  run: (...args: A) => Promise<R | undefined>
  clear: () => void
  errors: (field: string) => string[]
}

/** Wrap `work`; a second click while it runs does nothing, a refusal lands in `problem`. */
export function useAction<A extends unknown[], R>(work: (...args: A) => Promise<R>): Action<A, R> {
  const busy = ref(false)
  const problem = ref<Problem | null>(null)
  async function run(...args: A): Promise<R | undefined> {
    if (busy.value) return undefined
    busy.value = true
    problem.value = null
    try {
      return await work(...args)
    } catch (error) {
      problem.value = problemFrom(error)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, run, clear: () => { problem.value = null }, errors: (field) => problem.value?.fields?.[field] ?? [] }
}

/** What the server said, or an honest sentence when our own code failed. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  console.error(error)
  return { status: 0, code: 'page_error', title: '页面出了问题，操作没有完成；请刷新页面后再试' }
}
