/** What a table can show and which of it the reader wants to see. */
import { computed, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export interface Column {
  key: string
  label: string
  sortable?: boolean
  align?: 'right'
  wrap?: boolean
  width?: string
  /** Not shown until chosen. */
  extra?: boolean
  /** Always shown. */
  fixed?: boolean
}

/** Columns chosen in the address bar (`cols=`), else as left last time on this desk, else the usual ones. */
export function useColumns(name: string, all: Ref<Column[]>) {
  const route = useRoute()
  const router = useRouter()
  const store = `desk.columns.${name}`
  const usual = computed(() => all.value.filter((column) => !column.extra).map((column) => column.key))
  const chosen = computed<string[]>(() => {
    const asked = typeof route.query.cols === 'string' ? route.query.cols : localStorage.getItem(store)
    const known = (asked ?? '').split(',').filter((key) => all.value.some((column) => column.key === key))
    return known.length ? known : usual.value
  })
  const shown = computed(() => all.value.filter((column) => column.fixed || chosen.value.includes(column.key)))
  function choose(keys: string[]): void {
    const same = keys.length === usual.value.length && keys.every((key) => usual.value.includes(key))
    if (same) localStorage.removeItem(store)
    else localStorage.setItem(store, keys.join(','))
    void router.replace({ query: { ...route.query, cols: same ? undefined : keys.join(',') } })
  }
  return { shown, chosen, choose, all }
}
