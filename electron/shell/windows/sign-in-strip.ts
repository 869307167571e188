import type { BrowserWindow } from 'electron'
import type { Handlers } from '../../contract/contract.ts'
import type { Outcome } from '../../contract/requests.ts'
import { signInContract } from '../../contract/sign-in.ts'
import type { AccountHandle } from '../../core/state/account-handle.ts'
import type { TotpCode } from '../../contract/state.ts'
import { fieldOfKind } from '../../core/brokers/find-field.ts'
import { loginIdField } from '../../core/brokers/login-id.ts'
import { LoginError } from '../../core/errors.ts'
import { send, serve, type RequestLock } from './router.ts'

/** What the strip needs of the app. */
export interface StripDeps {
  readonly lock: RequestLock
  readonly codes: { current(name: string): Promise<TotpCode> }
  /** Copies the account's code as the popover does. */
  readonly copyCode: (name: string) => Promise<Outcome>
  /** Copies text that is no secret. */
  readonly copyText: (text: string) => Promise<void>
}

export interface Strip {
  /** Tells the strip whose page is shown. */
  readonly moved: (host: string) => void
}

/**
 * Serves the strip above a broker's page: whose page it is, and what to type there. It is a page of ours in a view of
 * its own, so that the broker's page can neither draw over it nor reach it.
 * @param host the host of the first page
 * @param fit is called with the strip's height, CSS px
 */
export function serveStrip(
  window: BrowserWindow,
  { account, broker }: Pick<AccountHandle, 'account' | 'broker'>,
  { lock, codes, copyCode, copyText }: StripDeps,
  { host: first, fit }: { readonly host: string; readonly fit: (height: number) => void },
): Strip {
  let host = first
  const { name } = account
  const field = loginIdField(broker)
  const value = field && account.settings[field.name]
  const loginId = field === undefined || value === undefined ? null : { label: field.label, value }
  const handlers: Handlers<typeof signInContract> = {
    describe: async () => ({ account: name, host, loginId, code: await code() }),
    copyCode: () => copyCode(name),
    copyLoginId: async (): Promise<Outcome> => {
      if (loginId !== null) await copyText(loginId.value)
      return { ok: true }
    },
    fit: ({ height }) => {
      fit(height)
    },
  }
  serve('sign-in', () => window, signInContract, handlers, lock, window.webContents.ipc)

  async function code(): Promise<TotpCode | null> {
    const totp = fieldOfKind(broker, 'totp')
    if (totp === undefined || account.secretsSetAt[totp.name] === undefined) return null
    try {
      return await codes.current(name)
    } catch (error) {
      // A locked keychain is no reason to keep the user from signing in.
      if (error instanceof LoginError) return null
      throw error
    }
  }

  return {
    moved: (next) => {
      host = next
      if (!window.isDestroyed()) send('sign-in', window, signInContract, 'moved', { host })
    },
  }
}
