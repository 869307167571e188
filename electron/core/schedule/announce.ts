import type { Clock } from '../ports.ts'
import type { Notifier, Notice } from '../state/notice.ts'
import type { ScheduleEvent } from './event.ts'
import { noticesFor } from './notice-texts.ts'
import type { NotificationSettings } from '../state/schedule-settings.ts'

/** Events wait at most so long for others of the same morning, ms: a little longer than logins are spread over. */
export const GROUPING_MS = 150_000

export interface AnnouncerDeps {
  readonly clock: Clock
  readonly notifiers: readonly Notifier[]
  readonly settings: () => NotificationSettings
}

/** Tells the user what has happened: each event once, and those of one morning together. */
export class Announcer {
  readonly #deps: AnnouncerDeps
  #waiting: ScheduleEvent[] = []
  #cancel: () => void = () => undefined

  constructor(deps: AnnouncerDeps) {
    this.#deps = deps
  }

  add(event: ScheduleEvent): void {
    this.#waiting.push(event)
    if (this.#waiting.length > 1) return
    this.#cancel = this.#deps.clock.after(GROUPING_MS, () => {
      this.flush()
    })
  }

  /** To be called when nothing more is to come soon. */
  flush(): void {
    this.#cancel()
    const events = this.#waiting
    this.#waiting = []
    for (const notice of noticesFor(events)) if (this.#isWanted(notice)) this.#send(notice)
  }

  #isWanted({ kind }: Notice): boolean {
    const { failed, needsYou, expiring, allReady } = this.#deps.settings()
    return { failed, 'needs-you': needsYou, expiring, 'all-ready': allReady }[kind]
  }

  /** No way out may hold up another, and none may hold up a login. */
  #send(notice: Notice): void {
    for (const notifier of this.#deps.notifiers) notifier.notify(notice).catch(() => undefined)
  }
}
