import { describe } from 'vitest'
import { App } from './support/app.ts'
import { test } from './support/cli-test.ts'
import { Profile } from './support/profile.ts'
import { readyCard } from './support/ready.ts'
import { pictureFile } from './support/screen.ts'
import { credential, makeSealed } from './support/sealed.ts'

describe('the tray app with a sealed keychain', () => {
  test('says that it is locked and how to give it the passphrase; with systemd’s credential it works', async ({
    profile,
    broker,
  }) => {
    await makeSealed(profile)
    const served = Profile.in(profile, await credential(profile))
    await served.addAccount('zerodha', broker)
    const locked = await App.start(profile)
    const popover = await locked.popover()
    await popover
      .getByRole('alert')
      .getByText(/The sealed keychain is locked/)
      .waitFor()
    await popover
      .getByText(/systemd credential/)
      .first()
      .waitFor()
    await popover.screenshot({ path: await pictureFile('sealed-keychain-locked') })
    await locked.quit()
    const open = await App.start(served)
    await (await open.popover()).getByRole('button', { name: 'Log in zerodha' }).click()
    await readyCard(await open.popover(), 'zerodha').waitFor()
    await open.quit()
  })
})
