import { errorCode, LoginError } from '../core/errors.ts'
import type { LockHeld } from './lock-held.ts'

/** The name of the systemd credential that holds the passphrase: systemd.exec(5), `LoadCredential=`. */
export const CREDENTIAL = 'tokentray-passphrase'

/** Reports that the passphrase is given nowhere and no person can be prompted for it. */
export function noPassphrase(): LoginError {
  return new LoginError('keychain-locked', {
    message: 'The sealed keychain is locked, and there is nobody to ask for its passphrase.',
    next:
      `Run the command on a terminal, or give the passphrase with --passphrase-fd N, or as the systemd credential ` +
      `“${CREDENTIAL}”. The tray app takes it from that credential alone.`,
  })
}

/** Reports a passphrase that does not open the file. */
export function wrongPassphrase(): LoginError {
  return new LoginError('keychain-locked', {
    message: 'This passphrase does not open the sealed keychain.',
    next: 'Try again with the right one. Nobody can look it up or reset it.',
  })
}

/** Reports a change of passphrase to a process that had opened the keychain before. */
export function passphraseChanged(): LoginError {
  return new LoginError('keychain-locked', {
    message: 'The passphrase of the sealed keychain was changed since it was opened here.',
    next: 'Start TokenTray again, with the new passphrase.',
  })
}

/** Reports a file that was changed or cut. */
export function damaged(file: string): LoginError {
  return new LoginError('keychain-missing', {
    message: `The sealed keychain is damaged: ${file} is not as TokenTray wrote it.`,
    next:
      'Put a copy of it back from a backup. Without one, move it away, run “tokentray keychain init --sealed-file” ' +
      'and enter your secrets again.',
  })
}

/** Reports a file in the format of a later version. */
export function writtenByNewer(file: string): LoginError {
  return new LoginError('keychain-missing', {
    message: `The sealed keychain ${file} was written by a newer TokenTray.`,
    next: 'Use that version or a later one.',
  })
}

/** Reports that another process holds the lock, perhaps while it waits for a passphrase. */
export function inUse(cause: LockHeld): LoginError {
  return new LoginError('keychain-locked', {
    message: `The sealed keychain is in use: ${cause.message}.`,
    next: 'Finish or end that command, then try again.',
    cause,
  })
}

/** Reports that the file can't be read or written. */
export function unusable(file: string, cause: unknown): LoginError {
  const code = errorCode(cause)
  return new LoginError('keychain-missing', {
    message: `The sealed keychain ${file} can’t be used${code === null ? '' : ` (${code})`}.`,
    next: 'See that the file and its folder are yours, that the disk has room and the computer 128 MB of free memory.',
    cause,
  })
}
