import path from 'node:path'

/** What all connections of a profile share. */
export interface Network {
  /** The PEM file of certificates that the user trusts beside the system's; null for none. */
  readonly caFile: string | null
  /** Read only to report a proxy that is not used: see `unusedProxy`. */
  readonly env: NodeJS.ProcessEnv
}

/** The network of a profile, whose certificate file has a place. */
export interface ProfileNetwork extends Network {
  readonly caFile: string
}

/** Returns the network of the profile in a state folder. */
export function networkOf(folder: string, env: NodeJS.ProcessEnv): ProfileNetwork {
  return { caFile: path.join(folder, 'trusted-ca.pem'), env }
}
