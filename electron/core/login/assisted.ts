import type { Account } from '../state/account.ts'
import type { Broker, LoginContext, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { HttpReply } from '../ports.ts'

/** The broker's own page, for somebody who is going to sign in there. */
export interface SignInPage {
  /** Where it begins. */
  readonly address: URL
  /** Whether a page wants to go to where the sign-in ends. That address is parsed and never opened. */
  readonly isEnd: (address: URL) => boolean
  /** Rejects with what it means that the broker answers with JSON in place of a page: that is where the sign-in ends. */
  readonly refuse: (reply: HttpReply) => Promise<never>
}

/** Has the user sign in, and gives the address that it ended at; rejects with the signal's reason when it aborts. */
export type SignIn = (page: SignInPage, signal: AbortSignal) => Promise<URL>

/**
 * Has the user sign in at the broker's own page, and gets the token for it. No password and no code of ours is sent.
 * @param signIn null when nobody is there to do it
 * @throws LoginError `second-factor-needed` when it is null, and what the broker or the user ends it with
 */
export async function assistedLogin(
  { assisted, name }: Pick<Broker, 'assisted' | 'name'>,
  context: LoginContext,
  signIn: SignIn | null,
  signal: AbortSignal,
): Promise<TokenBundle> {
  if (assisted === undefined) throw new LoginError('app-config', { message: `${name} has no sign-in page.` })
  if (signIn === null) throw nobodyToSignIn()
  const page: SignInPage = {
    address: assisted.page(context),
    isEnd: (url) => assisted.isEnd(context, url),
    refuse: (reply) => assisted.refuse(context, reply),
  }
  return assisted.finish(context, await signIn(page, signal))
}

/** What stands in a program's way may let a person through: the same error, which then says so. */
export function offeringAssisted(
  error: LoginError,
  { mode }: Pick<Account, 'mode'>,
  { assisted }: Pick<Broker, 'assisted'>,
): LoginError {
  const { kind, next } = error
  const mayHelp = kind === 'bot-wall' || kind === 'protocol-changed'
  if (!mayHelp || assisted === undefined || mode === 'assisted') return error
  return error.with({ next: `${next} Or sign in yourself: choose that in the account’s details.` })
}

const nobodyToSignIn = (): LoginError =>
  new LoginError('second-factor-needed', {
    message: 'You sign in to this account yourself, on the broker’s page.',
    next: 'Log in from the tray, or with “tokentray login” on a terminal.',
  })
