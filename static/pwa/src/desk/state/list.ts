/** A list whose whole state (filters, sort, page) lives in the address bar. */
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import type { Problem } from '../api/http'
import type { Page } from '../api/types'
import type { ListQuery } from '../api/tasks'
import { problemFrom } from './action'

export interface ListOptions<P> {
  fetch: (query: ListQuery, signal: AbortSignal) => Promise<P>
  filters: string[]
  /** Filters that hold unless the reader chose otherwise. */
  defaults?: Record<string, string>
  sort?: string
  size?: number
  /** Where the list stands, when its address has more than one path. */
  home?: string
}

export function useList<T, P extends Page<T> = Page<T>>(options: ListOptions<P>) {
  const route = useRoute()
  const router = useRouter()
  const page = shallowRef<P | null>(null) as Ref<P | null>
  const loading = ref(false)
  const problem = ref<Problem | null>(null)
  const home = options.home ?? route.path
  let running: AbortController | null = null

  const text = (key: string): string => {
    const value = route.query[key]
    if (value === undefined) return options.defaults?.[key] ?? ''
    return (Array.isArray(value) ? value[0] : value) ?? ''
  }
  const filters = computed(() => Object.fromEntries(options.filters.map((key) => [key, text(key)])))
  const sort = computed(() => text('sort') || options.sort || '')
  const number = computed(() => Math.max(1, Number(text('page')) || 1))
  const size = computed(() => Number(text('size')) || options.size || 50)
  const query = computed<ListQuery>(() => ({
    ...Object.fromEntries(Object.entries(filters.value).filter(([, value]) => value !== '' && value !== 'all')),
    sort: sort.value || undefined, page: number.value, size: size.value,
  }))

  async function load(): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const answer = await options.fetch(query.value, mine.signal)
      if (mine.signal.aborted) return
      page.value = answer
      problem.value = null
    } catch (error) {
      if (mine.signal.aborted) return
      problem.value = problemFrom(error)
    } finally {
      if (running === mine) loading.value = false
    }
  }

  /** Change the address; any change but paging goes back to the first page. */
  function set(change: Record<string, string | number | undefined>): void {
    const next: LocationQueryRaw = { ...route.query, page: undefined }
    for (const [key, value] of Object.entries(change)) {
      const isDefault = value === (options.defaults?.[key] ?? '')
      next[key] = value === undefined || isDefault ? undefined : String(value) || 'all'
    }
    void router.replace({ query: next })
  }

  watch(() => JSON.stringify(query.value), () => { if (route.path === home || route.path.startsWith(`${home}/`)) void load() }, { immediate: true })

  return {
    page, loading, problem, filters, sort, number, size, query, load, set,
    items: computed<T[]>(() => page.value?.items ?? []),
    total: computed(() => page.value?.total ?? 0),
    filtered: computed(() => options.filters.some((key) => text(key) !== (options.defaults?.[key] ?? ''))),
    reset: () => void router.replace({ query: {} }),
  }
}
