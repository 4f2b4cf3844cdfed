/** Single-key shortcuts: what is on screen says which ones hold, `?` lists them. */
import { onBeforeUnmount, onMounted, reactive, ref, watch } from 'vue'

export interface Shortcut {
  keys: string[]
  label: string
  group: string
  run: (event: KeyboardEvent) => void
  /** Holds only while this is true (second key of a chord). */
  when?: () => boolean
}

const active = reactive(new Set<Shortcut>())
const STORE = 'desk.shortcuts'
/** Single keys can be switched off (WCAG 2.1.4): speech input would trigger them. */
export const shortcutsOn = ref(localStorage.getItem(STORE) !== 'off')
watch(shortcutsOn, (on) => localStorage.setItem(STORE, on ? 'on' : 'off'))

function busyTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null
  if (!target) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** Closed dialogs stay in the page without a box of their own. */
function dialogOpen(): boolean {
  return [...document.querySelectorAll('.el-overlay-dialog')].some((dialog) => dialog.getClientRects().length > 0)
}

function onKey(event: KeyboardEvent): void {
  if (!shortcutsOn.value || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || busyTyping(event)) return
  if (dialogOpen()) return
  for (const shortcut of [...active].reverse().sort((a, b) => Number(Boolean(b.when)) - Number(Boolean(a.when)))) {
    if (!shortcut.keys.includes(event.key.length === 1 ? event.key.toLowerCase() : event.key)) continue
    if (shortcut.when && !shortcut.when()) continue
    if (event.key === 'Enter' && (event.target as HTMLElement)?.closest('button, a')) return
    event.preventDefault()
    shortcut.run(event)
    return
  }
}

let mounted = 0

/** Bind shortcuts while the calling component is on screen; the latest bound wins. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  onMounted(() => {
    if (mounted++ === 0) document.addEventListener('keydown', onKey)
    shortcuts.forEach((shortcut) => active.add(shortcut))
  })
  onBeforeUnmount(() => {
    if (--mounted === 0) document.removeEventListener('keydown', onKey)
    shortcuts.forEach((shortcut) => active.delete(shortcut))
  })
}

export function activeShortcuts(): Shortcut[] {
  return [...active]
}
