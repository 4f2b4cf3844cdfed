/** Moving over rows with the keyboard: J/K, Enter, X. */
import { ref, watch, type Ref } from 'vue'
import { useShortcuts, type Shortcut } from './shortcuts'

interface Acts<T> { open?: (row: T) => void; pick?: (row: T) => void; moved?: (row: T) => void; extra?: Shortcut[] }

export function useRowKeys<T>(rows: Ref<T[]>, key: (row: T) => string, acts: Acts<T>) {
  const active = ref<string | null>(null)
  watch(rows, (now) => { if (active.value && !now.some((row) => key(row) === active.value)) active.value = null })

  function current(): T | undefined {
    return rows.value.find((row) => key(row) === active.value)
  }
  function move(step: number): void {
    if (!rows.value.length) return
    const at = rows.value.findIndex((row) => key(row) === active.value)
    const next = rows.value[Math.min(rows.value.length - 1, Math.max(0, at + step))]
    if (!next) return
    active.value = key(next)
    acts.moved?.(next)
    document.querySelector(`[data-row="${CSS.escape(active.value)}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  useShortcuts([
    { keys: ['j', 'ArrowDown'], label: '下一条', group: '清单', run: () => move(1) },
    { keys: ['k', 'ArrowUp'], label: '上一条', group: '清单', run: () => move(-1) },
    ...(acts.open ? [{ keys: ['Enter'], label: '打开', group: '清单', run: () => { const row = current(); if (row) acts.open?.(row) } }] : []),
    ...(acts.pick ? [{ keys: ['x'], label: '选中 / 取消选中', group: '清单', run: () => { const row = current(); if (row) acts.pick?.(row) } }] : []),
    ...(acts.extra ?? []),
  ])
  return { active, move }
}
