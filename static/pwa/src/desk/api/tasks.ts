import { http } from './http'
import type { Dossier, Page, ReviewRow, TaskDefaults, TaskIn, TaskRow } from './types'

export type ListQuery = Record<string, string | number | undefined>

export const listTasks = (query: ListQuery, signal?: AbortSignal): Promise<Page<TaskRow>> => http.get('/api/tasks', query, signal)
export const listReviews = (query: ListQuery, signal?: AbortSignal): Promise<Page<ReviewRow>> => http.get('/api/reviews', query, signal)
export const readTask = (id: string, signal?: AbortSignal): Promise<Dossier> => http.get(`/api/tasks/${id}`, undefined, signal)
export const createTask = (task: TaskIn): Promise<TaskRow> => http.post('/api/tasks', task)
export const taskDefaults = (kind: string, mode: string, urgent: boolean, documents: string[], signal?: AbortSignal): Promise<TaskDefaults> =>
  http.get('/api/tasks/defaults', { kind, mode: mode || undefined, urgent: urgent ? 'true' : 'false', documents: documents.join(',') || undefined }, signal)

/** One verb of the life cycle; `version` makes the server refuse what was decided on a stale screen. */
export const actOn = (id: string, verb: string, version: number, facts: Record<string, unknown> = {}): Promise<Dossier> =>
  http.post(`/api/tasks/${id}/${verb}`, { ...facts, version })

/** Whether material that came after recall or transfer counts. */
export const decideLate = (taskId: string, visitId: string, verdict: 'accept' | 'set_aside', version: number, reason: string): Promise<Dossier> =>
  http.post(`/api/tasks/${taskId}/visits/${visitId}/${verdict}`, { version, reason })
