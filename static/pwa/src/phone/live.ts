import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { StoreName } from '@/engine/schema'
import type { Store } from '@/engine/store'
import { seat } from './seat'

export type Live<T> = ShallowRef<T | undefined> & { reload: () => Promise<void> }

/** A value read from the store, read again whenever one of the named stores changes, in this tab or another. */
export function useLive<T>(stores: StoreName[], load: (store: Store) => Promise<T>): Live<T> {
  const value = shallowRef<T | undefined>(undefined) as Live<T>
  let running = false
  let again = false
  let stop: () => void = () => undefined

  value.reload = async () => {
    const current = seat.value
    if (!current) return
    if (running) {
      again = true
      return
    }
    running = true
    try {
      value.value = await load(current.store)
    } finally {
      running = false
    }
    if (again) {
      again = false
      await value.reload()
    }
  }

  watch(
    seat,
    (current) => {
      stop()
      if (!current) return
      stop = current.store.onChange((changed) => {
        if (changed.some((name) => stores.includes(name))) void value.reload()
      })
      void value.reload()
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())
  return value
}
