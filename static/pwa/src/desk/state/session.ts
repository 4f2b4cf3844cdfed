/** Who is at the desk; one for the whole page. */
import { computed, reactive } from 'vue'
import { onProblem, ProblemError, setCsrf } from '../api/http'
import * as api from '../api/session'
import type { Person, SessionBody } from '../api/types'

const state = reactive({
  person: null as Person | null,
  may: [] as string[],
  appoints: [] as string[],
  known: false,
  expired: false,
  mustChangePassword: false,
  clockOffsetMs: 0,
})

function take(body: SessionBody): void {
  setCsrf(body.csrf)
  state.person = body.person
  state.may = body.may
  state.appoints = body.appoints
  state.mustChangePassword = body.must_change_password
  state.clockOffsetMs = Date.parse(body.server_time) - Date.now()
  state.known = true
  state.expired = false
}

onProblem((problem) => {
  // A page with half-filled forms is not thrown away: the sign-in comes over it.
  if (problem.status === 401 && problem.code !== 'sign_in_failed' && state.person) state.expired = true
  if (problem.code === 'password_change_required') state.mustChangePassword = true
})

/** Whether the server lets this person do this to anything at all, by the name in its permission table. */
function may(action: string): boolean {
  return state.may.includes(action)
}

/** Ask the server once who we are; true when signed in. */
async function load(): Promise<boolean> {
  if (state.known) return state.person !== null
  try {
    take(await api.currentSession())
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status !== 401) throw error
    state.known = true
  }
  return state.person !== null
}

async function signIn(identifier: string, password: string): Promise<void> {
  take(await api.signIn(identifier, password))
}

async function signOut(): Promise<void> {
  await api.signOut()
  state.person = null
  state.may = []
  setCsrf('')
}

async function changePassword(oldPassword: string, newPassword: string): Promise<void> {
  await api.changePassword(oldPassword, newPassword)
  state.mustChangePassword = false
  take(await api.currentSession())
}

export function useSession() {
  return {
    state,
    role: computed(() => state.person?.role ?? ''),
    may, load, signIn, signOut, changePassword,
    /** The server's "now"; the desk's own clock decides nothing. */
    now: (): Date => new Date(Date.now() + state.clockOffsetMs),
  }
}

/** Today in Beijing by the server's clock, `YYYY-MM-DD`. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date(Date.now() + state.clockOffsetMs))
}
