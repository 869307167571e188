import path from 'node:path'

/** What all connections of a profile have in common. */
export interface Network {
  /** The PEM file of what the user trusts beside the system's certificates; null for none. */
  readonly caFile: string | null
  /** Only for telling that it names a proxy, which is not used: see `unusedProxy`. */
  readonly env: NodeJS.ProcessEnv
}

/** The network of a profile, which has a place for its file. */
export interface ProfileNetwork extends Network {
  readonly caFile: string
}

/** Returns what the state folder and the environment say of the network. */
export function networkOf(folder: string, env: NodeJS.ProcessEnv): ProfileNetwork {
  return { caFile: path.join(folder, 'trusted-ca.pem'), env }
}
