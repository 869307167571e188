import { expect, test } from 'vitest'
import { aboutView, electronWarning, systemKeychainName } from './about.ts'

test('an Electron older than the three that were supported is told to be past its support', () => {
  expect(electronWarning('33.3.0', '45.4.1')).toMatch(
    /^This Electron is past its support .*made with 45\.4\.1, and nothing older than 43 .*not for daily use/,
  )
  expect(electronWarning('33.3.0', '45.4.1')).toContain('about 22 months older')
  expect(electronWarning('42.9.9', '45.4.1')).not.toBe(null)
})

test.each(['43.0.0', '45.0.0', '45.4.1', '46.0.0'])('Electron %s has nothing said against it', (running) => {
  expect(electronWarning(running, '45.4.1')).toBe(null)
})

test('the about view names what it runs on', () => {
  const view = aboutView({
    version: '0.1.0',
    pinnedElectron: '45.4.1',
    versions: { electron: '45.4.1', chrome: '150.0.1.2', node: '24.1.0' },
    platform: 'linux',
    arch: 'x64',
    keychain: systemKeychainName('linux'),
    keychainProblem: null,
    stateFolder: '/home/me/state',
  })
  expect(view).toMatchObject({ system: 'Linux x64', chromium: '150.0.1.2', electronWarning: null })
  expect(view.keychain).toContain('Secret Service')
  expect(systemKeychainName('darwin')).toBe('macOS Keychain')
  expect(systemKeychainName('win32')).toBe('Windows Credential Manager')
})
