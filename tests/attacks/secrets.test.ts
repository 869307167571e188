import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { fillAccountForm } from '../support/account-form.ts'
import { App, clickAway } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { filesBelow, heapOf, processesFrom } from '../support/hiding-places.ts'
import { openPopover } from '../support/keyboard.ts'
import { finds, Marker } from '../support/marker.ts'
import { Profile } from '../support/profile.ts'
import { readyCard } from '../support/ready.ts'
import { pasted, pictureFile } from '../support/screen.ts'
import { recordSentToPages, sentToPages } from '../support/sent-to-pages.ts'
import { TrayWatcher } from '../support/tray-watcher.ts'

const credentials = {
  password: 'MarkerPassword5kWqZr8vT',
  api_secret: 'markerapisecret7x2m9q4w6e8r5t3y1',
  totp_secret: 'MARKERTOTPSECRET2345677654324567',
}
const planted = new Marker('planted', 'PlantedMarker4nJx8sHd2Lq')

describe('secrets', () => {
  let watcher: TrayWatcher
  let broker: KiteConnectPractice
  let profile: Profile
  let app: App
  const markers = Object.entries(credentials).map(([name, value]) => new Marker(name, value))

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    broker = await startKiteConnect({ credentials })
    profile = await Profile.create()
    app = await App.start(profile)
    await recordSentToPages(app)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await broker.stop()
    watcher.stop()
  })

  /** Reopens the popover, because another window may have closed it. */
  const popover = () => openPopover(app, watcher)

  test('are typed into a form that runs in a process of its own, which ends with it', async () => {
    const processes = () =>
      app.electron.evaluate(({ webContents }) =>
        webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
      )
    const page = await popover()
    const [popoverProcess] = await processes()
    await page.getByRole('button', { name: 'Add your broker' }).click()
    const form = await app.accountForm()
    const formProcess = (await processes()).find((pid) => pid !== popoverProcess)
    expect(formProcess).toBeDefined()
    await fillAccountForm(form, 'zerodha', broker)
    await form.screenshot({ path: await pictureFile('account-form') })
    await clickAway(form, 'Save without testing')
    await eventually(async () => (await readdir('/proc')).includes(String(formProcess))).toBe(false)
  })

  test('that the broker sends back in its words are not shown', async () => {
    broker.fault({ kind: 'echo', at: 'POST /api/login' })
    const page = await popover()
    await page.getByRole('button', { name: 'Log in zerodha' }).click()
    await page.getByRole('listitem', { name: 'zerodha Needs you' }).waitFor()
    await page.getByText(/Could not understand: PR0001 \[secret\]/).waitFor()
    await page.screenshot({ path: await pictureFile('broker-repeats-secrets') })
  })

  test('an access token that the broker sends back is not shown either', async () => {
    const envFile = await profile.envFile(broker)
    await profile.cli.mustRun('account', 'edit', 'zerodha', '--env-file', envFile)
    broker.fault({ kind: 'echo', at: 'GET /user/profile' })
    const page = await popover()
    await page.getByRole('button', { name: 'Log in zerodha' }).click()
    await page.getByText(/Could not understand: token practicekey00000:\[secret\]/).waitFor()
    markers.push(new Marker('access token', await profile.cli.mustRun('token', 'zerodha')))
  })

  test('a session that the broker sends back is neither shown nor kept', async () => {
    // Another person, because codes are counted by user ID.
    const other = await startKiteConnect({ credentials: { user_id: 'OT0001' } })
    try {
      await profile.addAccount('other', other)
      other.fault({ kind: 'echo', at: 'GET /connect/finish' })
      const { code, stderr } = await profile.cli.run('login', 'other')
      expect(code).toBe(3)
      // The cookies of a session that has passed both password and code.
      for (const words of [stderr, (await profile.account('other')).problem?.brokerWords ?? '']) {
        expect(words).toContain('Could not understand')
        expect(words).not.toMatch(/kf_session=\w/)
        expect(words).not.toMatch(/public_token=\w/)
      }
    } finally {
      await profile.cli.mustRun('account', 'remove', 'other')
      await other.stop()
    }
  })

  test('an access token is copied without passing through the page', async () => {
    const page = await popover()
    await page.getByRole('button', { name: 'More for zerodha' }).click()
    await page.getByRole('menuitem', { name: 'Log in again' }).click()
    await readyCard(page, 'zerodha').waitFor()
    const token = await profile.cli.mustRun('token', 'zerodha')
    // A plain click would hide the popover.
    await page.getByRole('button', { name: 'Copy token of zerodha' }).click({ modifiers: ['Shift'] })
    await eventually(pasted).toBe(token)
  })

  test('are in the keychain', async () => {
    for (const [field, value] of Object.entries(credentials)) {
      expect(await profile.inKeychain(`zerodha/${field}`)).toBe(value)
    }
  })

  test('are in no file of the app’s, nor of the desktop’s', async () => {
    await profile.write('home/planted', `left behind: ${planted.value}`)
    const files = await filesBelow(profile.home)
    expect([...files.keys()]).toContain(path.join(profile.home, 'state.json'))
    expect([...files.keys()].filter((file) => file.includes('/home/electron/')).length).toBeGreaterThan(0)
    expect(finds([planted], files)).toHaveLength(1)
    expect(finds(markers, files)).toEqual([])
    const desktop = path.dirname(process.env['XDG_RUNTIME_DIR'] ?? '')
    expect(finds(markers, await filesBelow(desktop))).toEqual([])
  })

  test('are in no arguments and no environment of the app’s processes', async () => {
    const other = spawn('sleep', ['600'], { env: { ...process.env, LEFT: planted.value } })
    const another = spawn('sleep', ['600'], { argv0: planted.value })
    try {
      const around = await processesFrom(process.pid)
      const found = finds([planted], around).map((find) => find.split('/').at(-1))
      expect(found.toSorted((a = '', b = '') => a.localeCompare(b))).toEqual(['cmdline', 'environ'])
    } finally {
      for (const child of [other, another]) {
        const exited = once(child, 'exit')
        child.kill()
        await exited
      }
    }
    const processes = await processesFrom(app.pid)
    // The main process, the page's process, and Chromium's helpers.
    expect(processes.size).toBeGreaterThan(6)
    expect(finds(markers, processes)).toEqual([])
  })

  test('are in nothing that the app has printed', async () => {
    await app.electron.evaluate((_electron, text) => {
      process.stdout.write(`${text}\n`)
      process.stderr.write(`${text}\n`)
    }, planted.value)
    await eventually(() => app.output.split(planted.value).length - 1).toBe(2)
    expect(finds(markers, new Map([['output', app.output]]))).toEqual([])
  })

  test('are in nothing that was sent to a page', async () => {
    await (await popover()).evaluate(() => window.tokentray.getState())
    await app.electron.evaluate(({ webContents }, text) => {
      for (const contents of webContents.getAllWebContents()) contents.send('planted', text)
    }, planted.value)
    const messages = await sentToPages(app)
    const channels = messages.map((message) => message.split('"')[1])
    for (const channel of [
      'popover:getState',
      'popover:stateChanged',
      'popover:login',
      'account-form:save',
    ]) {
      expect(channels).toContain(channel)
    }
    const got = new Map([['messages', messages.join('\n')]])
    expect(finds([planted], got)).toEqual(['planted in messages'])
    expect(finds(markers, got)).toEqual([])
  })

  test('are not in the page’s memory', async () => {
    const page = await popover()
    await readyCard(page, 'zerodha').waitFor()
    await page.evaluate((text) => {
      Reflect.set(window, 'left', { deep: [`behind: ${text}`] })
    }, planted.value)
    const heap = new Map([['heap', await heapOf(page)]])
    expect(finds([planted], heap)).toEqual(['planted in heap'])
    expect(finds(markers, heap)).toEqual([])
  })

  test('are in no title, tooltip or menu, and in nothing that a person can read', async () => {
    const icon = await watcher.itemOf(app.pid)
    const titles = await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.getTitle()),
    )
    broker.fault({ kind: 'echo', at: 'GET /user/profile' })
    const refused = await profile.cli.run('login', 'zerodha')
    const seen = new Map([
      ['refusal', refused.stderr],
      ['titles', titles.join()],
      ['tooltip', await icon.tooltip()],
      ['menu', JSON.stringify(await icon.menu())],
      ['popover', await (await popover()).locator('html').innerHTML()],
      ['status', await profile.cli.mustRun('status', '--json')],
      ['accounts', await profile.cli.mustRun('account', 'list', '--json')],
    ])
    expect(finds([new Marker('account name', 'zerodha')], seen)).toContain('account name in popover')
    expect(seen.get('menu')).toContain('Copy access token')
    expect(seen.get('refusal')).toContain('token practicekey00000:[secret]')
    expect(finds(markers, seen)).toEqual([])
  })
})
