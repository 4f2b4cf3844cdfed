import { createApp, h } from 'vue'
import { createRouter, createWebHistory, RouterView } from 'vue-router'
import '@/ui/tokens.css'
import '@/ui/element.css'
import DeskHome from './DeskHome.vue'

const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [{ path: '/:rest(.*)*', component: DeskHome }],
})

createApp({ render: () => h(RouterView) }).use(router).mount('#app')
