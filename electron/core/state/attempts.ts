import { Account } from './account.ts'
import { accountNamed, type State } from './state.ts'
import type { Broker, EntryKind, Field } from '../brokers/broker.ts'
import { fieldOfKind } from '../brokers/find-field.ts'
import { LoginError } from '../errors.ts'
import type { ProblemKind } from '../../contract/state.ts'
import { houseName, inSentence, istShortDay, istTime } from '../../contract/words.ts'

/**
 * How many attempts of a login may be pending or refused until the user changes something. Most brokers lock an account
 * after five wrong entries; these limits leave the user more than half of them.
 */
export const attemptLimits = { password: 1, code: 2 } as const satisfies Record<EntryKind, number>
/**
 * The limit for a password that the broker has accepted since it was entered, because one lost reply says nothing
 * against it. At worst it was changed at the broker on the same morning, and the broker counts two.
 */
export const PROVEN_PASSWORD_LIMIT = 2

/** How many of the wrong entries that a broker says it still allows are left to the user. */
export const LEFT_TO_THE_USER = 2

/** The part of an account that decides whether another attempt may be sent. */
export type Spendable = Attempts & Pick<Account, 'passwordProven'>

/** Tells whether our own limits allow one more attempt of a kind. */
export function mayTry({ spent, passwordRefused, passwordProven }: Spendable, kind: EntryKind): boolean {
  const isProven = kind === 'password' && passwordProven && !passwordRefused
  return spent[kind] < (isProven ? PROVEN_PASSWORD_LIMIT : attemptLimits[kind])
}

/**
 * Counts one more attempt. The caller saves the result before it sends the attempt, so that no crash can lose it.
 * @param names for the message of a refusal
 * @throws LoginError `budget-spent` when no more attempts of this kind may be sent
 */
export function spend<T extends Spendable>(attempts: T, kind: EntryKind, names: EntryNames): T {
  const { spent, attemptsLeft } = attempts
  if (!mayTry(attempts, kind)) throw new LoginError('budget-spent', words[kind](names, attempts))
  if (attemptsLeft !== null && attemptsLeft <= LEFT_TO_THE_USER) throw nearlyLocked(attemptsLeft)
  return withSpent(attempts, kind, spent[kind] + 1)
}

/** Resets the attempts of a kind, after the broker accepted one or the user entered the secret again. */
export function settle<T extends Attempts>(attempts: T, kind: EntryKind): T {
  const settled = { ...withSpent(attempts, kind, 0), attemptsLeft: null }
  return kind === 'password' ? { ...settled, passwordRefused: false } : settled
}

/** Gives back one attempt that the broker certainly has not judged. */
export function takeBack<T extends Attempts>(attempts: T, kind: EntryKind): T {
  return withSpent(attempts, kind, Math.max(0, attempts.spent[kind] - 1))
}

function withSpent<T extends Attempts>(attempts: T, kind: EntryKind, count: number): T {
  return { ...attempts, spent: { ...attempts.spent, [kind]: count } }
}

function nearlyLocked(left: number): LoginError {
  if (left === 0) {
    return new LoginError('budget-spent', {
      message: 'One more wrong entry, and the broker locks this account.',
    })
  }
  const entries = left === 1 ? 'one more wrong entry' : `${left} more wrong entries`
  return new LoginError('budget-spent', {
    message: `The broker locks this account after ${entries}. TokenTray stops here and leaves ${left === 1 ? 'it' : 'them'} to you.`,
  })
}

const words: Record<
  EntryKind,
  (names: EntryNames, attempts: Spendable) => { message: string; next: string }
> = {
  password: ({ broker, password, refusedOn }, { passwordRefused, spent }) => ({
    message:
      (passwordRefused
        ? `${broker} refused this ${password}${refusedOn}. `
        : `${broker} got this ${password} ${spent.password > 1 ? 'twice' : 'once'} and didn’t say whether it is right. `) +
      'TokenTray won’t send it again, so that your account isn’t locked.',
    next: `Try it on ${broker}’s page or in its app. If it works there, enter it here again.`,
  }),
  code: ({ broker, password, totpSecret, refusedOn }) => ({
    message:
      `${broker} ${refusedOn === '' ? 'got two codes and accepted neither' : `refused two codes${refusedOn}`}. ` +
      'TokenTray stops here, so that your account isn’t locked.',
    next:
      totpSecret === null
        ? `Enter your ${password} here again. Then TokenTray asks you for a code again.`
        : `Compare the code here with your authenticator app, then enter the ${totpSecret} here again.`,
  }),
}

