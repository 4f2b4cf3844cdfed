/** How many messages wait; asked once a minute, and after reading some. */
import { ref } from 'vue'
import { listMessages } from '../api/office'

export const unreadCount = ref(0)

export async function refreshUnread(): Promise<void> {
  try {
    unreadCount.value = (await listMessages({ unread: 'true', size: 1 })).total
  } catch {
    unreadCount.value = 0 // the list itself says what is wrong; the number only invites to look
  }
}
