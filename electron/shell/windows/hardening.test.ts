import { beforeEach, expect, test, vi } from 'vitest'
import { hardenAll } from './hardening.ts'

const app = vi.hoisted(() => ({
  isPackaged: true,
  on: vi.fn(),
  enableSandbox: vi.fn(),
  commandLine: { appendSwitch: vi.fn(), hasSwitch: vi.fn<(name: string) => boolean>() },
}))
vi.mock('electron', () => ({ app }))

beforeEach(() => {
  vi.clearAllMocks()
})

test('every window gets Chromium’s sandbox, whatever it asks for', () => {
  app.commandLine.hasSwitch.mockReturnValue(false)
  hardenAll()
  expect(app.enableSandbox).toHaveBeenCalledOnce()
})

test('root, who had to turn the sandbox off, can start all the same', () => {
  app.commandLine.hasSwitch.mockImplementation((name) => name === 'no-sandbox')
  hardenAll()
  expect(app.enableSandbox).not.toHaveBeenCalled()
})
