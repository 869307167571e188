import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { pageBackground, useTheme, type NativeTheme } from './theme.ts'

test('a window has its page’s own colour before the page is there', async () => {
  const css = await readFile(path.join(import.meta.dirname, '../../../renderer/shared/tokens.css'), 'utf8')
  const [light, dark] = [...css.matchAll(/--page: (#[\da-f]{6});/g)].map(([, colour]) => colour)
  expect(pageBackground({ shouldUseDarkColors: false })).toBe(light)
  expect(pageBackground({ shouldUseDarkColors: true })).toBe(dark)
  expect(light).not.toBe(dark)
})

test('the theme is set once, when it changes', () => {
  const set: string[] = []
  const native: NativeTheme = {
    get themeSource() {
      return set.at(-1) === 'dark' ? 'dark' : 'system'
    },
    set themeSource(theme) {
      set.push(theme)
    },
    shouldUseDarkColors: false,
  }
  useTheme(native, 'system')
  useTheme(native, 'dark')
  useTheme(native, 'dark')
  useTheme(native, 'system')
  expect(set).toEqual(['dark', 'system'])
})
