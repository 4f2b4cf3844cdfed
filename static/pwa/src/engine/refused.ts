import type { Clock } from './clock'
import type { MutationArgs } from './protocol'
import type { Draft } from './schema'
import type { Store } from './store'

/** The worker has read a refusal or a conflict: it leaves the list of troubles, its data stays a month. */
export async function settle(store: Store, id: string): Promise<void> {
  await store.write(['sent', 'uploads'], async (tx) => {
    const row = await tx.objectStore('sent').get(id)
    if (row) await tx.objectStore('sent').put({ ...row, settled: true })
    for (const file of await tx.objectStore('uploads').getAll()) {
      // Photos of a report the court did not take: kept with it, no longer counted as waiting.
      if (file.mutation_id === id && file.state === 'aside') await tx.objectStore('uploads').put({ ...file, state: 'done', done_at: null })
    }
  })
}

/** Turn a refused visit into a draft again, photos and all, and settle the refusal; null when it is no visit. */
export async function reopenRefused(store: Store, clock: Clock, id: string): Promise<Draft | null> {
  return store.write(['sent', 'uploads', 'drafts'], async (tx) => {
    const row = await tx.objectStore('sent').get(id)
    if (!row || row.status !== 'refused' || (row.name !== 'visit.record' && row.name !== 'visit.mend')) return null
    const { visit, kind: taskKind = 'delivery' } = row.args as MutationArgs['visit.record']
    const mend = row.name === 'visit.mend' ? (row.args as MutationArgs['visit.mend']) : null
    const here = new Set((await tx.objectStore('uploads').getAll()).filter((file) => file.mutation_id === id).map((file) => file.evidence_id))
    const draft: Draft = {
      id: visit.id,
      task_id: visit.task_id,
      kind: mend ? 'mend' : 'record',
      task_kind: taskKind,
      label: row.label,
      base_revision: mend?.base_revision ?? null,
      round: null,
      step: 'summary',
      path: null,
      outcome: visit.outcome,
      contact: visit.contact,
      met_name: visit.met_name,
      narrative: visit.narrative,
      answers: visit.answers,
      packet: visit.packet ?? { token_text: null, cti: null, checked: 'none' },
      place: visit.place,
      // A mended visit's older photos are at the server; only those with upload rows have their bytes here.
      evidence: visit.evidence.map((entry) => ({ ...entry, held: mend !== null && !here.has(entry.id) })),
      companions: visit.companions ?? '',
      safety: visit.safety ?? '',
      started_at: visit.started_at,
      updated_at: clock.nowIso(),
    }
    await tx.objectStore('drafts').put(draft)
    await tx.objectStore('sent').put({ ...row, settled: true })
    return draft
  })
}
