import { chmod, mkdir } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { App } from './support/app.ts'
import { Profile } from './support/profile.ts'
import { ask } from './support/programs.ts'
import { photographScreen, pressKeys } from './support/screen.ts'
import { until } from './support/until.ts'

test('where there can be no state folder, the app says so in a box and ends', async () => {
  // Root may create folders in most places, but not there.
  const profile = await Profile.create({ TOKENTRAY_HOME: '/proc/tokentray' })
  onTestFinished(() => profile.remove())
  const ended = App.startAgain(profile)
  await until('the box', () => ask('xdotool', ['search', '--onlyvisible', '--name', '^Error$']))
  await photographScreen('screen-unusable-folder')
  await pressKeys('Return')
  expect(await ended).toBe(1)
})

test('where others may write to the state folder, the app says so in a box and ends', async () => {
  const profile = await Profile.create()
  onTestFinished(() => profile.remove())
  await mkdir(profile.home, { recursive: true })
  await chmod(profile.home, 0o777)
  const ended = App.startAgain(profile)
  await until('the box', () => ask('xdotool', ['search', '--onlyvisible', '--name', '^Error$']))
  await photographScreen('screen-open-folder')
  await pressKeys('Return')
  expect(await ended).toBe(1)
})
