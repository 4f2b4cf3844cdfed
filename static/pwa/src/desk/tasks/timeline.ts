/** Entries of the same kind in a row are one line: ten photos that arrived are not ten events to a reader. */
import type { TimelineEntry } from '../api/types'

export interface TimelineLine { first: TimelineEntry; count: number; lastIndex: number | null }

export function linesOf(entries: readonly TimelineEntry[]): TimelineLine[] {
  const lines: TimelineLine[] = []
  for (const entry of entries) {
    const last = lines[lines.length - 1]
    const plain = !entry.reason && !entry.to
    if (last && plain && !last.first.reason && !last.first.to && last.first.action === entry.action && last.first.actor === entry.actor) {
      last.count += 1
      last.lastIndex = entry.ledger_index
    } else lines.push({ first: entry, count: 1, lastIndex: entry.ledger_index })
  }
  return lines
}
