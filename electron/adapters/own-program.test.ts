import { expect, test } from 'vitest'
import { ownProgram, type OwnProgramFacts } from './own-program.ts'

const checkout: OwnProgramFacts = {
  env: {},
  execPath: '/cache/electron',
  isPackaged: false,
  appPath: '/home/me/tokentray',
  withoutSandbox: false,
}
const packaged = { ...checkout, execPath: '/opt/TokenTray/tokentray', isPackaged: true }
const image = {
  ...packaged,
  env: { APPIMAGE: '/home/me/TokenTray.AppImage', APPDIR: '/tmp/.mount_Tokenab' },
  execPath: '/tmp/.mount_Tokenab/tokentray',
}

test('a checkout is started by its Electron', () => {
  expect(ownProgram(checkout)).toEqual(['/cache/electron', '/home/me/tokentray'])
  expect(ownProgram({ ...checkout, withoutSandbox: true })).toEqual([
    '/cache/electron',
    '--no-sandbox',
    '/home/me/tokentray',
  ])
})

test('a packaged one starts itself', () => {
  expect(ownProgram(packaged)).toEqual(['/opt/TokenTray/tokentray'])
})

test('an AppImage is started as the file that it is, not as where it is unpacked for now', () => {
  expect(ownProgram(image)).toEqual(['/home/me/TokenTray.AppImage'])
})

test('the AppImage of an editor that we were started from is none of ours', () => {
  expect(ownProgram({ ...packaged, env: image.env })).toEqual(['/opt/TokenTray/tokentray'])
  expect(ownProgram({ ...checkout, env: image.env })).toEqual(['/cache/electron', '/home/me/tokentray'])
})
