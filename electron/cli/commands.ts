import type { Command } from './terminal/command.ts'

/** Each command is loaded when it is called: a script that asks for a token every minute should not wait for all. */
export const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['account', async () => (await import('./account.ts')).account],
  ['login', async () => (await import('./login.ts')).login],
  ['status', async () => (await import('./status.ts')).status],
  ['token', async () => (await import('./token.ts')).token],
  ['exec', async () => (await import('./exec.ts')).exec],
  ['totp', async () => (await import('./totp.ts')).totp],
  ['logout', async () => (await import('./logout.ts')).logout],
  ['history', async () => (await import('./history.ts')).history],
  ['doctor', async () => (await import('./doctor.ts')).doctor],
  ['keychain', async () => (await import('./keychain.ts')).keychain],
  ['ca', async () => (await import('./ca.ts')).ca],
  ['schedule', async () => (await import('./schedule.ts')).schedule],
  ['practice', async () => (await import('./practice.ts')).practice],
  ['watch', async () => (await import('./watch.ts')).watch],
  ['morning', async () => (await import('./morning.ts')).morning],
  ['completion', async () => (await import('./completion.ts')).completion],
])
