import { utilityProcess } from 'electron'
import type { AskQrReader } from '../core/ports.ts'

/** Starts the QR code reader in a utility process, because a packaged app can fork no other. */
export const utilityQrReader =
  (script: string): AskQrReader =>
  (file, signal) =>
    new Promise((resolve, reject) => {
      const child = utilityProcess.fork(script, [], { serviceName: 'TokenTray QR codes', stdio: 'ignore' })
      const end = (): void => {
        // Not `child.kill()`, because its SIGTERM does not stop a busy reader.
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
      }
      child.once('message', resolve)
      child.once('exit', () => {
        signal.removeEventListener('abort', end)
        reject(new Error('The reader of QR codes ended without an answer.'))
      })
      child.once('spawn', () => {
        if (signal.aborted) end()
      })
      signal.addEventListener('abort', end)
      child.postMessage(file)
    })
