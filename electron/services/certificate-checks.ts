/** Node reads it at each connection: with "0" it talks to any server that claims to be the broker. */
const SWITCH = 'NODE_TLS_REJECT_UNAUTHORIZED'

/**
 * Takes the variable that turns certificate checks off out of an environment, so that no password or code goes to a
 * server that has not shown who it is.
 * @returns what was taken out, for the programs that the user starts through TokenTray
 */
export function keepCertificateChecks(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const value = env[SWITCH]
  if (value === undefined) return {}
  Reflect.deleteProperty(env, SWITCH)
  return { [SWITCH]: value }
}

/** What to tell the user of variables that `keepCertificateChecks` took out; null when they changed nothing. */
export function certificateNote(
  withheld: Readonly<Record<string, string>>,
): { readonly message: string; readonly next: string } | null {
  if (withheld[SWITCH] !== '0') return null
  return {
    message: `${SWITCH}=0 is set, which turns certificate checks off. TokenTray checks them all the same.`,
    next: 'Take it out of your shell’s settings: other programs of yours send secrets to servers that nobody checks.',
  }
}