/** The attempts of one login, which is one person at a broker. */
export type Attempts = Pick<
  Account,
  'spent' | 'passwordRefused' | 'codesSent' | 'attemptsLeft' | 'coolDownUntil' | 'loginsAt'
>

export const noAttempts: Attempts = {
  spent: { password: 0, code: 0 },
  passwordRefused: false,
  codesSent: [],
  attemptsLeft: null,
  coolDownUntil: null,
}

/** Returns the attempts of an account. They are equal in all accounts of its login. */
export const attemptsOf = ({
  spent,
  passwordRefused,
  codesSent,
  attemptsLeft,
  coolDownUntil,
  loginsAt,
}: Attempts): Attempts => ({ spent, passwordRefused, codesSent, attemptsLeft, coolDownUntil, loginsAt })

/** The part of a broker that decides whose login an account is. */
export type LoginOwner = Pick<Broker, 'identity' | 'sharesLoginWith'>

/**
 * Returns `state` with changed attempts in all accounts of a login. A trader with two apps has two accounts of one
 * login. The broker counts wrong entries and used codes per person, so both accounts count them.
 * @param owner of the account's broker
 */
export function withAttempts(
  state: State,
  name: string,
  owner: LoginOwner,
  change: (account: Account) => Attempts,
): State {
  const account = accountNamed(state, name)
  if (account === undefined) return state
  const attempts = attemptsOf(change(account))
  return {
    ...state,
    accounts: state.accounts.map((other) =>
      isSameLogin(account, other, owner) ? { ...other, ...attempts } : other,
    ),
  }
}

/**
 * Tells whether two accounts belong to the same person at the same broker, or at brokers that share their logins. An
 * account that names no person, such as a TOTP secret alone, shares its login with no other.
 * @param owner of the broker of `a`
 */
export function isSameLogin(
  a: Pick<Account, 'name' | 'brokerId' | 'settings'>,
  b: Pick<Account, 'name' | 'brokerId' | 'settings'>,
  { identity, sharesLoginWith = [] }: LoginOwner,
): boolean {
  const person = a.settings[identity]
  if (person === undefined) return a.name === b.name
  return [a.brokerId, ...sharesLoginWith].includes(b.brokerId) && person === b.settings[identity]
}

/** Returns the name of the lock that is held while a login runs or one of its accounts changes. */
export function loginLock(
  { name, brokerId, settings }: Pick<Account, 'name' | 'brokerId' | 'settings'>,
  { identity, sharesLoginWith = [] }: LoginOwner,
): string {
  const person = settings[identity]
  if (person === undefined) return `account-${name}`
  const brokers = [brokerId, ...sharesLoginWith].sort().join('+')
  return `login-${brokers}-${encodeURIComponent(person)}`
}

/** Problems in which the broker has judged an entry. */
const entryRefusals: ReadonlySet<ProblemKind> = new Set(['bad-credentials', 'bad-totp', 'account-locked'])

/** The names of an account's counted entries, as they stand in a sentence. */
export interface EntryNames {
  /** Such as "password" or "MPIN". */
  readonly password: string

  /** Such as "TOTP setup key"; null where none is stored and the user types the codes. */
  readonly totpSecret: string | null

  /** The broker's house, such as "Zerodha". */
  readonly broker: string

  /** When the broker last refused an entry, such as " on 29 Nov at 08:15 IST"; empty when it is not known. */
  readonly refusedOn: string
}

/** Returns the names of an account's counted entries. */
export function entryNames(
  account: Pick<Account, 'secretsSetAt'> & Partial<Pick<Account, 'problem'>>,
  broker: Pick<Broker, 'fields' | 'name'>,
): EntryNames {
  const totp = storedTotpField(account, broker)
  const { problem = null } = account
  return {
    broker: houseName(broker.name),
    // With its day, because the sentence is still read on later days.
    refusedOn:
      problem !== null && entryRefusals.has(problem.kind)
        ? ` on ${istShortDay(problem.at)} at ${istTime(problem.at)} IST`
        : '',
    password: inSentence(fieldOfKind(broker, 'guarded')?.label ?? 'password'),
    totpSecret: totp === undefined ? null : inSentence(totp.label),
  }
}

/** Returns the field of the TOTP secret that an account has stored; undefined when it has none. */
export function storedTotpField(
  { secretsSetAt }: Pick<Account, 'secretsSetAt'>,
  broker: Pick<Broker, 'fields'>,
): Field | undefined {
  const totp = fieldOfKind(broker, 'totp')
  return totp !== undefined && totp.name in secretsSetAt ? totp : undefined
}
