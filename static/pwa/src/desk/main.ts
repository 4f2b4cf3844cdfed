import { createApp } from 'vue'
import 'element-plus/theme-chalk/base.css'
import '@/ui/tokens.css'
import '@/ui/element.css'
import './theme.css'
import DeskApp from './DeskApp.vue'
import { router } from './routes'
import { floatInside } from './shell/poppers'

const app = createApp(DeskApp).use(router)
floatInside(app)
app.mount('#app')
