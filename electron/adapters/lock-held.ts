import { InputError } from '../core/errors.ts'

/** A lock that is held for a moment, and has not been freed in ten seconds. */
export class LockHeld extends InputError {
  /** @param owner the content of the lock file: the process number, then what makes it unmistakable */
  constructor(file: string, owner: string) {
    const process = Number.parseInt(owner, 10)
    super({
      'lock file': `${file} has been held for ten seconds${Number.isNaN(process) ? '' : ` by process ${process}`}. If that is TokenTray, let it finish or end it, then try again; if not, delete the file`,
    })
  }
}
