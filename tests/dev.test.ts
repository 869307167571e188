import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from './support/eventually.ts'
import { Profile } from './support/profile.ts'
import { until } from './support/until.ts'

const CHECKOUT = path.join(import.meta.dirname, '..')
/** What of the checkout `npm run dev` needs. */
const NEEDED = [
  ...['assets', 'electron', 'practice', 'renderer', 'scripts'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'],
]

let copy: string
let profile: Profile
let dev: ChildProcess
let output = ''

beforeAll(async () => {
  profile = await Profile.create()
  copy = await mkdtemp(path.join(tmpdir(), 'tokentray-dev-'))
  for (const name of NEEDED) await cp(path.join(CHECKOUT, name), path.join(copy, name), { recursive: true })
  await symlink(path.join(CHECKOUT, 'node_modules'), path.join(copy, 'node_modules'))
  // The port lets this test see the page; a package refuses it.
  dev = spawn(process.execPath, ['scripts/dev.mjs', '--remote-debugging-port=0'], {
    cwd: copy,
    env: profile.env,
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  dev.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
})

afterAll(async () => {
  const ended = once(dev, 'exit')
  dev.kill()
  await ended
  await profile.remove()
  await rm(copy, { recursive: true, force: true, maxRetries: 5 })
})

/** Returns the popover of the app that was started last. */
async function popoverOf(start: number): Promise<Page> {
  const endpoint = await until('the app', () => {
    const all = [...output.matchAll(/DevTools listening on (ws:\S+)/g)]
    return Promise.resolve(all[start]?.[1] ?? null)
  })
  const browser = await chromium.connectOverCDP(endpoint)
  return until('the popover', () => {
    const pages = browser.contexts().flatMap((context) => context.pages())
    return Promise.resolve(pages.find((page) => page.url() === 'tokentray://app/popover.html') ?? null)
  })
}

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(path.join(copy, file), 'utf8')
  expect(text).toContain(from)
  await writeFile(path.join(copy, file), text.replace(from, to))
}

test('a changed colour is on the screen without loading the page anew, and a changed app starts anew', async () => {
  const popover = await popoverOf(0)
  await popover.getByRole('button', { name: /^Try it with a practice account/ }).click()
  await popover.getByRole('listitem').waitFor()
  await popover.evaluate(() => (document.title = 'the page of before'))
  const colour = () => popover.evaluate(() => getComputedStyle(document.body).backgroundColor)

  await change('renderer/shared/tokens.css', '--page: #f4f5f7', '--page: #123456')
  await eventually(colour).toBe('rgb(18, 52, 86)')
  expect(await popover.title()).toBe('the page of before')

  await change('electron/shell/windows/popover-place.ts', 'WIDTH = 380', 'WIDTH = 420')
  const anew = await popoverOf(1)
  await anew.getByRole('listitem').waitFor()
  expect(await anew.evaluate(() => window.innerWidth)).toBe(420)
})

test('what users get knows no such server, and no page of it allows code within itself', async () => {
  const dist = path.join(CHECKOUT, 'dist')
  const names = (await readdir(dist, { recursive: true })).filter((name) => /\.(js|cjs|html)$/.test(name))
  expect(names).toContain('main.js')
  for (const name of names) {
    expect(await readFile(path.join(dist, name), 'utf8')).not.toMatch(/TOKENTRAY_DEV_SERVER|unsafe-inline/)
  }
})
