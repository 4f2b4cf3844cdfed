/** The tree of units, read once and kept while the desk is open. */
import { computed, ref } from 'vue'
import { listUnits } from '../api/office'
import type { Unit } from '../api/types'
import type { Problem } from '../api/http'
import { problemFrom } from './action'

export interface UnitNode extends Unit { children: UnitNode[]; depth: number }

const units = ref<Unit[]>([])
const problem = ref<Problem | null>(null)
let loading: Promise<void> | null = null

function load(): Promise<void> {
  loading ??= listUnits().then(
    (answer) => { units.value = answer.items; problem.value = null },
    (error: unknown) => { problem.value = problemFrom(error); loading = null },
  )
  return loading
}

/** Units as a tree; a unit whose parent is not ours to see stands at the top. */
export function treeOf(list: Unit[]): UnitNode[] {
  const nodes = new Map(list.map((unit) => [unit.id, { ...unit, children: [] as UnitNode[], depth: 0 }]))
  const tops: UnitNode[] = []
  for (const node of nodes.values()) {
    const parent = node.parent_id ? nodes.get(node.parent_id) : undefined
    if (parent) parent.children.push(node)
    else tops.push(node)
  }
  const settle = (node: UnitNode, depth: number): void => { node.depth = depth; node.children.forEach((child) => settle(child, depth + 1)) }
  tops.forEach((node) => settle(node, 0))
  return tops
}

const STREETS = new Set(['street', 'town'])

export function useUnits() {
  void load()
  const byId = computed(() => new Map(units.value.map((unit) => [unit.id, unit])))
  const pathNames = (id: string): string[] => {
    const names: string[] = []
    for (let unit = byId.value.get(id); unit; unit = unit.parent_id ? byId.value.get(unit.parent_id) : undefined) names.unshift(unit.name)
    return names
  }
  /** Cells under the name of their street, for pickers. */
  const cellGroups = computed(() => {
    const groups = new Map<string, { id: string; name: string; path: string }[]>()
    for (const unit of units.value.filter((one) => one.kind === 'cell')) {
      const names = pathNames(unit.id)
      const chain: Unit[] = []
      for (let up: Unit | undefined = unit; up; up = up.parent_id ? byId.value.get(up.parent_id) : undefined) chain.push(up)
      const street = chain.find((one) => STREETS.has(one.kind))?.name ?? names[0] ?? '其他'
      const community = chain.find((one) => one.kind === 'community')?.name
      groups.set(street, [...(groups.get(street) ?? []), { id: unit.id, name: unit.name, path: community ? `${community} · ${unit.name}` : unit.name }])
    }
    return [...groups].map(([street, cells]) => ({ street, cells }))
  })
  return {
    units, problem, byId, pathNames, cellGroups,
    streets: computed(() => units.value.filter((unit) => STREETS.has(unit.kind))),
    tree: computed(() => treeOf(units.value)),
    reload: (): Promise<void> => { loading = null; return load() },
  }
}
