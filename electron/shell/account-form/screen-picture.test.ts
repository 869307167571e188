import { expect, test, vi } from 'vitest'
import { inWindow } from './screen-picture.ts'

vi.mock('electron', () => ({}))

test.each([
  [1, { x: 40, y: 328 }],
  [1.5, { x: 60, y: 492 }],
  [2, { x: 80, y: 656 }],
])('the menu opens at its button when the page is enlarged %d times', (zoom, point) => {
  expect(inWindow({ x: 40, y: 328 }, zoom)).toEqual(point)
})
