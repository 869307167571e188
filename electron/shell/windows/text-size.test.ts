import { expect, test, vi } from 'vitest'
import { resized, TextSize } from './text-size.ts'

const pressed = (key: string, held: object = { control: true }) => ({
  ...{ type: 'keyDown' as const, key, control: false, meta: false, alt: false },
  ...held,
})

test.each([
  ['+', 100, 110],
  ['=', 175, 200],
  ['+', 200, 200],
  ['-', 125, 110],
  ['-', 100, 100],
  ['0', 200, 100],
] as const)('Ctrl and %s make text of %i percent %i', (key, now, next) => {
  expect(resized(pressed(key), now, 'linux')).toBe(next)
})

test.each([
  ['a letter', pressed('c'), 'linux'],
  ['no Ctrl', pressed('+', {}), 'linux'],
  ['a key that is let go', pressed('+', { type: 'keyUp', control: true }), 'linux'],
  ['Ctrl on a Mac', pressed('+'), 'darwin'],
] as const)('%s changes nothing', (_what, input, platform) => {
  expect(resized(input, 100, platform)).toBeNull()
})

test('on a Mac it is Command', () => {
  expect(resized(pressed('+', { meta: true }), 100, 'darwin')).toBe(110)
})

test('every open window takes the chosen size at once, and a later page once it is loaded', () => {
  const zoomed = () => ({ webContents: { setZoomFactor: vi.fn<(factor: number) => void>() } })
  const [open, later] = [zoomed(), zoomed()]
  const size = new TextSize(() => [open])
  size.use(150)
  expect(open.webContents.setZoomFactor.mock.calls).toEqual([[1.5]])
  size.loaded(later)
  expect(later.webContents.setZoomFactor.mock.calls).toEqual([[1.5]])
})
