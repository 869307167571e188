import type { Clock } from '../ports.ts'
import type { Notifier, Notice } from '../state/notice.ts'
import type { ScheduleEvent } from './event.ts'
import { noticesFor } from './notice-texts.ts'
import type { NotificationSettings } from '../state/schedule-settings.ts'

/** The longest wait for further events of the same morning, ms; a little longer than `JITTER_MS`. */
export const GROUPING_MS = 150_000

export interface AnnouncerDeps {
  readonly clock: Clock
  readonly notifiers: readonly Notifier[]
  readonly settings: () => NotificationSettings
}

/** Notifies the user of each event once, and groups the events of a morning. */
export class Announcer {
  readonly #deps: AnnouncerDeps
  #pending: ScheduleEvent[] = []
  #cancel: () => void = () => undefined

  constructor(deps: AnnouncerDeps) {
    this.#deps = deps
  }

  /** Queues an event. */
  add(event: ScheduleEvent): void {
    this.#pending.push(event)
    if (this.#pending.length > 1) return
    this.#cancel = this.#deps.clock.after(GROUPING_MS, () => {
      this.flush()
    })
  }

  /** Sends the queued events now, because no further event is due soon. */
  flush(): void {
    this.#cancel()
    const events = this.#pending
    this.#pending = []
    for (const notice of noticesFor(events)) if (this.#isWanted(notice)) this.#send(notice)
  }

  #isWanted({ kind }: Notice): boolean {
    const { failed, needsYou, expiring, allReady } = this.#deps.settings()
    return { failed, 'needs-you': needsYou, expiring, 'all-ready': allReady }[kind]
  }

  /** Sends without waiting, so that no channel delays another or a login. */
  #send(notice: Notice): void {
    for (const notifier of this.#deps.notifiers) notifier.notify(notice).catch(() => undefined)
  }
}
