/** Node reads this variable at each connection, and with "0" trusts any server that claims to be the broker. */
const SWITCH = 'NODE_TLS_REJECT_UNAUTHORIZED'

/** Chromium writes the keys of every TLS connection into the file that this variable names. */
const KEY_LOG = 'SSLKEYLOGFILE'

/**
 * Removes from an environment the variables that disable certificate checks or give away what TLS hides, so that no
 * password or code goes to an unverified server or into a file.
 * @returns the removed variables, for programs that the user starts through TokenTray
 */
export function keepCertificateChecks(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const withheld: Record<string, string> = {}
  for (const name of [SWITCH, KEY_LOG]) {
    const value = env[name]
    if (value === undefined) continue
    withheld[name] = value
    Reflect.deleteProperty(env, name)
  }
  return withheld
}

/** Returns a note on variables that `keepCertificateChecks` has removed; null when they made no difference. */
export function certificateNote(
  withheld: Readonly<Record<string, string>>,
): { readonly message: string; readonly next: string } | null {
  if (withheld[SWITCH] !== '0') return null
  return {
    message: `${SWITCH}=0 is set, which turns certificate checks off. TokenTray checks them all the same.`,
    next: 'Take it out of your shell’s settings: other programs of yours send secrets to servers that nobody checks.',
  }
}
