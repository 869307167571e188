import { Notification } from 'electron'
import type { Notifier, Notice } from '../core/state/notice.ts'

/** Shows notices as desktop notifications. A click on one opens the account that it is about. */
export class DesktopNotifier implements Notifier {
  readonly #open: (account: string | null) => void
  /** Holds the open notifications, because a click on a garbage-collected one does nothing. */
  readonly #shown = new Set<Notification>()

  /** @param open is called at a click, with null for a notice that is not about one account */
  constructor(open: (account: string | null) => void) {
    this.#open = open
  }

  /** @throws Error on a desktop without notifications, where only the tray icon and the popover show the notice */
  notify({ title, body, account, action }: Notice): Promise<void> {
    if (!Notification.isSupported()) return Promise.reject(new Error('This desktop shows no notifications.'))
    const notification = new Notification({ title, body, actions: [{ type: 'button', text: action }] })
    const release = (): void => {
      this.#shown.delete(notification)
    }
    const open = (): void => {
      release()
      this.#open(account)
    }
    notification.on('click', open)
    notification.on('action', open)
    notification.on('close', release)
    this.#shown.add(notification)
    notification.show()
    return Promise.resolve()
  }
}
