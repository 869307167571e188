import type { SignIn } from '../../core/login/assisted.ts'
import type { Io } from '../terminal/terminal.ts'

/** Prompts the user to sign in in a browser, and to paste the address at the end. */
export const signInAsker =
  (name: string, io: Io): SignIn =>
  async ({ address, isEnd }, signal) => {
    io.stderr(`Sign in to ${name} at this address, in any browser:`)
    io.stderr(`  ${address.href}`)
    io.stderr(
      'At the end the browser shows an error or a page of yours. Copy its whole address: it soon runs out.',
    )
    for (;;) {
      const typed = (await io.ask('Address at the end: ', signal)).trim()
      if (URL.canParse(typed)) {
        const end = new URL(typed)
        if (isEnd(end)) return end
      }
      io.stderr(
        'This is not where the sign-in ends. That address carries what the broker hands out, behind a “?”.',
      )
    }
  }
