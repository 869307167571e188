/** What users can be told of, as the settings have it. */
export type NoticeKind = 'failed' | 'needs-you' | 'expiring' | 'all-ready'

/** One thing the user is told. Its texts hold names of accounts and brokers' hours, and never a value of theirs. */
export interface Notice {
  readonly kind: NoticeKind
  readonly title: string
  /** One or more plain sentences; each line of it stands for itself. */
  readonly body: string
  /** The account that a click should lead to: the first of those it is about. Null for the popover as a whole. */
  readonly account: string | null
  /** What a click leads to, as the words of a button: "Log in", "See why", "Open". */
  readonly action: string
}

/** One way in which the user is told of something. */
export interface Notifier {
  /** Rejects when the notice could not be handed on; nothing else may depend on that. */
  notify(notice: Notice): Promise<void>
}
