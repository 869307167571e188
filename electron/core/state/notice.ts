/** The kinds of notices that users can turn on and off. */
export type NoticeKind = 'failed' | 'needs-you' | 'expiring' | 'all-ready'

/** A notification. Its texts hold names of accounts and times, and never a field's value. */
export interface Notice {
  readonly kind: NoticeKind
  readonly title: string
  /** One or more plain sentences; each line stands on its own. */
  readonly body: string
  /** The account that a click opens, the first of those concerned; null for the whole popover. */
  readonly account: string | null
  /** The label of the action on click: “Log in”, “See why”, “Open”. */
  readonly action: string
}

/** A channel for notices. */
export interface Notifier {
  /** Sends a notice. Rejects when the channel could not take it; nothing else may depend on that. */
  notify(notice: Notice): Promise<void>
}
