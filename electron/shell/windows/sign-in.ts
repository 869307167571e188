import { devDependencies } from '../../../package.json'
import { oldElectron } from '../../contract/electron-age.ts'
import { isLoopback } from '../../core/address.ts'
import { LoginError } from '../../core/errors.ts'
import type { SignIn } from '../../core/login/assisted.ts'
import type { AccountHandle } from '../../core/state/account-handle.ts'
import type { SignInDeps } from './sign-in-window.ts'

/**
 * Returns what shows a broker's own page in a window. An Electron past its support shows none but those of practice
 * brokers, which are on this computer.
 * @param account is looked up anew for each window
 * @param electron the version that runs
 */
export const signInByWindow =
  (
    account: () => Pick<AccountHandle, 'account' | 'broker'>,
    deps: SignInDeps,
    electron: string = process.versions.electron,
  ): SignIn =>
  async (page, signal) => {
    if (!isLoopback(page.address) && oldElectron(electron, devDependencies.electron) !== null)
      throw refusal(electron, account().account.name)
    // Loaded when first used, because few logins need it.
    const { signInWindow } = await import('./sign-in-window.ts')
    return signInWindow(account, deps)(page, signal)
  }

function refusal(electron: string, name: string): LoginError {
  return new LoginError('second-factor-needed', {
    message: `This copy of TokenTray runs on Electron ${electron}, which gets no more security repairs. It shows no broker’s page.`,
    next: `Sign in in your own browser: type “tokentray login ${name}” in a terminal.`,
    final: true,
  })
}
