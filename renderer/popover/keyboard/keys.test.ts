import { expect, test } from 'vitest'
import { commandFor, type KeyPress, type Where } from './keys.ts'

const where = (part: Partial<Where> = {}): Where => ({
  names: ['a', 'b', 'c'],
  focused: null,
  selected: 'a',
  onControl: false,
  typing: null,
  marked: false,
  searchable: true,
  searching: false,
  ...part,
})
const press = (key: string, part: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, ctrl: false, alt: false, shift: false, repeat: false },
  ...part,
})
const ctrl = (key: string, part: Partial<KeyPress> = {}): KeyPress => press(key, { ctrl: true, ...part })

test('arrows go from account to account and stop at the ends', () => {
  expect(commandFor(press('ArrowDown'), where())).toEqual({ do: 'focus', name: 'b' })
  expect(commandFor(press('ArrowUp'), where())).toEqual({ do: 'focus', name: 'a' })
  expect(commandFor(press('ArrowDown'), where({ focused: 'b' }))).toEqual({ do: 'focus', name: 'c' })
  expect(commandFor(press('ArrowDown'), where({ focused: 'c' }))).toEqual({ do: 'focus', name: 'c' })
  expect(commandFor(press('ArrowUp'), where({ selected: null }))).toEqual({ do: 'focus', name: 'c' })
  expect(commandFor(press('ArrowDown'), where({ names: [], selected: null }))).toBeNull()
})

test('Enter copies the token of the marked account, and Shift keeps the popover open', () => {
  expect(commandFor(press('Enter'), where())).toEqual({ do: 'copyToken', name: 'a', stays: false })
  expect(commandFor(press('Enter'), where({ focused: 'b' }))).toMatchObject({ name: 'b' })
  expect(commandFor(press('Enter', { shift: true }), where())).toMatchObject({ stays: true })
  expect(commandFor(press('Enter'), where({ typing: 'search', onControl: true }))).toMatchObject({
    name: 'a',
  })
})

test('actions are chords', () => {
  expect(commandFor(ctrl('c'), where({ focused: 'b' }))).toEqual({ do: 'copyCode', name: 'b' })
  expect(commandFor(ctrl('L'), where())).toEqual({ do: 'login', name: 'a' })
  expect(commandFor(ctrl('3'), where())).toEqual({ do: 'copyToken', name: 'c', stays: false })
  expect(commandFor(ctrl('4'), where())).toBeNull()
  expect(commandFor(ctrl('c'), where({ typing: 'search', onControl: true }))).toMatchObject({ name: 'a' })
})

test('letters search and never act', () => {
  for (const key of ['c', 'C', 'l', 'L', '7', 'é'])
    expect(commandFor(press(key), where())).toEqual({ do: 'type' })
  expect(commandFor(press('l'), where({ searchable: false }))).toBeNull()
  expect(commandFor(press(' '), where())).toBeNull()
})

test('Escape ends the search, then hides', () => {
  expect(commandFor(press('Escape'), where({ searching: true }))).toEqual({ do: 'clearSearch' })
  expect(commandFor(press('Escape'), where())).toEqual({ do: 'hide' })
})

test('letters, Enter and chords belong to another input that is typed in; arrows still go on', () => {
  const typing = where({ focused: 'b', onControl: true, typing: 'input' })
  for (const key of ['c', 'L', 'Enter']) expect(commandFor(press(key), typing)).toBeNull()
  for (const key of ['c', 'l']) expect(commandFor(ctrl(key), typing)).toBeNull()
  expect(commandFor(press('ArrowDown'), typing)).toEqual({ do: 'focus', name: 'c' })
})

test('leaves alone what belongs to the system, to a button, to marked text or to a held key', () => {
  expect(commandFor(ctrl('v'), where())).toBeNull()
  expect(commandFor(ctrl('c'), where({ marked: true }))).toBeNull()
  expect(commandFor(press('Enter'), where({ focused: 'b', onControl: true }))).toBeNull()
  expect(commandFor(ctrl('l', { repeat: true }), where())).toBeNull()
  expect(commandFor(press('Enter', { repeat: true }), where())).toBeNull()
  expect(commandFor(press('Tab'), where())).toBeNull()
})
