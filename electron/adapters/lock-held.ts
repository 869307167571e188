import { InputError } from '../core/errors.ts'

/** Reports a brief lock that was not released within ten seconds. */
export class LockHeld extends InputError {
  /** @param owner the content of the lock file, which begins with the process number */
  constructor(file: string, owner: string) {
    const process = Number.parseInt(owner, 10)
    super({
      'lock file': `${file} has been held for ten seconds${Number.isNaN(process) ? '' : ` by process ${process}`}. If that is TokenTray, let it finish or end it, then try again; if not, delete the file`,
    })
  }
}
