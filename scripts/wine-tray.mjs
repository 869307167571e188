import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { capture, root } from './processes.mjs'
import { electronForWine, startWineScreen } from './wine-electron.mjs'
import { evaluate, until } from './wine-inspector.mjs'
import { runWindows, startCli, startWindows, windowsPath } from './wine-run.mjs'
import { walkThrough } from './wine-steps.mjs'

/** @typedef {import('./wine-setup.mjs').Wine} Wine */

/** Longer than the delay that merges two clicks into one. */
const BETWEEN_CLICKS_MS = 600
const QUITS_WITHIN_MS = 30_000
const RUN_KEY = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Run`
const CREDENTIALS = String.raw`HKCU\Software\Wine\Credential Manager`

/**
 * Uses the tray app in Windows' Electron: icon, popover, practice account, copy, Credential Manager, Run key, second
 * start.
 *
 * @param {Wine} wine
 * @returns {Promise<boolean>} whether every step went well
 */
export const windowsTray = (wine) =>
  walkThrough('The tray app in Windows’ Electron', (step) => trayApp(wine, step))

/**
 * Walks through the tray app's functions.
 * @param {Wine} wine
 * @param {import('./wine-steps.mjs').Step} step
 */
async function trayApp(wine, step) {
  const { electron, shim } = await electronForWine(wine)
  const screen = await startWineScreen(wine)
  const on = { ...wine, env: { ...wine.env, ...screen.env } }
  const main = 9_300 + (process.pid % 200) * 2
  const pages = main + 1
  const flags = ['--no-sandbox', '--disable-gpu', '--in-process-gpu']
  const inspect = [`--inspect=127.0.0.1:${main}`, `--remote-debugging-port=${pages}`]
  const app = startWindows(on, electron, ['-r', windowsPath(shim), ...inspect, ...flags, windowsPath(root)], {
    timeoutMs: 20 * 60_000,
  })
  const onScreen = { env: { ...process.env, ...screen.env } }
  /** @param {string} expression */
  const inPopover = (expression) => evaluate(pages, expression, ({ url }) => url.includes('popover'))
  const isVisible = () =>
    evaluate(
      main,
      `require('electron').BrowserWindow.getAllWindows().some((w) => w.webContents.getURL().includes('popover') && w.isVisible())`,
    )
  /** @param {string} label */
  const press = (label) =>
    inPopover(`(() => {
      const button = [...document.querySelectorAll('button')].find((one) => (one.ariaLabel ?? one.textContent).includes(${JSON.stringify(label)}))
      button?.click()
      return button !== undefined
    })()`)
  const clickTray = async () => {
    await capture('xdotool', ['mousemove', '13', '32', 'click', '1'], onScreen)
    await sleep(BETWEEN_CLICKS_MS)
  }

  const isUp = await step('the first start shows the popover', async () => {
    const greets = until('the popover', async () =>
      (await inPopover(`document.body.textContent`)).includes('practice account'),
    )
    const early = await Promise.race([app.ended, greets])
    if (typeof early === 'object') throw new Error(`the app ended with ${early.code}: ${early.stderr}`)
    await until('the popover is visible', isVisible)
  })
  if (!isUp) return screen.end()
  await step('a practice account is added and logged in', async () => {
    await until('the button', () => press('Try it with a practice account'))
    await until('a token', async () => /until 06:00/.test(await inPopover(`document.body.textContent`)))
  })
  await step('the tray icon says so', async () => {
    const { stdout } = await capture('xdotool', ['search', '--onlyvisible', '--name', '.*'], onScreen)
    assert.notEqual(stdout.trim(), '')
  })
  await step('secrets are in the Credential Manager', async () => {
    const { stdout } = await runWindows(on, 'reg', ['query', CREDENTIALS, '/s'])
    assert.match(stdout, /TokenTray/)
  })
  await step('copy puts the token onto the clipboard', async () => {
    await until('the button', () => press('Copy token'))
    const copied = await until('the copy', async () => {
      const { stdout } = await capture('timeout', ['5', 'xclip', '-o', '-selection', 'clipboard'], onScreen)
      return /^\w{16,}$/.test(stdout.trim()) && stdout.trim()
    })
    const { accounts } = JSON.parse((await startCli(on, ['account', 'list', '--json']).ended).stdout)
    const { stdout } = await startCli(on, ['token', accounts[0].name]).ended
    assert.ok(stdout.trim() === copied, 'it is not the token of the account')
  })
  await step(
    'a click on the tray icon shows the popover, and the next one hides it, again and again',
    async () => {
      if (await isVisible())
        await evaluate(main, `require('electron').BrowserWindow.getAllWindows().forEach((w) => w.hide())`)
      await sleep(BETWEEN_CLICKS_MS)
      for (const shown of [true, false, true, false, true, false]) {
        await clickTray()
        await until(shown ? 'it is shown' : 'it is hidden', async () => (await isVisible()) === shown, 10_000)
        // A click that hides the popover first and shows it again would have done so by now.
        await sleep(BETWEEN_CLICKS_MS)
        assert.equal(await isVisible(), shown)
      }
    },
  )
  await step('start at login writes a quoted program, and reads it back', async () => {
    await clickTray()
    await until('the settings', () => press('Settings'))
    const inSettings = (/** @type {string} */ expression) =>
      evaluate(pages, expression, ({ url }) => url.includes('settings'))
    await until('the switch', () => inSettings(`document.querySelector('#launchAtLogin:enabled') !== null`))
    await inSettings(`document.querySelector('#launchAtLogin').click()`)
    await until('it is on', () => inSettings(`document.querySelector('#launchAtLogin').checked`))
    const { stdout } = await runWindows(on, 'reg', ['query', RUN_KEY])
    assert.ok(stdout.includes(`"${windowsPath(electron)}"`), stdout)
    await inSettings(`document.querySelector('#launchAtLogin').click()`)
    await until('it is off', () => inSettings(`!document.querySelector('#launchAtLogin').checked`))
    assert.ok(!(await runWindows(on, 'reg', ['query', RUN_KEY])).stdout.includes('electron.exe'))
  })
  await step('a second start shows the first one’s popover and ends', async () => {
    await evaluate(main, `require('electron').BrowserWindow.getAllWindows().forEach((w) => w.hide())`)
    const { code } = await runWindows(on, electron, ['-r', windowsPath(shim), ...flags, windowsPath(root)])
    assert.equal(code, 0)
    await until('the popover', isVisible)
  })
  await step('it quits', async () => {
    // The expression uses `require` at once, because the protocol removes it when the reply is sent.
    await evaluate(main, `(({ app }) => void setTimeout(() => app.quit(), 100))(require('electron'))`)
    const ended = await Promise.race([app.ended, sleep(QUITS_WITHIN_MS)])
    assert.ok(ended, 'it did not end in time')
    assert.equal(ended.code, 0, 'it had to kill itself')
  })
  app.end()
  screen.end()
}
