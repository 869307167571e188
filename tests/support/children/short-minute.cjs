// Preloaded into the command line: shortens one minute, the limit of an unanswered keychain, to three seconds.
const real = globalThis.setTimeout

/** @type {(callback: () => void, ms?: number) => NodeJS.Timeout} */
const quick = (callback, ms) => real(callback, ms === 60_000 ? 3_000 : ms)

globalThis.setTimeout = Object.assign(quick, real)
