import '@/ui/tokens.css'

if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/verify-sw.js', { scope: '/V' })
