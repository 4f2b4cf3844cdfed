interface Graph {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null
}

/** All modules an entry needs before it can start: static imports only. */
function closure(graph: Graph, entry: string): Set<string> {
  const found = new Set<string>()
  const visit = (id: string): void => {
    if (found.has(id)) return
    found.add(id)
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) visit(next)
  }
  visit(entry)
  return found
}

/**
 * Put what the phone needs at its start into two files, since a slow line pays for each request: `vue` (shared with the
 * desk) and `core` (the phone's own). What the framework-free verification page uses stays out of both.
 */
export function firstLoad(entries: { phone: string; desk: string; verify: string }) {
  let parts: Record<'phone' | 'desk' | 'verify', Set<string>> | null = null
  return (id: string, graph: Graph): string | null => {
    parts ??= { phone: closure(graph, entries.phone), desk: closure(graph, entries.desk), verify: closure(graph, entries.verify) }
    if (!parts.phone.has(id) || parts.verify.has(id) || id === entries.phone) return null
    return parts.desk.has(id) ? 'vue' : 'core'
  }
}
