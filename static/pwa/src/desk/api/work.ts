/** Long work: imports, prints, exports and the jobs behind them. */
import { http } from './http'
import type { Behind, ExportAsk, ImportRun, Job, Page, Register } from './types'
import type { ListQuery } from './tasks'

export const templateUrl = (kind: string): string => `/api/imports/${kind}/template.xlsx`
export const checkImport = (kind: string, file: File): Promise<ImportRun> => http.upload(`/api/imports/${kind}`, file)
export const readImport = (id: string): Promise<ImportRun> => http.get(`/api/imports/${id}`)
export const commitImport = (id: string): Promise<ImportRun> => http.post(`/api/imports/${id}/commit`, { rows: 'good' })

export const printTasks = (taskIds: string[]): Promise<Job> => http.post('/api/prints', { task_ids: taskIds })
export const readJob = (id: string): Promise<Job> => http.get(`/api/jobs/${id}`)
export const myJobs = (): Promise<{ items: Job[] }> => http.get('/api/jobs', { mine: 1 })

export const readRegister = (name: string, query: ListQuery, signal?: AbortSignal): Promise<Register> =>
  http.get(`/api/registers/${name}`, query, signal)
export const readBehind = (query: ListQuery, signal?: AbortSignal): Promise<Behind> => http.get('/api/registers/monthly/behind', query, signal)
export interface ExportIn { register: string; format: string; filters: Record<string, unknown>; full: boolean; reason: string }
export const askExport = (ask: ExportIn): Promise<Job> => http.post('/api/exports', ask)
export const listExports = (state: string): Promise<Page<ExportAsk>> => http.get('/api/exports', { state })
export const approveExport = (id: string): Promise<Job> => http.post(`/api/exports/${id}/approve`)
export const refuseExport = (id: string, reason: string): Promise<ExportAsk> => http.post(`/api/exports/${id}/refuse`, { reason })
