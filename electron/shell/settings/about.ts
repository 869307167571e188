import { electronAge, oldElectron } from '../../contract/electron-age.ts'
import type { AboutView } from '../../contract/settings.ts'

export interface AboutFacts {
  readonly version: string
  /** The Electron version that this TokenTray was built with. */
  readonly pinnedElectron: string
  readonly versions: { readonly electron?: string; readonly chrome?: string; readonly node: string }
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly keychain: string
  readonly keychainProblem: string | null
  readonly stateFolder: string
}

export function aboutView(facts: AboutFacts): AboutView {
  const { versions, platform, arch, pinnedElectron } = facts
  const electron = versions.electron ?? 'none'
  return {
    version: facts.version,
    licence: 'MIT',
    electron,
    chromium: versions.chrome ?? 'none',
    node: versions.node,
    system: `${systemNames[platform] ?? platform} ${arch}`,
    electronWarning: electronWarning(electron, pinnedElectron),
    keychain: facts.keychain,
    keychainProblem: facts.keychainProblem,
    stateFolder: facts.stateFolder,
  }
}

const systemNames: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
}

/** Returns the name of the system's keychain. */
export function systemKeychainName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'macOS Keychain'
  if (platform === 'win32') return 'Windows Credential Manager'
  return 'Secret Service (such as GNOME Keyring or KWallet)'
}

/**
 * Returns a warning about an Electron that is past its support; null for none. A warning is always right; its absence
 * promises nothing.
 */
export function electronWarning(running: string, pinned: string): string | null {
  const oldest = oldElectron(running, pinned)
  if (oldest === null) return null
  return (
    `This Electron is past its support and gets no more security repairs: this TokenTray was made with ${pinned}, ` +
    `and nothing older than ${oldest} was supported then. It is ${electronAge(running, pinned)}. Fine for a look, not for daily use with real accounts.`
  )
}
