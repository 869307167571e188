// Refused versions of Node must be able to read this file, so it has no imports and no syntax newer than ES
// modules.

const LEAST = { major: 20, minor: 19 }

/**
 * Tells whether a version of Node is supported.
 * @param {string} version as in process.versions.node
 * @returns {boolean}
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > LEAST.major || (major === LEAST.major && minor >= LEAST.minor)
}

/** Ends the process with a sentence if this Node is too old. */
export function refuseOldNode() {
  if (isNewEnough(process.versions.node)) return
  const needed = `${LEAST.major}.${LEAST.minor}`
  console.error(
    `TokenTray needs Node ${needed} or newer; this is ${process.versions.node}. See https://nodejs.org`,
  )
  process.exit(1)
}
