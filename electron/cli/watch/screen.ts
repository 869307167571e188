import { writeSync } from 'node:fs'
import { emitKeypressEvents } from 'node:readline'
import { readKey, type Key } from './keys.ts'

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** A terminal in full-screen mode. */
export interface Screen {
  readonly size: Size
  /** Replaces the screen by these lines, which may hold colours and are cut at the terminal's edge. */
  show(lines: readonly string[]): void
  /** Sends a control sequence to the terminal itself. */
  send(sequence: string): void
  onKey(listener: (key: Key) => void): void
  onResize(listener: () => void): void
  /** Restores the terminal. A second call does nothing. */
  close(): void
}

// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html: the alternate screen, no cursor, lines cut and not wrapped.
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l'
const LEAVE = '\x1b[?7h\x1b[?25h\x1b[0m\x1b[?1049l'
const HOME = '\x1b[H'
const CLEAR_REST_OF_LINE = '\x1b[K'
const CLEAR_BELOW = '\x1b[J'

/** Takes over the terminal until `close`, or until the process ends in any way. */
export function openScreen(): Screen {
  const { stdin, stdout } = process
  const keyListeners: ((key: Key) => void)[] = []
  let isOpen = true

  const onKeypress = (
    character: string | undefined,
    { name, ctrl }: { name?: string; ctrl: boolean },
  ): void => {
    const key = readKey(character, name, ctrl)
    if (key !== null) for (const listener of keyListeners) listener(key)
  }
  const close = (): void => {
    if (!isOpen) return
    isOpen = false
    process.off('exit', close).off('uncaughtExceptionMonitor', close)
    stdin.off('keypress', onKeypress)
    // The terminal may be gone already.
    try {
      stdin.setRawMode(false)
      writeSync(stdout.fd, LEAVE)
    } catch {
      // Then there is nothing to restore.
    }
    stdin.pause()
  }

  process.on('exit', close)
  // Runs before the error is printed, which would be lost with the alternate screen.
  process.on('uncaughtExceptionMonitor', close)
  emitKeypressEvents(stdin)
  stdin.setRawMode(true)
  stdin.on('keypress', onKeypress)
  stdin.resume()
  stdout.write(ENTER)

  return {
    get size() {
      // A terminal without a known size reports 0.
      return { columns: stdout.columns || 80, rows: stdout.rows || 24 }
    },
    show: (lines) => {
      if (isOpen)
        stdout.write(`${HOME}${lines.map((line) => line + CLEAR_REST_OF_LINE).join('\r\n')}${CLEAR_BELOW}`)
    },
    send: (sequence) => {
      if (isOpen) stdout.write(sequence)
    },
    onKey: (listener) => void keyListeners.push(listener),
    onResize: (listener) => void stdout.on('resize', listener),
    close,
  }
}
