import { Notification } from 'electron'
import type { Notifier, Notice } from '../core/state/notice.ts'

/** The desktop's own notifications. A click on one leads to the account that it is about. */
export class DesktopNotifier implements Notifier {
  readonly #open: (account: string | null) => void
  /** One that nobody holds is collected as garbage, and a click on it goes nowhere. */
  readonly #shown = new Set<Notification>()

  /** @param open is called at a click; with null for a notice that is not about one account */
  constructor(open: (account: string | null) => void) {
    this.#open = open
  }

  /** @throws Error on a desktop without notifications: there the tray icon and the popover tell what has happened */
  notify({ title, body, account, action }: Notice): Promise<void> {
    if (!Notification.isSupported()) return Promise.reject(new Error('This desktop shows no notifications.'))
    const notification = new Notification({ title, body, actions: [{ type: 'button', text: action }] })
    const gone = (): void => {
      this.#shown.delete(notification)
    }
    const open = (): void => {
      gone()
      this.#open(account)
    }
    notification.on('click', open)
    notification.on('action', open)
    notification.on('close', gone)
    this.#shown.add(notification)
    notification.show()
    return Promise.resolve()
  }
}
