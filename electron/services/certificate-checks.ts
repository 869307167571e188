/** Node reads this variable at each connection, and with "0" trusts any server that claims to be the broker. */
const SWITCH = 'NODE_TLS_REJECT_UNAUTHORIZED'

/**
 * Removes from an environment the variable that disables certificate checks, so that no password or code goes to an
 * unverified server.
 * @returns the removed variables, for programs that the user starts through TokenTray
 */
export function keepCertificateChecks(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const value = env[SWITCH]
  if (value === undefined) return {}
  Reflect.deleteProperty(env, SWITCH)
  return { [SWITCH]: value }
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
