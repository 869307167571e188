import { expect, test, vi } from 'vitest'
import { RememberedLaunch } from './remembered-launch.ts'

test('what the system says of the start at login is remembered, and a change is told once', async () => {
  let isOn = false
  const onChange = vi.fn()
  const launch = new RememberedLaunch(
    { isOn: () => Promise.resolve(isOn), set: (on) => Promise.resolve(void (isOn = on)) },
    onChange,
  )
  expect(launch.last).toBeNull()
  await launch.isOn()
  await launch.isOn()
  expect(launch.last).toBe(false)
  expect(onChange).toHaveBeenCalledOnce()
  await launch.set(true, true)
  expect(launch.last).toBe(true)
  expect(onChange).toHaveBeenCalledTimes(2)
})
