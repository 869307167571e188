import { describe, expect, test } from 'vitest'
import { LiveBlock } from './live.ts'
import { unpainted } from './paint.ts'

/** Plays a terminal that knows how to clear a line and to go one up. */
function screen(columns = 80, rows = 24) {
  let lines = ['']
  const write = (text: string): void => {
    for (const part of text.split(/(\r\u001b\[2K|\u001b\[1A|\n)/)) {
      if (part === '\n') lines.push('')
      else if (part === '\r\u001b[2K') lines[lines.length - 1] = ''
      else if (part === '\u001b[1A') lines = lines.slice(0, -1)
      else lines[lines.length - 1] = `${lines.at(-1) ?? ''}${part}`
    }
  }
  return {
    columns,
    rows,
    write,
    get lines() {
      return lines
    },
  }
}

describe('a living block', () => {
  test('is replaced in place, and leaves nothing behind', () => {
    const terminal = screen()
    const block = new LiveBlock(terminal, unpainted)
    block.show(['one', 'two'])
    block.show(['one: 2', 'two: 2', 'three'])
    expect(terminal.lines).toEqual(['one: 2', 'two: 2', 'three'])
    block.show(['two: 3'])
    expect(terminal.lines).toEqual(['two: 3'])
    block.show([])
    expect(terminal.lines).toEqual([''])
  })

  test('stays below what is printed meanwhile', () => {
    const terminal = screen()
    const block = new LiveBlock(terminal, unpainted)
    block.show(['working', 'on'])
    block.print('a result\n')
    expect(terminal.lines).toEqual(['a result', 'working', 'on'])
  })

  test('makes room for a prompt, and comes back after it', () => {
    const terminal = screen()
    const block = new LiveBlock(terminal, unpainted)
    block.show(['working'])
    block.pause()
    expect(terminal.lines).toEqual([''])
    block.show(['still working'])
    block.print('a note\n')
    expect(terminal.lines).toEqual(['a note', ''])
    block.resume()
    expect(terminal.lines).toEqual(['a note', 'still working'])
  })

  test('never breaks a line and never scrolls', () => {
    const terminal = screen(20, 6)
    new LiveBlock(terminal, unpainted).show(
      Array.from({ length: 30 }, (_, index) => `${index} ${'x'.repeat(40)}`),
    )
    expect(terminal.lines).toHaveLength(4)
    expect(Math.max(...terminal.lines.map((line) => line.length))).toBe(19)
    expect(terminal.lines.at(-1)).toBe('  … and 27 more')
  })

  test('lets nothing foreign steer the terminal', () => {
    const terminal = screen()
    new LiveBlock(terminal, unpainted).show([['a', { text: '\u001b[2J', tone: 'good' }]])
    expect(terminal.lines).toEqual(['a [2J'])
  })
})
