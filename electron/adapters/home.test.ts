import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findHome } from './home.ts'

describe('the profile', () => {
  test('is the user’s own unless it is moved', () => {
    for (const env of [{}, { TOKENTRAY_HOME: '' }, { HOME: '/elsewhere' }]) {
      const { dir, keychainService } = findHome(env)
      expect(path.isAbsolute(dir)).toBe(true)
      // Windows' has a folder of its own for data within that of the program.
      const own = process.platform === 'win32' ? path.dirname(dir) : dir
      expect(path.basename(own).toLowerCase()).toContain('tokentray')
      expect(keychainService).toBe('TokenTray')
    }
  })

  test('moves with its keychain service, so that the real one is never touched', () => {
    const moved = findHome({ TOKENTRAY_HOME: '/some/where' })
    expect(moved.dir).toBe(path.resolve('/some/where'))
    expect(moved.keychainService).not.toBe('TokenTray')
    expect(moved.keychainService).toContain(path.resolve('/some/where'))
    const other = findHome({ TOKENTRAY_HOME: '/some/where/else' })
    expect(other.keychainService).not.toBe(moved.keychainService)
  })

  test('is one and the same however its folder is written', () => {
    const absolute = findHome({ TOKENTRAY_HOME: path.resolve('profile') })
    expect(findHome({ TOKENTRAY_HOME: 'profile' })).toEqual(absolute)
    expect(findHome({ TOKENTRAY_HOME: './x/../profile/' })).toEqual(absolute)
  })
})
