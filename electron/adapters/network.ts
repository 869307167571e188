import path from 'node:path'

/** What all connections of a profile have in common. */
export interface Network {
  /** The PEM file of what the user trusts beside the system's certificates; null for none. */
  readonly caFile: string | null
  /** Says that a proxy is set in the environment and not used; null when none is. */
  readonly unusedProxy: string | null
}

/** The network of a profile, which has a place for its file. */
export interface ProfileNetwork extends Network {
  readonly caFile: string
}

/** Returns what the state folder and the environment say of the network. */
export function networkOf(folder: string, env: NodeJS.ProcessEnv): ProfileNetwork {
  return { caFile: path.join(folder, 'trusted-ca.pem'), unusedProxy: unusedProxy(env) }
}

const variables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'] as const

/** A sentence without the variable's value, which may hold a password. */
function unusedProxy(env: NodeJS.ProcessEnv): string | null {
  const name = variables.find((variable) => (env[variable] ?? '') !== '')
  if (name === undefined) return null
  return (
    `${name} is set, but TokenTray uses a proxy only where the account has one: ` +
    'enter it in the account’s details, or with “tokentray account edit NAME --proxy URL”.'
  )
}
