import { expect, test } from 'vitest'
import { registry } from '../../electron/core/brokers/registry.ts'
import { badgeColours, contrast } from './badge.ts'

test.each(['#ffffff', '#000000', '#e25f38', '#f7d038', '#5a2d91', '#7f7f7f'])(
  'initials on %s are readable',
  (colour) => {
    const { behind, front } = badgeColours(colour)
    expect(behind).toBe(colour)
    expect(contrast(behind, front)).toBeGreaterThanOrEqual(4.2)
  },
)

test.each([...registry.values()])('the initials of $name meet WCAG 1.4.3', ({ colour }) => {
  const { behind, front } = badgeColours(colour)
  expect(contrast(behind, front)).toBeGreaterThanOrEqual(4.5)
})

test('anything but a plain colour is not passed on', () => {
  expect(badgeColours('red;background:url(x)').behind).toBe('#5b6472')
})
