import type { Session } from 'electron'

/** Refuses the pages of a session everything a page may ask of a computer, and downloads. */
export function closeDoors(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  // The session of a partition is the same one each time it is asked for.
  session.removeAllListeners('will-download')
  session.on('will-download', (event) => {
    event.preventDefault()
  })
}
