/**
 * Says how packages are signed.
 * @typedef {{ env: NodeJS.ProcessEnv, args: readonly string[], words: string }} Signing
 */

/** The secrets of the release workflow, and the names by which electron-builder reads them. */
const NAMES = /** @type {const} */ ({
  darwin: {
    MAC_CSC_LINK: 'CSC_LINK',
    MAC_CSC_KEY_PASSWORD: 'CSC_KEY_PASSWORD',
    APPLE_ID: 'APPLE_ID',
    APPLE_APP_SPECIFIC_PASSWORD: 'APPLE_APP_SPECIFIC_PASSWORD',
    APPLE_TEAM_ID: 'APPLE_TEAM_ID',
  },
  win32: { WIN_CSC_LINK: 'WIN_CSC_LINK', WIN_CSC_KEY_PASSWORD: 'WIN_CSC_KEY_PASSWORD' },
})

/**
 * Returns electron-builder's environment and arguments for signing with what is set, or for not signing at all.
 * A secret that is not set is an empty variable in a workflow, which must not count as a certificate.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {Signing}
 */
export function signingOf(platform, env) {
  if (platform !== 'darwin' && platform !== 'win32')
    return { env: {}, args: [], words: 'Packages for Linux are not signed.' }
  const given = Object.entries(NAMES[platform]).flatMap(([from, to]) => (env[from] ? [[to, env[from]]] : []))
  /** @type {NodeJS.ProcessEnv} */
  const set = Object.fromEntries(given)
  if (platform === 'win32') {
    return set['WIN_CSC_LINK']
      ? { env: set, args: [], words: 'Signed.' }
      : { env: {}, args: [], words: 'Unsigned: WIN_CSC_LINK is not set.' }
  }
  if (!set['CSC_LINK']) {
    // An Apple processor runs nothing without a signature. One that names nobody (ad hoc) will do, but under the
    // hardened runtime it would keep the app from loading keytar.
    const args = [
      '--config.mac.identity=-',
      '--config.mac.hardenedRuntime=false',
      '--config.mac.notarize=false',
    ]
    return {
      env: { CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
      args,
      words: 'Unsigned (ad hoc): MAC_CSC_LINK is not set.',
    }
  }
  const notarises = ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'].every((name) => set[name])
  return notarises
    ? { env: set, args: [], words: 'Signed and notarised.' }
    : {
        env: set,
        args: ['--config.mac.notarize=false'],
        words:
          'Signed, not notarised: APPLE_ID, APPLE_APP_SPECIFIC_PASSWORD and APPLE_TEAM_ID are not all set.',
      }
}
