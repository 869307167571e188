import { afterAll, beforeAll, test } from 'vitest'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { hidePopover, openPopover } from './support/keyboard.ts'
import { Profile } from './support/profile.ts'
import { ask } from './support/programs.ts'
import { visibleWindows } from './support/screen.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

let watcher: TrayWatcher
let profile: Profile
let app: App

beforeAll(async () => {
  watcher = await TrayWatcher.start()
  profile = await Profile.create()
  app = await App.start(profile)
})

afterAll(async () => {
  await app.quit()
  await profile.remove()
  watcher.stop()
})

interface Place {
  readonly left: number
  readonly top: number
  readonly right: number
}

/** Returns the place of the visible popover on the screen, px; null while there is none. */
async function place(): Promise<Place | null> {
  const [window] = await visibleWindows(app.pid, 'TokenTray')
  if (window === undefined) return null
  const answer = (await ask('xdotool', ['getwindowgeometry', '--shell', window])) ?? ''
  const value = (name: string): number => Number(new RegExp(`^${name}=(-?\\d+)$`, 'm').exec(answer)?.[1])
  return { left: value('X'), top: value('Y'), right: value('X') + value('WIDTH') }
}

const mouse = (...args: string[]): Promise<unknown> => ask('xdotool', args)

async function screenWidth(): Promise<number> {
  const [width = ''] = ((await ask('xdotool', ['getdisplaygeometry'])) ?? '').split(' ')
  return Number(width)
}

test('the popover is in the panel’s corner wherever the mouse is', async () => {
  await openPopover(app, watcher)
  const right = (await screenWidth()) - 8
  await eventually(place).toMatchObject({ right, top: 8 })
  for (const point of [
    ['60', '760'],
    ['1200', '5'],
  ]) {
    await hidePopover(app)
    await mouse('mousemove', ...point)
    await openPopover(app, watcher)
    await eventually(place).toMatchObject({ right, top: 8 })
  }
})

test('the popover comes back to where the user has dragged it, after a restart too', async () => {
  const before = await place()
  const [left, top] = [before?.left ?? 0, before?.top ?? 0]
  await mouse('mousemove', String(left + 20), String(top + 24), 'mousedown', '1')
  // A drag is one from a few pixels on.
  for (const step of [10, 30, 60, 90])
    await mouse('mousemove', String(left + 20 - step), String(top + 24 + step))
  await mouse('mouseup', '1')
  await eventually(place).toMatchObject({ left: left - 90, top: top + 90 })
  await hidePopover(app)
  await openPopover(app, watcher)
  await eventually(place).toMatchObject({ left: left - 90, top: top + 90 })
  await eventually(async () => (await profile.state()).settings.popoverPlace).not.toBeNull()
  await app.quit()
  app = await App.start(profile)
  await openPopover(app, watcher)
  await eventually(place).toMatchObject({ left: left - 90, top: top + 90 })
})
