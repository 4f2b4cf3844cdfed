import { computed, shallowRef, watch } from 'vue'
import { pump, type Pumped, type Wake } from '@/engine/pump'
import { append } from '@/engine/outbox'
import type { MutationArgs, MutationName } from '@/engine/protocol'
import { countUnsent, unsent, type Unsent } from '@/engine/unsent'
import { zh } from '@/words/zh'
import type { IconName } from '@/ui/icons'
import { drawn } from './drawn'
import { progress } from './progress'
import { clock, seat } from './seat'
import { warmScanner } from './offline'

const TICK_MS = 30_000
const NONE: Unsent = { drafts: [], waiting: [], aside: [], refused: [], files: [], filesAside: [] }

export const running = shallowRef(false)
export const lastRun = shallowRef<Pumped | null>(null)
export const pending = shallowRef<Unsent>(NONE)

let atWork: Promise<Pumped | null> | null = null

/**
 * Run the pump and remember how it went. While one run is on, a tap or a save waits for it and runs once more; the
 * other wakes are content with it. Never throws for the network; a broken database is shown by the views.
 */
export async function syncNow(wake: Wake): Promise<Pumped | null> {
  if (atWork) {
    const out = await atWork
    if (wake === 'tap' || wake === 'save') return atWork ?? syncNow(wake)
    return out
  }
  atWork = runOnce(wake)
  try {
    return await atWork
  } finally {
    atWork = null
  }
}

async function runOnce(wake: Wake): Promise<Pumped | null> {
  const current = seat.value
  if (!current || current.session.must_change_password) return null
  running.value = true
  try {
    const out = await pump(current.engine, wake)
    if (out.ran) lastRun.value = out
    if (out.ran && out.stopped === null) void warmScanner()
    return out
  } finally {
    running.value = false
    progress.value = null
  }
}

/** Put a mutation in the outbox and start sending; resolves when it is on this phone's disk. */
export async function say<N extends MutationName>(name: N, args: MutationArgs[N], label: string, taskId: string | null): Promise<void> {
  const current = seat.value
  if (!current) return
  await append(current.store, { name, args, made_at: current.engine.clock.nowIso(), label, task_id: taskId })
  void syncNow('save')
}

/** Wake the pump on open, on a line coming back, on the page coming forward and by timer. Call once. */
export function startWaking(): void {
  window.addEventListener('online', () => void syncNow('online'))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void syncNow('open')
  })
  setInterval(() => {
    if (document.visibilityState === 'visible') void syncNow('timer')
  }, TICK_MS)
  let stop: () => void = () => undefined
  watch(
    seat,
    (current, before) => {
      if (current?.store === before?.store) return
      stop()
      lastRun.value = null
      pending.value = NONE
      if (!current) return
      const look = async (): Promise<void> => {
        pending.value = await unsent(current.store)
      }
      stop = current.store.onChange((stores) => {
        if (stores.some((name) => name === 'outbox' || name === 'sent' || name === 'uploads' || name === 'drafts')) void look()
      })
      void look()
      void drawn.then(() => syncNow('open'))
    },
    { immediate: true },
  )
}

/** Things a worker counts: a report with its photos is one; read marks are none. */
export function itemsWaiting(all: Unsent): number {
  const reports = [...all.waiting, ...all.aside].filter((row) => row.name !== 'message.read')
  const told = new Set(reports.map((row) => row.id))
  const refused = new Set(all.refused.map((row) => row.id))
  const photoOnly = new Set([...all.files, ...all.filesAside].map((file) => file.mutation_id).filter((id) => !told.has(id) && !refused.has(id)))
  return reports.length + photoOnly.size
}

export const unsentCount = computed(() => countUnsent(pending.value))

/** From this age on unsent work is named on the first page: a phone is a lossy place. */
const OLD_MS = 4 * 3_600_000

export const oldUnsent = computed(() => {
  void lastRun.value // looked at again after each run
  const now = clock.source.wall()
  const old = [...pending.value.waiting, ...pending.value.aside].filter((row) => now - Date.parse(row.made_at) > OLD_MS)
  if (old.length === 0) return null
  const hours = Math.floor((now - Math.min(...old.map((row) => Date.parse(row.made_at)))) / 3_600_000)
  return { count: old.length, text: hours >= 48 ? zh.tasks.days(Math.floor(hours / 24)) : zh.tasks.hours(hours) }
})

export interface Strip {
  tone: 'ok' | 'wait' | 'run' | 'bad'
  icon: IconName
  text: string
}

/** The one line under every title. It follows what is in the store and what the server said, never the online flag. */
export const strip = computed<Strip>(() => {
  const all = pending.value
  const stopped = lastRun.value?.stopped ?? null
  const n = itemsWaiting(all)
  if (stopped === 'unauthenticated') return { tone: 'bad', icon: 'key', text: zh.sync.signInAgain }
  if (stopped === 'outdated') return { tone: 'bad', icon: 'alert', text: zh.sync.outdated }
  const back = all.refused.length + all.aside.length + new Set(all.filesAside.filter((file) => !all.refused.some((row) => row.id === file.mutation_id)).map((file) => file.visit_id)).size
  if (back > 0) return { tone: 'bad', icon: 'alert', text: zh.sync.refused(back) }
  const now = progress.value
  if (running.value && now && now.phase !== 'pull' && now.total > 0) {
    return { tone: 'run', icon: 'cloud', text: zh.sync.sending(Math.min(now.done + 1, now.total), now.total) }
  }
  if (n > 0) return { tone: 'wait', icon: 'cloudOff', text: waitingText(n, stopped) }
  if (stopped === 'offline' || stopped === 'captive') return { tone: 'wait', icon: 'cloudOff', text: zh.sync.offline }
  if (all.drafts.length > 0) return { tone: 'wait', icon: 'pen', text: zh.sync.draftOnly(all.drafts.length) }
  return { tone: 'ok', icon: 'cloudOk', text: zh.sync.allSent }
})

function waitingText(n: number, stopped: string | null): string {
  if (stopped === 'offline') return zh.sync.waitingNet(n)
  if (stopped === 'captive') return zh.sync.waitingPortal(n)
  if (stopped === 'later' || stopped === 'error') return zh.sync.waitingServer(n)
  return zh.sync.waiting(n)
}
