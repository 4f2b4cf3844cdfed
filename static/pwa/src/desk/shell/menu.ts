/** Who sees which place of the rail. The server decides what is allowed; this only keeps dead ends off the screen. */

export interface Place { path: string; label: string; icon: string; roles: string[]; key: string }

const COURT = ['case_officer', 'command_centre', 'court_admin']
const CENTRES = ['district_centre', 'street_centre']
const READERS = [...COURT, ...CENTRES, 'grid_leader', 'auditor']

export const PLACES: Place[] = [
  { path: '/tasks', label: '派发', icon: 'send', key: 'p', roles: READERS },
  { path: '/reviews', label: '审核', icon: 'check', key: 's', roles: ['case_officer', 'command_centre'] },
  { path: '/cases', label: '案件', icon: 'case', key: 'a', roles: COURT },
  { path: '/registers/delivery', label: '台账', icon: 'register', key: 't', roles: [...READERS, 'assessor'] },
  { path: '/registers/monthly', label: '考核', icon: 'score', key: 'k', roles: [...READERS, 'assessor'] },
  { path: '/org', label: '网格与人员', icon: 'people', key: 'w', roles: [...CENTRES, 'grid_leader', 'court_admin', 'sysadmin'] },
  { path: '/settings', label: '设置', icon: 'settings', key: 'e', roles: ['court_admin', 'command_centre', 'auditor', 'sysadmin'] },
  { path: '/devices', label: '设备', icon: 'phone', key: 'd', roles: [...CENTRES, 'grid_leader', 'command_centre', 'auditor', 'sysadmin'] },
  { path: '/messages', label: '消息', icon: 'message', key: 'm', roles: [] },
  { path: '/ledger', label: '账本', icon: 'ledger', key: 'z', roles: ['command_centre', 'court_admin', 'auditor'] },
]

export function placesOf(role: string): Place[] {
  return PLACES.filter((place) => place.roles.length === 0 || place.roles.includes(role))
}

/** 派发 is the court's word; a centre divides what came. */
export function placeLabel(place: Place, role: string): string {
  if (place.path !== '/tasks') return place.label
  return COURT.includes(role) ? '派发' : role === 'auditor' ? '任务' : '分派'
}
