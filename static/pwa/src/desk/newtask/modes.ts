/** Which ways of help the chosen documents leave open, with the server's deadline. */
import { computed, ref, watch } from 'vue'
import { taskDefaults } from '../api/tasks'
import type { TaskDefaults } from '../api/types'
import { useReference } from '../state/reference'
import { problemFrom } from '../state/action'
import type { Draft } from './draft'

export function useModes(draft: Draft) {
  const reference = useReference()
  const defaults = ref<TaskDefaults | null>(null)
  const problem = ref('')
  const types = computed(() => [...new Set(draft.lines.map((line) => line.type).filter(Boolean))])
  /** Only what the court may send into the grid at all; the others are not offered. */
  const offered = computed(() => reference.value.documents.filter((doc) => doc.grid !== 'never'))
  const typeOf = (code: string) => reference.value.documents.find((doc) => doc.code === code)

  const allowed = computed(() => {
    const all = reference.value.modes.map((mode) => mode.code)
    const byTypes = types.value.reduce((left, code) => left.filter((mode) => typeOf(code)?.modes.includes(mode) ?? true), all)
    return defaults.value?.modes ? byTypes.filter((mode) => defaults.value!.modes!.includes(mode)) : byTypes
  })
  /** Why a way is closed: the document type that closes it. */
  function closedBy(mode: string): string {
    const names = types.value.map(typeOf).filter((doc) => doc && !doc.modes.includes(mode)).map((doc) => doc!.name)
    return names.length ? `${names.join('、')}未开通这种方式` : types.value.length ? '本院没有开通' : '先选文书'
  }
  watch(allowed, (now) => {
    if (draft.mode && !now.includes(draft.mode)) draft.mode = ''
    if (!draft.mode && types.value.length && now.length) draft.mode = now.includes('entrusted_handover') ? 'entrusted_handover' : now[0]!
  })

  let running: AbortController | null = null
  watch(() => [draft.mode, draft.urgent, types.value.join(','), draft.kind] as const, async ([mode, urgent, , kind]) => {
    running?.abort()
    if (!mode && kind === 'delivery') return
    const mine = (running = new AbortController())
    try {
      const answer = await taskDefaults(kind, kind === 'delivery' ? mode : '', urgent, kind === 'delivery' ? types.value : [], mine.signal)
      if (mine.signal.aborted) return
      defaults.value = answer
      problem.value = ''
      if (!draft.dueTouched) draft.dueOn = answer.due_on
    } catch (error) {
      if (!mine.signal.aborted) problem.value = problemFrom(error).title
    }
  })

  const missingPair = computed(() => {
    for (const code of types.value) {
      const pair = typeOf(code)?.pair_with
      if (pair && !types.value.includes(pair)) return typeOf(pair) ?? null
    }
    return null
  })
  return { offered, typeOf, allowed, closedBy, defaults, problem, missingPair, types }
}
