/** Long work at the bottom right: jobs of the server and bulk acts of this page. */
import { computed, reactive } from 'vue'
import { myJobs, readJob } from '../api/work'
import type { Job } from '../api/types'
import { problemFrom } from './action'

export interface TrayItem {
  id: string; label: string; state: Job['state'] | 'approval'; done: number; total: number
  fileUrl: string | null; fileName: string | null; problem: string | null; local: boolean
}

const items = reactive<TrayItem[]>([])
const tray = reactive({ open: false })
const HIDDEN = 'desk.tray.hidden'
const hidden = new Set<string>(JSON.parse(sessionStorage.getItem(HIDDEN) ?? '[]') as string[])
let timer: ReturnType<typeof setTimeout> | undefined

const KINDS: Record<string, string> = { print: '打印文书包', prints: '打印文书包', export: '导出', import: '导入' }

function shape(job: Job, label?: string): TrayItem {
  const problem = typeof job.problem === 'string' ? job.problem : (job.problem?.title ?? null)
  return {
    id: job.id, label: label ?? job.label ?? KINDS[job.kind] ?? job.kind, state: job.state === 'waiting' && job.approval === 'waiting' ? 'approval' : job.state, done: job.done, total: job.total,
    fileUrl: job.file_url, fileName: job.file_name ?? null, problem, local: false,
  }
}

function put(item: TrayItem): void {
  const at = items.findIndex((known) => known.id === item.id)
  const known = items[at]
  if (!known) items.unshift(item)
  else items[at] = { ...item, label: item.label || known.label }
}

const pending = (item: TrayItem): boolean => !item.local && ['waiting', 'running', 'approval'].includes(item.state)

async function poll(): Promise<void> {
  timer = undefined
  const running = items.filter(pending)
  for (const item of running) {
    try {
      put(shape(await readJob(item.id), item.label))
    } catch (error) {
      const problem = problemFrom(error)
      if (problem.status === 404) put({ ...item, state: 'failed', problem: problem.title })
    }
  }
  schedule()
}

function schedule(): void {
  const waiting = items.filter(pending)
  if (!waiting.length || timer) return
  // A person's approval takes its time; only work that is moving is asked for every second.
  const slow = document.hidden || waiting.every((item) => item.state === 'approval')
  timer = setTimeout(() => void poll(), slow ? 15_000 : 1_000)
}

/** Watch a server job; the tray opens so that the clerk sees where the result will be. */
function watchJob(job: Job, label?: string): void {
  put(shape(job, label))
  tray.open = true
  schedule()
}

/** Run `one` over `things` one after the other, counting; problems are collected, not thrown. */
async function bulk<T>(label: string, things: T[], one: (thing: T) => Promise<unknown>): Promise<string[]> {
  const id = `local-${Date.now()}`
  const refused: string[] = []
  put({ id, label, state: 'running', done: 0, total: things.length, fileUrl: null, fileName: null, problem: null, local: true })
  tray.open = true
  for (const [index, thing] of things.entries()) {
    try {
      await one(thing)
    } catch (error) {
      refused.push(problemFrom(error).title)
    }
    const item = items.find((known) => known.id === id)
    if (item) item.done = index + 1
  }
  const item = items.find((known) => known.id === id)
  if (item) {
    item.state = refused.length ? 'failed' : 'done'
    item.problem = refused.length ? `${refused.length} 项没有办成：${[...new Set(refused)].join('；')}` : null
  }
  return refused
}

/** Pick up what was started before a reload. */
async function resume(): Promise<void> {
  try {
    const today = (job: Job): boolean => !job.created_at || Date.now() - Date.parse(job.created_at) < 12 * 3_600_000
    const recent = (await myJobs()).items.filter((job) => !hidden.has(job.id) && today(job)).slice(0, 8)
    for (const job of recent.reverse()) put(shape(job))
  } catch (error) {
    problemFrom(error) // the tray stays empty; each job still answers by its own page
  }
  schedule()
}

function dismiss(id: string): void {
  const at = items.findIndex((item) => item.id === id)
  if (at >= 0) items.splice(at, 1)
  hidden.add(id)
  sessionStorage.setItem(HIDDEN, JSON.stringify([...hidden].slice(-50)))
}

export function useTray() {
  const running = computed(() => items.filter((item) => item.state === 'running' || item.state === 'waiting').length)
  return { items, tray, running, watchJob, bulk, resume, dismiss }
}
