import { shallowRef } from 'vue'
import type { Progress } from '@/engine/context'

/** What the running pump is at; null between runs. */
export const progress = shallowRef<Progress | null>(null)

export function onProgress(next: Progress): void {
  progress.value = next
}
