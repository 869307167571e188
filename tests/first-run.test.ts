import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MADE_UP_CREDENTIALS } from '../practice/kite-connect/credentials.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { showsCodeOf } from './support/authenticator.ts'
import { readyCard, readyTooltip } from './support/ready.ts'
import { endsInWords } from './support/six-in-india.ts'
import { photographPage } from './support/photograph.ts'
import { tryPractice } from './support/practice-account.ts'
import { Profile } from './support/profile.ts'
import { photographScreen } from './support/screen.ts'
import type { TrayItem } from './support/tray-item.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

describe('the first run', () => {
  let watcher: TrayWatcher
  let profile: Profile
  let app: App
  let icon: TrayItem

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    profile = await Profile.create({ TZ: 'Asia/Kolkata' })
    app = await App.start(profile)
    icon = await watcher.itemOf(app.pid)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    watcher.stop()
  })

  test('puts an icon into the tray that a panel can read', async () => {
    expect(await icon.status()).toBe('Active')
    await eventually(() => icon.tooltip()).toBe('TokenTray: no account yet')
    const [picture] = await icon.pixmaps()
    expect(picture?.bytes).toHaveLength((picture?.width ?? 0) * (picture?.height ?? 0) * 4)
    expect(picture?.bytes.some((byte) => byte !== 0)).toBe(true)
  })

  test('shows the popover by itself, with two ways to begin', async () => {
    await eventually(() => app.showsPopover()).toBe(true)
    const popover = await app.popover()
    await popover.getByRole('button', { name: 'Add your broker' }).waitFor()
    await popover.getByRole('button', { name: 'Try it with a practice account' }).waitFor()
    await popover.getByText('TokenTray’s icon is in your panel’s tray.').waitFor()
    await photographPage(popover, 'first-run')
  })

  test('gets a practice account logged in by one click, and says until when', async () => {
    const before = await icon.pixmaps()
    await tryPractice(app)
    const popover = await app.popover()
    const account = readyCard(popover, 'practice')
    await account.getByText(endsInWords(Date.now())).waitFor()
    await eventually(() => icon.tooltip()).toMatch(readyTooltip(1, 1))
    await eventually(() => icon.pixmaps()).not.toEqual(before)
    await photographPage(popover, 'practice-account')
  })

  test('says what comes after the practice account', async () => {
    const popover = await app.popover()
    await popover.getByText('This is play money. Copy the token, then add your broker.').waitFor()
    expect(await popover.getByText('TokenTray’s icon is in your panel’s tray.').count()).toBe(0)
  })

  test('shows the code that an authenticator app shows', async () => {
    const line = (await app.popover()).getByRole('button', { name: /^Copy code/ })
    await showsCodeOf(MADE_UP_CREDENTIALS.totp_secret, () => line.innerText())
  })

  test('stands on the screen as a window without a frame', async () => {
    await eventually(() => app.showsPopover()).toBe(true)
    await photographScreen('screen-with-popover')
  })
})
