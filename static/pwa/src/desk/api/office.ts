/** Units, people, settings, devices, messages, evidence, receipts and the ledger. */
import { http } from './http'
import type { Device, LedgerFacts, LedgerProof, Message, Page, PersonRow, Receipt, Setting, Unit } from './types'
import type { ListQuery } from './tasks'

export const listUnits = (query: ListQuery = {}): Promise<{ items: Unit[] }> => http.get('/api/units', query)
export const createUnit = (unit: Record<string, unknown>): Promise<Unit> => http.post('/api/units', unit)
export const changeUnit = (id: string, change: Record<string, unknown>): Promise<Unit> => http.patch(`/api/units/${id}`, change)
export const listPeople = (query: ListQuery, signal?: AbortSignal): Promise<Page<PersonRow>> => http.get('/api/people', query, signal)
export const createPerson = (person: Record<string, unknown>): Promise<PersonRow & { initial_password?: string }> => http.post('/api/people', person)
export const changePerson = (id: string, change: Record<string, unknown>): Promise<PersonRow> => http.patch(`/api/people/${id}`, change)
export const resetPassword = (id: string): Promise<{ initial_password: string }> => http.post(`/api/people/${id}/reset_password`)
export const deactivatePerson = (id: string, reason: string): Promise<PersonRow> => http.post(`/api/people/${id}/deactivate`, { reason })

export const listSettings = (): Promise<{ items: Setting[] }> => http.get('/api/settings')
export const saveSetting = (name: string, value: unknown, reason: string, version: number): Promise<Setting> =>
  http.put(`/api/settings/${name}`, { value, reason, version })
export const listDevices = (query: ListQuery, signal?: AbortSignal): Promise<Page<Device>> => http.get('/api/devices', query, signal)
export const revokeDevice = (id: string, reason: string): Promise<void> => http.post(`/api/devices/${id}/revoke`, { reason })
export const listMessages = (query: ListQuery = {}): Promise<Page<Message>> => http.get('/api/messages', query)
export const readMessages = (ids: string[]): Promise<void> => http.post('/api/messages/read', { ids })

export const originalOf = (evidenceId: string, reason: string): Promise<{ name: string; blob: Blob }> =>
  http.postForFile(`/api/evidence/${evidenceId}/original`, { reason })
export const copyUrl = (evidenceId: string): string => `/api/evidence/${evidenceId}/copy`
export const thumbUrl = (evidenceId: string): string => `/api/evidence/${evidenceId}/thumb`

export const readReceipt = (cti: string): Promise<Receipt> => http.get(`/api/receipts/${cti}`)
export const askCorrection = (cti: string, kind: 'correct' | 'annul', reason: string): Promise<Receipt> =>
  http.post(`/api/receipts/${cti}/${kind}`, { reason })
export const approveCorrection = (cti: string, id: string): Promise<Receipt> => http.post(`/api/receipts/${cti}/corrections/${id}/approve`)
export const readLedger = (): Promise<LedgerFacts> => http.get('/api/ledger')
export const readProof = (index: number): Promise<LedgerProof> => http.get(`/api/ledger/${index}/proof`)
