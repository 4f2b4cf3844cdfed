/** The court's reference, loaded once after sign-in. */
import { readonly, ref } from 'vue'
import { readReference, shapeReference } from '../api/reference'
import type { KindLine } from '@/engine/form'
import type { Reference } from '../api/types'

const reference = ref<Reference>(shapeReference({}))
let loading: Promise<void> | null = null

export const kindOf = (words: Reference, code: string): KindLine | undefined => words.kinds.find((kind) => kind.code === code)

export function useReference() {
  loading ??= readReference().then(
    (loaded) => { reference.value = loaded },
    () => { loading = null }, // the built-in words stand in until the next screen asks again
  )
  return readonly(reference) as typeof reference
}

/** Read it again, after a setting changed it. */
export function forgetReference(): void {
  loading = null
}
