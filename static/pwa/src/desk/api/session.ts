import { http } from './http'
import type { SessionBody, SessionRow } from './types'

export const signIn = (identifier: string, password: string): Promise<SessionBody> =>
  http.post('/api/session', { identifier, password, device_label: deviceLabel() })
export const currentSession = (): Promise<SessionBody> => http.get('/api/session')
export const signOut = (): Promise<void> => http.delete('/api/session')
export const changePassword = (oldPassword: string, newPassword: string): Promise<void> =>
  http.post('/api/password', { old_password: oldPassword, new_password: newPassword })
export const listSessions = (): Promise<{ items: SessionRow[] }> => http.get('/api/sessions')
export const revokeSession = (id: string): Promise<void> => http.delete(`/api/sessions/${id}`)

/** What the owner will recognise in the list of sign-ins: browser and system, no fingerprint. */
function deviceLabel(): string {
  const agent = navigator.userAgent
  const system = /Windows/.test(agent) ? 'Windows' : /Mac OS/.test(agent) ? 'macOS' : /Android/.test(agent) ? 'Android' : 'Linux'
  const browser = /Edg\//.test(agent) ? 'Edge' : /Firefox\//.test(agent) ? 'Firefox' : /Chrome\//.test(agent) ? 'Chrome' : '浏览器'
  return `办公桌 · ${browser} · ${system}`
}
