/** Search over what this role may open: tasks, cases, people. */
import { listCases } from '../api/cases'
import { listPeople } from '../api/office'
import { listTasks } from '../api/tasks'
import { placesOf } from '../shell/menu'
import { useSession } from './session'
import { STATE_LABELS } from '../words'

export interface Found { kind: string; title: string; text: string; to: string }

export async function findAnything(q: string, role: string): Promise<Found[]> {
  const { may } = useSession()
  const seesTasks = placesOf(role).some((place) => place.path === '/tasks')
  const [tasks, cases, people] = await Promise.all([
    seesTasks ? listTasks({ q, size: 6 }) : null,
    may('case.read') ? listCases({ q, size: 5 }) : null,
    may('person.write') ? listPeople({ q, size: 5 }) : null,
  ])
  return [
    ...(cases?.items ?? []).map((item) => ({ kind: '案件', title: item.case_no, text: `${item.cause}　${item.parties_text ?? ''}`, to: `/cases/${item.id}` })),
    ...(tasks?.items ?? []).map((item) => ({
      kind: '任务', title: item.no, text: `${item.addressee?.name ?? ''}　${STATE_LABELS[item.state] ?? item.state}　${item.case?.case_no ?? ''}`, to: `/tasks?task=${item.id}`,
    })),
    ...(people?.items ?? []).map((item) => ({ kind: '人员', title: item.name, text: `${item.role_label}　${item.unit?.name ?? ''}`, to: `/org?q=${encodeURIComponent(item.name)}` })),
  ]
}
