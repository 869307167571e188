import { mkdtempSync, rmSync } from 'node:fs'
import { constants } from 'node:os'

/** @type {Set<() => void>} */
const pending = new Set()
let watching = false
/** @type {((signal: NodeJS.Signals) => void) | undefined} */
let heir

function finish() {
  for (const undo of [...pending].reverse()) undo()
  pending.clear()
}

/**
 * Handles signals from now on. Call it before starting a child, because a signal in between would leave the
 * child.
 */
export function listenForSignals() {
  if (watching) return
  watching = true
  process.on('exit', finish)
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      const handOver = heir
      heir = undefined
      if (handOver) handOver(signal)
      // Uses process.exit instead of raising the signal again, because only then do the exit handlers run.
      else process.exit(128 + constants.signals[signal])
    })
  }
}

/**
 * Passes the next signal on instead of ending this process.
 * The signal after it ends this process, so that a child that ignores signals cannot keep it alive.
 * @param {((signal: NodeJS.Signals) => void) | undefined} handOver
 */
export function handSignalsTo(handOver) {
  listenForSignals()
  heir = handOver
}

/**
 * Promises that `undo` runs once: when the returned function is called, or else when this process ends,
 * by a signal too. `undo` must be synchronous, because nothing asynchronous runs at exit.
 * @param {() => void} undo
 * @returns {() => void}
 */
export function atEnd(undo) {
  listenForSignals()
  pending.add(undo)
  return () => {
    if (pending.delete(undo)) undo()
  }
}

/**
 * Creates a folder that only its owner can read, and that disappears with this process.
 * @param {string} prefix
 * @returns {{ path: string, remove: () => void }}
 */
export function temporaryFolder(prefix) {
  const path = mkdtempSync(prefix)
  const remove = atEnd(() => {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  })
  return { path, remove }
}
