import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { ask } from './programs.ts'
import { until } from './until.ts'

const RESULTS = path.join(import.meta.dirname, '../../test-results')

/** Returns the path of a picture for a human reader. */
export async function pictureFile(name: string): Promise<string> {
  await mkdir(RESULTS, { recursive: true })
  return path.join(RESULTS, `${name}.png`)
}

/** Takes a picture of the whole screen, with windows and frames. */
export async function photographScreen(name: string): Promise<void> {
  await ask('import', ['-window', 'root', await pictureFile(name)])
}

/** Returns the ids of a process's visible windows of that title, as the X server knows them. */
export async function visibleWindows(pid: number, title: string): Promise<string[]> {
  const pattern = `^${title}$`
  const found = await ask('xdotool', [
    'search',
    '--all',
    '--onlyvisible',
    '--pid',
    String(pid),
    '--name',
    pattern,
  ])
  return (found ?? '').split('\n').filter((id) => id !== '')
}

/** Tells whether the window manager has put a frame with a title bar around a window. */
export async function hasFrame(window: string): Promise<boolean> {
  const answer = await ask('xprop', ['-id', window, '_NET_FRAME_EXTENTS'])
  const [, top = '0'] = /= \d+, \d+, (\d+), \d+/.exec(answer ?? '') ?? []
  return Number(top) > 1
}

/** Returns the size at which a page is shown, percent: the tests' screen has one pixel to the CSS pixel. */
export const percentOf = (page: Page): Promise<number> =>
  page.evaluate(() => Math.round(devicePixelRatio * 100))

/** Presses a key combination in the focused window. */
export async function pressKeys(keys: string): Promise<void> {
  await ask('xdotool', ['key', keys])
}

/** Returns what another program would paste; empty for an empty clipboard. */
export async function pasted(): Promise<string> {
  return (await ask('xclip', ['-o', '-selection', 'clipboard'])) ?? ''
}

/** Returns what a middle click would paste. */
export async function middleClicked(): Promise<string> {
  return (await ask('xclip', ['-o', '-selection', 'primary'])) ?? ''
}

/** Copies a text, or content of another `type`, as the user does in another program. */
export async function copyElsewhere(content: string | Uint8Array, type = 'UTF8_STRING'): Promise<void> {
  // The program stays in the background until another program copies. With an open output it would seem to hang.
  const args = ['-i', '-selection', 'clipboard', '-t', type]
  const xclip = spawn('xclip', args, { stdio: ['pipe', 'ignore', 'ignore'] })
  xclip.stdin.end(content)
  await once(xclip, 'exit')
  // The background program may not own the clipboard yet, and other programs would still get the old content.
  const asked = ['-o', '-selection', 'clipboard', '-t', type]
  const wanted = Buffer.from(content).toString()
  await until(`${type} on the clipboard`, async () => ((await ask('xclip', asked)) === wanted ? true : null))
}
