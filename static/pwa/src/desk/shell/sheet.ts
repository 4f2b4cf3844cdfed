import { ref } from 'vue'

/** Whether the shortcut sheet is open. */
export const sheetOpen = ref(false)
