import { spawn } from 'node:child_process'
import { runningApp } from '../adapters/machine.ts'
import type { Services } from './services.ts'

/** Has the running tray app show itself. Returns false when none is seen to run. */
export async function showRunningApp({ home }: Pick<Services, 'home'>): Promise<boolean> {
  const app = await runningApp(home.dir)
  if (app === null) return false
  // A second start hands over to the first and ends. Of the first one's flags, a hidden start would show nothing.
  const args = app.args.filter((arg) => arg !== '--hidden' && arg !== '--open')
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: undefined }
  const child = spawn(app.executable, [...args, '--open'], { env, detached: true, stdio: 'ignore' })
  const hasStarted = new Promise<boolean>((resolve) => {
    child.once('spawn', () => resolve(true))
    child.once('error', () => resolve(false))
  })
  child.unref()
  return hasStarted
}
