import { useState } from 'react'
import type { Problem } from '../../electron/contract/state.ts'
import { INSTALL_KEYCHAIN } from '../../electron/contract/words.ts'
import { Banner } from '../shared/Banner.tsx'
import { Button } from '../shared/Button.tsx'
import { useActions } from './store/ActionsContext.ts'

/** Tells whether a problem ends by installing a keychain; a damaged sealed file's does not. */
export const isToInstall = ({ kind, next }: Problem): boolean =>
  kind === 'keychain-missing' && next.includes(INSTALL_KEYCHAIN) && navigator.userAgent.includes('Linux')

/** Says how Linux gets a keychain, with the command to copy. */
export function NoKeychain({ problem }: { problem: Problem }) {
  const actions = useActions()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    const isCopied = await actions.copyInstallKeychain()
    setCopied(isCopied)
    if (isCopied) actions.say('Command copied.')
  }
  return (
    <Banner tone="bad" shape="bang">
      <p role="alert">
        <strong>{problem.message}</strong> Install gnome-keyring: <code>{INSTALL_KEYCHAIN}</code>, then try
        again. If it is installed, restart TokenTray.
      </p>
      <Button onClick={() => void copy()}>{copied ? '✓ Copied' : 'Copy command'}</Button>
      <Button onClick={() => void actions.checkKeychain()}>Try again</Button>
      <details>
        <summary>More</summary>
        <p>Fedora: sudo dnf install gnome-keyring. KWallet works too.</p>
        <p>Server: tokentray keychain init --sealed-file</p>
        <p>Cron: use what “tokentray schedule print” prints.</p>
      </details>
    </Banner>
  )
}
