/**
 * Identifies TokenTray to Windows, which shows the name of the Start menu entry with this ID on our notifications
 * (https://learn.microsoft.com/en-us/windows/win32/shell/appids). The installer creates that entry.
 */
export const APP_ID = 'in.tokentray.app'
