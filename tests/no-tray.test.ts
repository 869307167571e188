import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { expectKeyboard } from './support/keyboard.ts'
import { tryPractice } from './support/practice-account.ts'
import { Profile } from './support/profile.ts'
import { readyCard } from './support/ready.ts'
import { photographScreen, pressKeys } from './support/screen.ts'

describe('on a desktop without a tray', () => {
  let profile: Profile
  let app: App

  beforeAll(async () => {
    profile = await Profile.create()
    app = await App.start(profile)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
  })

  test('the popover opens at once, as a window with a frame', async () => {
    await eventually(() => app.popoverFrame()).toBe(true)
    await tryPractice(app)
    await photographScreen('screen-without-tray')
  })

  test('closing the window keeps the app, and a second start brings it back', async () => {
    await expectKeyboard(app, await app.popover())
    // A window manager that is not ready yet loses the keys.
    await eventually(async () => {
      if (await app.showsPopover()) await pressKeys('alt+F4')
      return app.showsPopover()
    }).toBe(false)
    expect(await App.startAgain(profile)).toBe(0)
    await eventually(() => app.showsPopover()).toBe(true)
  })

  test('it opens at once with accounts too: there is no other way in', async () => {
    await app.quit()
    app = await App.start(profile)
    await eventually(() => app.showsPopover()).toBe(true)
    await readyCard(await app.popover(), 'practice').waitFor()
  })
})
