import { expect, test } from 'vitest'
import { commandFor } from './keys.ts'
import type { Where } from './keys.ts'

const where = (part: Partial<Where> = {}): Where => ({
  names: ['a', 'b', 'c'],
  focused: null,
  onControl: false,
  typing: false,
  searchable: false,
  searching: false,
  ...part,
})
const press = (key: string, part = {}) => ({ key, ctrl: false, alt: false, repeat: false, ...part })

test('arrows go from account to account and stop at the ends', () => {
  expect(commandFor(press('ArrowDown'), where())).toEqual({ do: 'focus', name: 'a' })
  expect(commandFor(press('ArrowUp'), where())).toEqual({ do: 'focus', name: 'c' })
  expect(commandFor(press('ArrowDown'), where({ focused: 'a' }))).toEqual({ do: 'focus', name: 'b' })
  expect(commandFor(press('ArrowDown'), where({ focused: 'c' }))).toEqual({ do: 'focus', name: 'c' })
  expect(commandFor(press('ArrowDown'), where({ names: [] }))).toBeNull()
})

test('Enter, C and L act on the focused account', () => {
  expect(commandFor(press('Enter'), where({ focused: 'b' }))).toEqual({ do: 'copyToken', name: 'b' })
  expect(commandFor(press('c'), where({ focused: 'b' }))).toEqual({ do: 'copyCode', name: 'b' })
  expect(commandFor(press('L'), where({ focused: 'b' }))).toEqual({ do: 'login', name: 'b' })
  expect(commandFor(press('Escape'), where())).toEqual({ do: 'hide' })
})

test('with one account there is nothing to choose; with several the first press chooses', () => {
  expect(commandFor(press('Enter'), where({ names: ['a'] }))).toEqual({ do: 'copyToken', name: 'a' })
  expect(commandFor(press('Enter'), where())).toEqual({ do: 'focus', name: 'a' })
})

test('letters and Enter belong to the input that is typed in; arrows still go from account to account', () => {
  const typing = where({ focused: 'b', onControl: true, typing: true })
  for (const key of ['c', 'C', 'l', 'L', 'Enter']) expect(commandFor(press(key), typing)).toBeNull()
  expect(commandFor(press('ArrowDown'), typing)).toEqual({ do: 'focus', name: 'c' })
})

test('leaves alone what belongs to the system, to a button or to a held key', () => {
  expect(commandFor(press('c', { ctrl: true }), where({ focused: 'b' }))).toBeNull()
  expect(commandFor(press('Enter'), where({ focused: 'b', onControl: true }))).toBeNull()
  expect(commandFor(press('l', { repeat: true }), where({ focused: 'b' }))).toBeNull()
  expect(commandFor(press('toString'), where({ focused: 'b' }))).toBeNull()
})
