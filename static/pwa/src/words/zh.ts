import { signin, me, messages } from './zh/account'
import { common, sync, uploads } from './zh/sync'
import { take, task, tasks } from './zh/task'
import { camera, packet, place } from './zh/capture'
import { visit } from './zh/visit'

/** Every word the phone shows, by key. Short, plain, and each says the next step. */
export const zh = { common, signin, tasks, task, take, visit, camera, packet, place, sync, uploads, messages, me }
