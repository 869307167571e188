import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { ask } from './programs.ts'
import { until } from './until.ts'

const RESULTS = path.join(import.meta.dirname, '../../test-results')

/** Where a picture goes for a person to look at. */
export async function pictureFile(name: string): Promise<string> {
  await mkdir(RESULTS, { recursive: true })
  return path.join(RESULTS, `${name}.png`)
}

/** Takes a picture of the whole screen, windows, frames and all. */
export async function photographScreen(name: string): Promise<void> {
  await ask('import', ['-window', 'root', await pictureFile(name)])
}

/** The ids of a process' windows of that title that can be seen on the screen, asked of the X server itself. */
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

/** Whether the window manager has put a frame around a window, with a title bar to close it by. */
export async function hasFrame(window: string): Promise<boolean> {
  const answer = await ask('xprop', ['-id', window, '_NET_FRAME_EXTENTS'])
  const [, top = '0'] = /= \d+, \d+, (\d+), \d+/.exec(answer ?? '') ?? []
  return Number(top) > 1
}

/** Presses a key combination, for the window that has the keyboard. */
export async function pressKeys(keys: string): Promise<void> {
  await ask('xdotool', ['key', keys])
}

/** What another program would paste; empty when the clipboard is. */
export async function pasted(): Promise<string> {
  return (await ask('xclip', ['-o', '-selection', 'clipboard'])) ?? ''
}

/** What a middle click would paste. */
export async function middleClicked(): Promise<string> {
  return (await ask('xclip', ['-o', '-selection', 'primary'])) ?? ''
}

/** Copies a text, or what else the `type` says, as the user would in some other program. */
export async function copyElsewhere(content: string | Uint8Array, type = 'UTF8_STRING'): Promise<void> {
  // It stays behind and answers until somebody else copies; with its output open it would seem not to end.
  const args = ['-i', '-selection', 'clipboard', '-t', type]
  const xclip = spawn('xclip', args, { stdio: ['pipe', 'ignore', 'ignore'] })
  xclip.stdin.end(content)
  await once(xclip, 'exit')
  // What stays behind may not have got as far as saying so, and then programs are still given what was there before.
  const asked = ['-o', '-selection', 'clipboard', '-t', type]
  const wanted = Buffer.from(content).toString()
  await until(`${type} on the clipboard`, async () => ((await ask('xclip', asked)) === wanted ? true : null))
}
