import { expect, test } from 'vitest'
import { localRunTime } from './local-time.ts'
import { windows } from './windows.ts'

const job = {
  node: 'C:\\Users\\José ₹ 𝒜\\node.exe',
  program: 'C:\\Users\\José & Söhne\\cli.js',
  user: 'José',
  env: { TOKENTRAY_HOME: 'C:\\tt' },
  sealed: false,
  time: localRunTime(0),
}

test('the task is plain ASCII, which no code page on the way to a file changes', () => {
  expect(windows(job)).toMatch(/^[\x00-\x7f]+$/)
})

test('the paths in it are what they were to whoever reads it as XML', () => {
  expect(textOf('Command')).toBe(job.node)
  expect(textOf('Arguments')).toBe(`-- "${job.program}" login --trading-days`)
})

test('the comments, in which references to characters mean nothing, have none', () => {
  expect(/<!--.*?-->/s.exec(windows(job))?.[0]).not.toContain('&#')
})

function textOf(element: string): string {
  const [, text = ''] = new RegExp(`<${element}>(.*)</${element}>`).exec(windows(job)) ?? []
  return text
    .replaceAll(/&#x([\da-f]+);/g, (_reference, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
