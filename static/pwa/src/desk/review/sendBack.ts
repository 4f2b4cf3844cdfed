/** A send-back being written: one reason, and comments on single fields of the form. */
import { computed, reactive } from 'vue'

export function useSendBack() {
  const draft = reactive({ on: false, reasonCode: '', text: '', comments: {} as Record<string, string>, at: '' })

  /** Start a comment on `path`, or go to the one that is there. */
  function comment(path: string): void {
    draft.on = true
    draft.at = path
    draft.comments[path] ??= ''
  }
  function drop(path: string): void {
    delete draft.comments[path]
  }
  function clear(): void {
    Object.assign(draft, { on: false, reasonCode: '', text: '', comments: {}, at: '' })
  }
  const comments = computed(() => Object.fromEntries(Object.entries(draft.comments).map(([path, text]) => [path, text.trim()]).filter(([, text]) => text)))
  const begun = computed(() => draft.on && (draft.text !== '' || Object.keys(comments.value).length > 0))
  return { draft, comment, drop, clear, comments, begun }
}
export type SendBack = ReturnType<typeof useSendBack>
