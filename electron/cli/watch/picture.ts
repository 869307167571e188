import { LATE_SECONDS, secondsLeft } from '../../contract/countdown.ts'
import type { AccountView, AppState, Problem } from '../../contract/state.ts'
import { hasToken, hindrance, statusOf, tokenWords } from '../../contract/status.ts'
import { summaryOf } from '../../contract/summary.ts'
import { groupedCode, houseName, istClock } from '../../contract/words.ts'
import { plain, signs, wrapped, type Paint } from '../terminal/paint.ts'
import type { Size } from './screen.ts'

/** What the terminal shows besides the state: the user's selection and input. */
export interface View {
  /** The account that keys act upon; null when there is none. */
  readonly chosen: string | null
  /** The digits typed for the chosen account's question. */
  readonly typed: string
  /** What the last key did. */
  readonly message: string | null
}

export interface Moment {
  /** Epoch ms. */
  readonly now: number
  /** The machine's `Date.getTimezoneOffset()`, minutes. */
  readonly zone: number
}

const INDENT = '    '

/** The longest line that reads well, characters. */
const WIDEST = 100

/** Renders the screen as lines that fit, always with the chosen account. */
export function picture(app: AppState, view: View, moment: Moment, size: Size, paint: Paint): string[] {
  // A terminal clears the last column of a line that fills it, so that one stays empty.
  const width = Math.max(20, Math.min(size.columns - 1, WIDEST) - INDENT.length)
  const top = head(app, moment, width, paint)
  const bottom = foot(app, view, width, paint)
  const cards = app.accounts.map((account) => ({
    isChosen: account.name === view.chosen,
    lines: [...card(account, app.hour12, view, moment, width, paint), ''],
  }))
  const body = cards.length === 0 ? firstRun : cards.flatMap(({ lines }) => lines)
  const room = Math.max(1, size.rows - top.length - bottom.length)
  const index = cards.findIndex(({ isChosen }) => isChosen)
  const start = cards.slice(0, Math.max(0, index)).reduce((sum, { lines }) => sum + lines.length, 0)
  const end = start + (cards[index]?.lines.length ?? 0)
  // Cuts the end of a card that is too long, because its first line has the account's name.
  const from = Math.max(0, Math.min(start, end - room))
  return [...top, ...body.slice(from, from + room), ...bottom].slice(0, size.rows)
}

/** Keeps a key and what it does on one line. */
const GLUE = '_'

const firstRun = [
  'No account yet.',
  '',
  `${INDENT}p    try it with a practice account: a made-up broker on this computer`,
  `${INDENT}Your own: in another terminal, tokentray account add NAME --broker ID`,
]

function head(app: AppState, { now }: Moment, width: number, paint: Paint): string[] {
  const summary = summaryOf(app)
  const words = summary === null ? '' : ` · ${paint(summary.words, summary.tone)}`
  return [
    `${paint('TokenTray', 'bold')}${words} · ${istClock(now, app.hour12)} IST`,
    ...(app.keychain === null ? [] : problemWords(app.keychain, width).map((line) => paint(line, 'bad'))),
    ...(app.clockWarning === null ? [] : wrapped(app.clockWarning, width).map((line) => paint(line, 'warn'))),
    ...app.notices.flatMap((notice) => wrapped(notice, width)),
    '',
  ]
}

function foot({ accounts }: AppState, { message, chosen }: View, width: number, paint: Paint): string[] {
  const asks = accounts.find(({ name }) => name === chosen)?.question != null
  const keys = asks
    ? 'digits and Enter send the code · Esc cancels the login · ↑ ↓ choose · q quit'
    : accounts.length === 0
      ? 'p practice account · q quit'
      : '↑ ↓ choose · l log in · a log in all · t copy token · c copy code · x cancel · r check again · q quit'
  return [
    ...(message === null ? [] : wrapped(message, width).map((line) => paint(line, 'bold'))),
    ...wrapped(keys.replaceAll(/(?<!·) (?!·)/g, GLUE), width).map((line) =>
      paint(line.replaceAll(GLUE, ' '), 'dim'),
    ),
  ]
}

function card(
  account: AccountView,
  hour12: boolean,
  view: View,
  { now, zone }: Moment,
  width: number,
  paint: Paint,
): string[] {
  const { name, brokerName, practice, login, question, totp } = account
  const isChosen = name === view.chosen
  const { shape, word, tone } = statusOf(account, now)
  const title = `${name}${practice ? ' (practice)' : ''}`
  const lines = [
    `${isChosen ? '>' : ' '} ${paint(signs[shape], tone)} ${paint(plain(title), isChosen ? 'chosen' : 'bold')}  ${paint(word, tone)}`,
  ]
  const add = (text: string): void => void lines.push(`${INDENT}${text}`)
  const problem = hindrance(account)
  if (question !== null) {
    if (question.again && problem !== null)
      for (const line of problemWords(problem, width, houseName(brokerName))) add(paint(line, 'warn'))
    for (const line of wrapped(question.help, width)) add(line)
    add(`${plain(question.label)}: ${(isChosen ? view.typed : '').padEnd(question.digits, '·')}`)
  } else if (login !== null) add(`${plain(login.label)} · step ${login.step} of ${login.total}`)
  if ((login === null || hasToken(account)) && account.canLogIn) {
    const words = tokenWords(account, now, zone, hour12)
    add(plain(words === brokerName ? words : `${words} · ${brokerName}`))
  }
  if (login === null && problem !== null)
    for (const line of problemWords(problem, width, houseName(brokerName))) add(paint(line, 'bad'))
  if (totp !== null) {
    const left = secondsLeft(totp.endsAt, now)
    const next = left <= LATE_SECONDS ? paint(`  next ${groupedCode(totp.next)}`, 'dim') : ''
    add(`${paint(groupedCode(totp.code), 'bold')}  ${String(left).padStart(2)} s${next}`)
  }
  return lines
}

const problemWords = (
  { message, brokerWords, next }: Problem,
  width: number,
  broker = 'The broker',
): string[] => [
  ...wrapped(message, width),
  ...(brokerWords === null ? [] : wrapped(`${broker} says: “${brokerWords}”`, width)),
  ...wrapped(next, width),
]
