import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { LoginError } from '../../electron/core/errors.ts'
import { account, appState, NOW, problem } from './fixtures.ts'
import { button, done, open, worked } from './opened.tsx'

afterEach(cleanup)

describe('banners', () => {
  test('offer what can be done about the keychain', async () => {
    const checkKeychain = done()
    const keychain = problem({ kind: 'keychain-locked', message: 'The keychain is locked.' })
    const { user, receive } = open(appState([account()], { keychain }), { checkKeychain })
    await user.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Try again' }))
    expect(checkKeychain).toHaveBeenCalledOnce()
    receive(appState([account()]))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.getByText('The keychain can be used again.')).toBeTruthy()
  })

  test('say how Linux gets a keychain, and copy the command', async () => {
    const [checkKeychain, copyInstallKeychain] = [done(), worked()]
    const keychain = problem({ ...new LoginError('keychain-missing').toProblem(NOW) })
    const { user } = open(appState([account()], { keychain }), { checkKeychain, copyInstallKeychain })
    expect(screen.getByRole('alert').textContent).toBe(
      'No keychain found. Install gnome-keyring: sudo apt install gnome-keyring, then try again. If it is installed, restart TokenTray.',
    )
    await user.click(button('Copy command'))
    expect(copyInstallKeychain).toHaveBeenCalledOnce()
    expect(await screen.findByText('✓ Copied')).toBeTruthy()
    expect(screen.getByText('Command copied.')).toBeTruthy()
    expect(screen.getByText(/^Server: /).closest('details')?.open).toBe(false)
    await user.click(button('Try again'))
    expect(checkKeychain).toHaveBeenCalledOnce()
  })

  test.each([
    ['a sealed file that is damaged', 'Linux', problem({ kind: 'keychain-missing', next: 'Restore it.' })],
    ['another system', 'Mac', new LoginError('keychain-missing').toProblem(NOW)],
  ])('offer no command for %s', (_what, system, keychain) => {
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(system)
    open(appState([account()], { keychain }))
    expect(screen.getByRole('alert').textContent).toContain(keychain.next)
    expect(screen.queryByRole('button', { name: 'Copy command' })).toBeNull()
  })

  test('of notices go once they are read', async () => {
    const dismissNotice = done()
    const { user } = open(appState([account()], { notices: ['Set aside.'] }), { dismissNotice })
    await user.click(button('Got it'))
    expect(dismissNotice.mock.calls).toEqual([[{ notice: 'Set aside.' }]])
  })

  test('say when a request that is about no account does not come through', async () => {
    const { user } = open(appState([]), { addPractice: () => Promise.reject(new Error('refused')) })
    await user.click(button(/^Try it with a practice account/))
    expect(screen.getByRole('alert').textContent).toContain('That did not work.')
  })
})
