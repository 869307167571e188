import { istTime, namingBroker, untilWords } from '../../contract/words.ts'
import { LoginError } from '../errors.ts'
import type { ScheduleEvent } from './event.ts'
import type { Notice } from '../state/notice.ts'

type EventOf<K extends ScheduleEvent['kind']> = Extract<ScheduleEvent, { kind: K }>

/** Returns the notices for a group of events: one notice per kind of event, for any number of accounts. */
export function noticesFor(events: readonly ScheduleEvent[]): Notice[] {
  return [
    failedNotice(events.filter(is('failed'))),
    needsYouNotice(events.filter(is('needs-you'))),
    expiringNotice(events.filter(is('expiring'))),
    allReadyNotice(events.filter(is('all-ready'))),
  ].filter((notice) => notice !== null)
}

const is =
  <K extends ScheduleEvent['kind']>(kind: K) =>
  (event: ScheduleEvent): event is EventOf<K> =>
    event.kind === kind

function failedNotice(events: readonly EventOf<'failed'>[]): Notice | null {
  return notice(events, {
    kind: 'failed',
    title: (who, isOne) => `${who} ${isOne ? 'is' : 'are'} not logged in`,
    // The general sentences of the kind, because those of one login may name addresses or keys.
    sentence: ({ broker, problem, retriedUntil }) => {
      const { message, next } = new LoginError(problem).naming(broker)
      return retriedUntil === null || problem === 'keychain-locked' || problem === 'keychain-missing'
        ? `${message} ${next}`
        : `${message} TokenTray keeps trying until ${istTime(retriedUntil)} IST.`
    },
    action: 'See why',
  })
}

const whyNeeded: Readonly<Record<EventOf<'needs-you'>['why'], string>> = {
  code: 'Log in and type the code from your phone.',
  'sign-in': 'Press Log in, then sign in on the page that opens.',
  ended:
    'The token ended before the market’s close. A login would end your other sessions, so TokenTray waits for you.',
  lost: 'The broker no longer accepts the token. Another login may have replaced it, so TokenTray waits for you.',
}

function needsYouNotice(events: readonly EventOf<'needs-you'>[]): Notice | null {
  return notice(events, {
    kind: 'needs-you',
    title: (who, isOne) => `${who} ${isOne ? 'needs' : 'need'} you`,
    sentence: ({ broker, why }) => namingBroker(whyNeeded[why], broker),
    action: 'Log in',
  })
}

function expiringNotice(events: readonly EventOf<'expiring'>[]): Notice | null {
  return notice(events, {
    kind: 'expiring',
    title: (who, isOne) => `${who}: ${isOne ? 'the token ends' : 'their tokens end'} soon`,
    sentence: ({ endsAt, isRenewed }) =>
      `It ends at ${istTime(endsAt)} IST. ` +
      (isRenewed
        ? 'TokenTray then logs in again. Scripts must fetch the new token.'
        : 'Log in again when you like.'),
    action: 'Open',
  })
}

function allReadyNotice(events: readonly EventOf<'all-ready'>[]): Notice | null {
  const [latest] = events.slice(-1)
  const [first = '', ...others] = latest?.accounts ?? []
  if (latest === undefined) return null
  const title = others.length === 0 ? `${first} is ready` : `All ${others.length + 1} accounts are ready`
  const { endsAt, now } = latest
  // Always with the zone, because a phone may be in another one than the computer.
  const body = endsAt === null ? 'Good until you log in elsewhere.' : `Good ${untilWords(endsAt, now, 0)}.`
  return { kind: 'all-ready', title, body, account: null, action: 'Open' }
}

interface NoticeTexts<E> {
  readonly kind: Notice['kind']
  readonly title: (who: string, isOne: boolean) => string
  readonly sentence: (event: E) => string
  readonly action: string
}

/** Builds one notice for all events of a kind; accounts with the same sentence share a line. */
function notice<E extends { readonly account: string }>(
  events: readonly E[],
  { kind, title, sentence, action }: NoticeTexts<E>,
): Notice | null {
  const [first] = events
  if (first === undefined) return null
  const names = [...new Set(events.map(({ account }) => account))]
  const bySentence = new Map<string, string[]>()
  for (const event of events) {
    const words = sentence(event)
    bySentence.set(words, [...(bySentence.get(words) ?? []), event.account])
  }
  const isOne = names.length === 1
  const lines = [...bySentence].map(([words, accounts]) => (isOne ? words : `${listed(accounts)}: ${words}`))
  const who = isOne ? first.account : `${names.length} accounts`
  return { kind, title: title(who, isOne), body: lines.join('\n'), account: first.account, action }
}

/** More names do not fit a notification. */
const MAX_NAMES = 5

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES)
  const more = names.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}
