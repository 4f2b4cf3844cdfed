import { computed, type ComputedRef, type ShallowRef } from 'vue'
import type { DeliveryDescriptor, Reference } from '@/engine/descriptor'
import type { TaskView } from '@/engine/overlay'
import { useLive, type Live } from './live'
import { loadView, TASK_STORES } from './tasks'

/** The cached words, rules and keys; undefined while reading, null before the first sync. */
export function useReference(): ShallowRef<Reference | null | undefined> {
  return useLive(['reference'], async (store) => (await store.read(['reference'], (tx) => tx.objectStore('reference').get('current')))?.body ?? null)
}

/** One task with the phone's own work laid over it; null when it is not on this phone. */
export function useTask(id: () => string): Live<TaskView | null> {
  return useLive(TASK_STORES, (store) => loadView(store, id()))
}

/** What to do in one sentence, from the task's mode. */
export function useMode(view: ShallowRef<TaskView | null | undefined>, reference: ShallowRef<Reference | null | undefined>): ComputedRef<DeliveryDescriptor['modes'][number] | null> {
  return computed(() => reference.value?.delivery.modes.find((mode) => mode.code === view.value?.task.mode) ?? null)
}

/** The label of a code in one of the reference's lists; the code itself when the list does not know it. */
export function labelOf(list: { code: string; label: string }[] | undefined, code: string | null | undefined): string {
  return list?.find((entry) => entry.code === code)?.label ?? code ?? ''
}

/** A link that opens the phone's own map. */
export function geoLink(address: { text: string; lng: number | null; lat: number | null }): string {
  const at = address.lng !== null && address.lat !== null ? `${address.lat},${address.lng}` : '0,0'
  return `geo:${at}?q=${encodeURIComponent(address.text)}`
}

export const telLink = (number: string): string => `tel:${number.replace(/[^\d+]/g, '')}`
