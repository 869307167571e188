/**
 * Who TokenTray is to Windows, which puts the name of the Start menu's entry with this ID on our notifications
 * (https://learn.microsoft.com/en-us/windows/win32/shell/appids). The installer makes that entry.
 */
export const APP_ID = 'in.tokentray.app'
