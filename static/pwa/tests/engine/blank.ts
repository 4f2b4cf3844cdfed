import type { Draft } from '@/engine/schema'

/** A draft with nothing in it; `items` stands for photos taken. */
export function blankDraft({ items = [], ...change }: Partial<Draft> & { items?: string[] } = {}): Draft {
  return {
    id: 'd',
    task_id: 't',
    kind: 'record',
    label: '',
    base_revision: null,
    round: null,
    step: 'outcome',
    path: null,
    outcome: null,
    contact: 'door',
    met_name: '',
    narrative: '',
    answers: {},
    packet: { token_text: null, cti: null, checked: 'none' },
    place: null,
    evidence: items.map((item, n) => ({ id: `e${n}`, item, name: item, sha256: '', size: 1, mime: 'image/jpeg', display: null, grade: 'A', made_at: '' })),
    companions: '',
    safety: '',
    started_at: '2026-11-24T00:00:00.000Z',
    updated_at: '2026-11-24T00:00:00.000Z',
    ...change,
  }
}
