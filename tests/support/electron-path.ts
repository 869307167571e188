/** Returns the Electron of the desktop tests, which scripts/desktop.mjs finds or downloads. */
export function electronPath(): string {
  const electron = process.env['TOKENTRAY_TEST_ELECTRON']
  if (electron === undefined)
    throw new Error('Run these tests with: node scripts/desktop.mjs -- npx vitest …')
  return electron
}
