import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { tryPractice } from './support/practice-account.ts'
import { Profile } from './support/profile.ts'
import { readyCard } from './support/ready.ts'
import { Sway } from './support/sway.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

const TITLE = 'TokenTray'

let sway: Sway
beforeAll(async () => {
  sway = await Sway.start()
})
const checkSway = (): void => {
  sway.assertRuns()
}
beforeEach(checkSway)
afterEach(checkSway)
afterAll(() => sway.stop())

describe('on Wayland without a tray', () => {
  let profile: Profile
  let app: App

  beforeAll(async () => {
    profile = await Profile.create(sway.env)
    app = await App.start(profile)
  })
  afterAll(async () => {
    await app.quit()
    await profile.remove()
  })

  const windows = (): Promise<string[]> => sway.windows(app.pid)

  test('the popover opens on a first run and says why there is no icon', async () => {
    await eventually(windows).toEqual([TITLE])
    await tryPractice(app)
    await (await app.popover()).getByText(/^Your desktop shows no tray icons/).waitFor()
    await sway.photograph('wayland-without-tray')
  })

  test('closing the window does not lose the app', async () => {
    await sway.close(TITLE)
    expect(await App.startAgain(profile)).toBe(0)
    await eventually(windows).toEqual([TITLE])
    await readyCard(await app.popover(), 'practice').waitFor()
  })

  test('a start at login leaves a window in the list of windows', async () => {
    await app.quit()
    app = await App.start(profile, ['--hidden'])
    await eventually(windows).toEqual([TITLE])
  })
})

describe('on Wayland without a program that could copy', () => {
  let watcher: TrayWatcher
  let profile: Profile
  let app: App
  let token: string

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    const plain = await Profile.create()
    // For users without a private /tmp, wl-copy would keep the token in a file that others may find.
    const programs = path.join(plain.folder, 'programs')
    await mkdir(programs)
    await writeFile(path.join(programs, 'unshare'), '#!/bin/sh\nexit 1\n')
    await chmod(path.join(programs, 'unshare'), 0o755)
    const PATH = `${programs}:${process.env['PATH'] ?? ''}`
    profile = Profile.in(plain, { ...sway.env, PATH })
    app = await App.start(profile)
    await tryPractice(app)
    token = await profile.cli.mustRun('token', 'practice')
    await sway.copyElsewhere('what the user had copied')
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    watcher.stop()
  })

  const copies = async (): Promise<string[]> =>
    (await profile.cli.mustRun('history')).split('\n').filter((line) => line.includes('copied by tray'))

  test('the tray menu opens the popover, which says that nothing was copied', async () => {
    await (await app.popover()).evaluate(() => window.tokentray.hide())
    await eventually(() => sway.windows(app.pid)).toEqual([])
    await (await watcher.itemOf(app.pid)).press('Copy access token')
    await eventually(() => sway.windows(app.pid)).toEqual([TITLE])
    await (await app.popover()).getByText(/^practice: Nothing was copied/).waitFor()
    await sway.photograph('wayland-not-copied')
    expect(await sway.pasted()).toBe('what the user had copied')
    expect(await copies()).toEqual([])
  })

  test('a key that is pressed in the popover copies', async () => {
    const popover = await app.popover()
    await popover.getByRole('button', { name: 'Copy token of practice' }).focus()
    await sway.focus(TITLE)
    await sway.press('Return')
    await eventually(() => sway.pasted()).toBe(token)
    await eventually(async () => (await copies()).length).toBe(1)
    await eventually(() => sway.middleClicked()).toBe('')
  })

  test('quitting takes it off again', async () => {
    await (await watcher.itemOf(app.pid)).press('Quit')
    expect(await app.ended()).toBe(0)
    expect(await sway.pasted()).toBe('')
  })
})

/** Plays wl-copy from version 2.3 on, which can mark a text as a password, by an older one. */
const newerCopy = `#!/bin/sh
if [ "$1" = --help ]; then echo '  -s, --sensitive  Hint that the data is sensitive.'; exit 0; fi
echo "$@" >> wl-copy-calls
args=
for arg; do [ "$arg" = --sensitive ] || args="$args $arg"; done
exec /usr/bin/wl-copy $args
`

describe('on Wayland with a newer wl-copy', () => {
  let watcher: TrayWatcher
  let profile: Profile
  let app: App
  let programs: string

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    // Not in /tmp, which wl-copy gets anew.
    programs = await mkdtemp('/var/tmp/tokentray-programs-')
    await writeFile(path.join(programs, 'wl-copy'), newerCopy)
    await chmod(path.join(programs, 'wl-copy'), 0o755)
    await chmod(programs, 0o755)
    profile = await Profile.create({ ...sway.env, PATH: `${programs}:${process.env['PATH'] ?? ''}` })
    app = await App.start(profile)
    await tryPractice(app)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await rm(programs, { recursive: true })
    watcher.stop()
  })

  test('a copy is marked as nothing that a history should keep', async () => {
    await (await watcher.itemOf(app.pid)).press('Copy access token')
    await eventually(() => sway.pasted()).toBe(await profile.cli.mustRun('token', 'practice'))
    const calls = path.join(path.dirname(sway.env['WAYLAND_DISPLAY'] ?? ''), 'wl-copy-calls')
    expect(await readFile(calls, 'utf8')).toContain('--sensitive')
  })
})
