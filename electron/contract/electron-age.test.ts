import { expect, test } from 'vitest'
import { electronAge, oldElectron } from './electron-age.ts'

test('an older Electron is told of by its age, in months', () => {
  expect(electronAge('33.3.0', '45.4.1')).toBe('about 22 months older than 45.4.1')
  expect(electronAge('42.0.0', '45.4.1')).toBe('about 6 months older than 45.4.1')
})

test('the one that this TokenTray was made with is not old, nor is a newer one', () => {
  expect(electronAge('45.4.1', '45.4.1')).toBe('no older than 45.4.1')
  expect(electronAge('46.0.0', '45.4.1')).toBe('no older than 45.4.1')
})

test('the three newest majors of the day are supported, and nothing older', () => {
  expect(['33.3.0', '42.9.9'].map((running) => oldElectron(running, '45.4.1'))).toEqual([43, 43])
  expect(['43.0.0', '45.4.1', '46.0.0'].map((running) => oldElectron(running, '45.4.1'))).toEqual([
    null,
    null,
    null,
  ])
})
