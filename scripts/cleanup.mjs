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

/** To be called before a child is started: a signal in between would end us and leave the child. */
export function listenForSignals() {
  if (watching) return
  watching = true
  process.on('exit', finish)
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      const handOver = heir
      heir = undefined
      if (handOver) handOver(signal)
      // process.exit rather than re-raising: only then do the exit handlers run.
      else process.exit(128 + constants.signals[signal])
    })
  }
}

/**
 * The next signal is handed over instead of ending this process; the one after it ends it all the same, so
 * that a child that doesn't listen can't keep us.
 *
 * @param {((signal: NodeJS.Signals) => void) | undefined} handOver
 */
export function handSignalsTo(handOver) {
  listenForSignals()
  heir = handOver
}

/**
 * Promises that `undo` runs once: when the returned function is called, or else when this process ends,
 * by a signal too. It must be synchronous, because nothing asynchronous runs at exit.
 *
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
 * A new folder, for its owner only, that is gone when this process is.
 *
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
