import { expect, test } from 'vitest'
import { replyHeaders } from './reply-headers.ts'

test('headers are read as the web’s own `Headers` reads them', () => {
  const raw = [
    'Content-Type',
    ' text/html ',
    'set-cookie',
    'a=1',
    'Set-Cookie',
    'b=2',
    'Vary',
    'x',
    'vary',
    'y',
  ]
  const ours = replyHeaders([...raw, '__proto__', 'z'])
  const theirs = new Headers()
  for (let at = 0; at < raw.length; at += 2) theirs.append(raw[at] ?? '', raw[at + 1] ?? '')
  for (const name of ['content-type', 'CONTENT-TYPE', 'vary', 'set-cookie', 'location']) {
    expect(ours.get(name)).toBe(theirs.get(name))
  }
  expect(ours.getSetCookie()).toEqual(theirs.getSetCookie())
  expect(ours.get('__proto__')).toBe('z')
  expect(replyHeaders([]).getSetCookie()).toEqual([])
})
