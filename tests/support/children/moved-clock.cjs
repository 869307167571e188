// Preloaded into the tray app: moves its clock ahead by the amount in the environment, which may change later.
// Timers ignore the change, as after a machine's sleep, until a test ends them.
const systemNow = Date.now.bind(Date)
Date.now = () => systemNow() + Number(process.env['TOKENTRAY_TEST_AHEAD_MS'])

const { setTimeout: start, clearTimeout: stop } = globalThis
/** @type {Map<NodeJS.Timeout | string | number | undefined, { ms: number | undefined, run: () => void }>} */
const waits = new Map()

/** @type {(callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => NodeJS.Timeout} */
const startNoted = (callback, ms, ...args) => {
  const run = () => {
    waits.delete(timer)
    callback(...args)
  }
  const timer = start(run, ms)
  waits.set(timer, { ms, run })
  return timer
}

/** @type {(timer?: NodeJS.Timeout | string | number) => void} */
const stopNoted = (timer) => {
  waits.delete(timer)
  stop(timer)
}

Object.assign(globalThis, {
  setTimeout: Object.assign(startNoted, start),
  clearTimeout: stopNoted,
  /**
   * Ends the waits of exactly that time, as if it had passed.
   * @param {number} wanted in ms
   * @returns {number} how many there were
   */
  endWaits: (wanted) => {
    const ended = [...waits].filter(([, { ms }]) => ms === wanted)
    for (const [timer, { run }] of ended) {
      stop(timer)
      run()
    }
    return ended.length
  },
})
