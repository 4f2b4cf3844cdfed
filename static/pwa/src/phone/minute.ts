import { onScopeDispose, ref, type Ref } from 'vue'

/** Ticks every minute while the page is shown, for words that depend on the clock. */
export function useMinute(): Ref<number> {
  const minute = ref(0)
  const timer = setInterval(() => (minute.value += 1), 60_000)
  onScopeDispose(() => clearInterval(timer))
  return minute
}
