import type { Commands } from './terminal/command.ts'

/** Holds every command. Each is loaded when called, so that a script that reads tokens does not wait for the others. */
export const commands: Commands = new Map([
  ['account', async () => (await import('./account/account.ts')).account],
  ['login', async () => (await import('./login/login.ts')).login],
  ['status', async () => (await import('./token/status.ts')).status],
  ['token', async () => (await import('./token/token.ts')).token],
  ['copy', async () => (await import('./copy/copy.ts')).copy],
  ['clear-clipboard', async () => (await import('./copy/clear.ts')).clearClipboard],
  ['exec', async () => (await import('./token/exec.ts')).exec],
  ['totp', async () => (await import('./token/totp.ts')).totp],
  ['logout', async () => (await import('./login/logout.ts')).logout],
  ['history', async () => (await import('./token/history.ts')).history],
  ['doctor', async () => (await import('./doctor/doctor.ts')).doctor],
  ['keychain', async () => (await import('./keychain/keychain.ts')).keychain],
  ['lock', async () => (await import('./lock/lock.ts')).lock],
  ['ca', async () => (await import('./ca/ca.ts')).ca],
  ['schedule', async () => (await import('./schedule/schedule.ts')).schedule],
  ['practice', async () => (await import('./practice/practice.ts')).practice],
  ['open', async () => (await import('./open/open.ts')).open],
  ['watch', async () => (await import('./watch/watch.ts')).watch],
  ['morning', async () => (await import('./practice/demo.ts')).morning],
  ['completion', async () => (await import('./completion/completion.ts')).completionOf(commands)],
])
