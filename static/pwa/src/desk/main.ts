import { createApp } from 'vue'
import 'element-plus/theme-chalk/base.css'
import '@/ui/tokens.css'
import '@/ui/element.css'
import './theme.css'
import DeskApp from './DeskApp.vue'
import { router } from './routes'

createApp(DeskApp).use(router).mount('#app')
