import { http } from './http'
import type { AddressIn, Case, CaseIn, CaseRow, Page, Party, PartyIn } from './types'
import type { ListQuery } from './tasks'

export const listCases = (query: ListQuery, signal?: AbortSignal): Promise<Page<CaseRow>> => http.get('/api/cases', query, signal)
export const readCase = (id: string): Promise<Case> => http.get(`/api/cases/${id}`)
export const createCase = (body: CaseIn): Promise<Case> => http.post('/api/cases', body)
export const changeCase = (id: string, body: Record<string, unknown>): Promise<Case> => http.patch(`/api/cases/${id}`, body)
export const addParty = (caseId: string, party: PartyIn): Promise<Party> => http.post(`/api/cases/${caseId}/parties`, party)
export const addAddress = (partyId: string, address: AddressIn): Promise<Party> => http.post(`/api/parties/${partyId}/addresses`, address)
export const reveal = (partyId: string, field: string, reason: string): Promise<{ value: string }> =>
  http.post(`/api/parties/${partyId}/reveal`, { field, reason })

/** The case with exactly this number, or null. */
export async function findCase(caseNo: string): Promise<Case | null> {
  const page = await listCases({ case_no: caseNo, size: 1 })
  const first = page.items[0]
  return first ? readCase(first.id) : null
}
