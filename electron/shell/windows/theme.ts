import type { Theme } from '../../contract/settings.ts'

/** The part of Electron's `nativeTheme` that is used. */
export interface NativeTheme {
  themeSource: Theme
  readonly shouldUseDarkColors: boolean
}

/** The pages' own `--page` (renderer/shared/tokens.css): what a window shows before its page does. */
export const pageBackgrounds = { light: '#f4f5f7', dark: '#191b1f' } as const

/** What a window of now has to be filled with, so that it doesn't flash white before its page is there. */
export const pageBackground = ({ shouldUseDarkColors }: Pick<NativeTheme, 'shouldUseDarkColors'>): string =>
  shouldUseDarkColors ? pageBackgrounds.dark : pageBackgrounds.light

/** Follows the system, or the user where the user has chosen. */
export function useTheme(native: NativeTheme, theme: Theme): void {
  // Setting it makes every page work out its colours anew.
  if (native.themeSource !== theme) native.themeSource = theme
}
