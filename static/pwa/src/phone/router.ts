import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import TaskList from './views/TaskList.vue'
import { reload, replaced } from './offline'
import { seat } from './seat'

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'tasks', component: TaskList },
  { path: '/sign-in', name: 'sign-in', component: () => import('./views/SignIn.vue'), meta: { open: true } },
  { path: '/password', name: 'password', component: () => import('./views/PasswordChange.vue') },
  { path: '/task/:id', name: 'task', component: () => import('./views/TaskShow.vue'), props: true },
  { path: '/task/:id/take', name: 'take', component: () => import('./views/TaskTake.vue'), props: true },
  { path: '/task/:id/return', name: 'return', component: () => import('./views/TaskReturn.vue'), props: true },
  { path: '/task/:id/report', name: 'report', component: () => import('./views/TaskReport.vue'), props: true },
  { path: '/task/:id/slip', name: 'slip', component: () => import('./views/SlipShow.vue'), props: true },
  { path: '/visit/:id/:step?', name: 'visit', component: () => import('./visit/VisitWizard.vue'), props: true },
  { path: '/task/:taskId/saved', name: 'saved', component: () => import('./visit/VisitSaved.vue'), props: true },
  { path: '/scan', name: 'scan', component: () => import('./views/ScanPage.vue') },
  { path: '/messages', name: 'messages', component: () => import('./views/MessageList.vue') },
  { path: '/me', name: 'me', component: () => import('./views/MePage.vue') },
  { path: '/outbox', name: 'uploads', component: () => import('./views/UploadList.vue') },
  { path: '/me/sessions', name: 'sessions', component: () => import('./views/SessionList.vue') },
  { path: '/me/rescue', name: 'rescue', component: () => import('./views/RescueExport.vue') },
  { path: '/me/sign-out', name: 'sign-out', component: () => import('./views/SignOut.vue') },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./views/NotFound.vue'), meta: { open: true } },
]

export const router = createRouter({
  history: createWebHistory('/'),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

// A page of the version before cannot load its other pages any more: its next step opens as the new version. This
// navigation is left pending, since the page ends with it.
router.beforeEach((to) => (replaced.value ? reload(to.fullPath).then(() => new Promise<boolean>(() => undefined)) : true))

// Without a seat only the sign-in page opens; with an initial password only the change of it.
router.beforeEach((to) => {
  if (!seat.value) return to.meta.open ? true : { name: 'sign-in' }
  if (seat.value.session.must_change_password) return to.name === 'password' ? true : { name: 'password' }
  return true
})

// A part of an older version may be gone from the server: load the page anew, once, at the place that was asked for.
const RETRIED = 'grid.retried'
router.onError((error: unknown, to) => {
  const missing = error instanceof TypeError || /import|module|preload/i.test(String(error))
  if (!missing || sessionStorage.getItem(RETRIED) === to.fullPath) throw error
  sessionStorage.setItem(RETRIED, to.fullPath)
  void reload(to.fullPath)
})
router.afterEach((to, _from, failure) => {
  if (!failure && sessionStorage.getItem(RETRIED) === to.fullPath) sessionStorage.removeItem(RETRIED)
})

// The same for a part inside a page, such as the camera: the page comes back where it stood.
window.addEventListener('vite:preloadError', (event) => {
  if (!replaced.value) return
  event.preventDefault()
  void reload()
})
