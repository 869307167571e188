import type { Account } from '../state/account.ts'
import type { Broker, LoginContext, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { HttpReply } from '../ports.ts'

/** Describes the broker's own page on which the user signs in. */
export interface SignInPage {
  /** The address to open. */
  readonly address: URL
  /** Tells whether the sign-in ends at `address`. That address is parsed and never opened. */
  readonly isEnd: (address: URL) => boolean
  /** Rejects with the error for a JSON reply in place of a page. Such a reply ends the sign-in. */
  readonly refuse: (reply: HttpReply) => Promise<never>
}

/** Lets the user sign in. Resolves with the address at which it ended; rejects with the signal's reason on abort. */
export type SignIn = (page: SignInPage, signal: AbortSignal) => Promise<URL>

/**
 * Lets the user sign in on the broker's own page and exchanges the result for a token. Sends no stored password and no
 * code.
 * @param signIn null in an unattended run
 * @throws LoginError `second-factor-needed` when `signIn` is null, others when the user cancels or the broker refuses
 */
export async function assistedLogin(
  { assisted, name }: Pick<Broker, 'assisted' | 'name'>,
  context: LoginContext,
  signIn: SignIn | null,
  signal: AbortSignal,
): Promise<TokenBundle> {
  if (assisted === undefined) throw new LoginError('app-config', { message: `${name} has no sign-in page.` })
  if (signIn === null) throw nobodyToSignIn()
  const state = crypto.randomUUID()
  const page: SignInPage = {
    address: assisted.page(context, state),
    isEnd: (url) => assisted.isEnd(context, url, state),
    refuse: (reply) => assisted.refuse(context, reply),
  }
  return assisted.finish(context, await signIn(page, signal))
}

/**
 * Adds the assisted sign-in to an error's advice, where the broker has one. A bot wall or a changed login page stops a
 * program, and may let a person through.
 */
export function offeringAssisted(
  error: LoginError,
  { mode }: Pick<Account, 'mode'>,
  { assisted }: Pick<Broker, 'assisted'>,
): LoginError {
  const { kind } = error
  const mayHelp = kind === 'bot-wall' || kind === 'protocol-changed'
  if (!mayHelp || assisted === undefined || mode === 'assisted') return error
  return error.adding('Or sign in yourself.')
}

const nobodyToSignIn = (): LoginError =>
  new LoginError('second-factor-needed', {
    message: 'You sign in to this account yourself, on the broker’s page.',
    next: 'Log in from the tray, or with “tokentray login” on a terminal.',
  })
