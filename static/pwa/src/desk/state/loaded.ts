/** One thing read from the server; read again when `key` changes. */
import { ref, shallowRef, watch, type Ref } from 'vue'
import type { Problem } from '../api/http'
import { problemFrom } from './action'

export function useLoaded<T>(read: () => Promise<T>, key: () => unknown = () => null) {
  const value = shallowRef<T | null>(null) as Ref<T | null>
  const loading = ref(false)
  const problem = ref<Problem | null>(null)
  let turn = 0
  async function load(): Promise<void> {
    const mine = ++turn
    loading.value = true
    try {
      const answer = await read()
      if (mine !== turn) return
      value.value = answer
      problem.value = null
    } catch (error) {
      if (mine === turn) problem.value = problemFrom(error)
    } finally {
      if (mine === turn) loading.value = false
    }
  }
  watch(key, () => { value.value = null; void load() }, { immediate: true })
  return { value, loading, problem, load }
}
