import { createApp } from 'vue'
import '@/ui/tokens.css'
import '@/ui/vant.css'
import './phone.css'
import App from './App.vue'
import { drawn, isDrawn } from './drawn'
import { startOffline } from './offline'
import { router } from './router'
import { resumeSeat } from './seat'
import { startWaking } from './sync'
import { report } from './trouble'
import './settings'

const app = createApp(App)
app.config.errorHandler = report
window.addEventListener('unhandledrejection', (event) => report(event.reason))

async function start(): Promise<void> {
  try {
    await resumeSeat()
  } catch (error) {
    report(error)
  }
  startWaking()
  app.use(router).mount('#app')
  await router.isReady().catch(report)
  if (router.currentRoute.value.name !== 'tasks') isDrawn()
  await drawn
  await startOffline().catch((error: unknown) => console.warn('no service worker', error))
}

void start()
