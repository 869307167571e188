import { fork } from 'node:child_process'
import type { AskQrReader } from '../core/ports.ts'

/** Starts the reader of QR codes, `script`, in a child process of the same Node. */
export const forkedQrReader =
  (script: string): AskQrReader =>
  (file, signal) =>
    new Promise((resolve, reject) => {
      const child = fork(script, {
        execArgv: [],
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        signal,
        killSignal: 'SIGKILL',
      })
      child.once('message', resolve)
      child.on('error', reject)
      child.once('exit', () => {
        reject(new Error('The reader of QR codes ended without an answer.'))
      })
      child.send(file)
    })
