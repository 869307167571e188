import { LoginError } from '../../core/errors.ts'
import { clockWarning } from '../../core/totp/clock-warning.ts'
import { exitCodeOf, exitCodes } from '../terminal/exit-codes.ts'
import type { ClockFacts } from './clock.ts'
import type { Finding, FolderFacts } from '../../services/finding.ts'
import type { HostCheck } from '../../services/hosts.ts'

export interface Examined {
  readonly folder: FolderFacts
  readonly keychain: LoginError | null
  readonly clock: ClockFacts
  readonly hosts: readonly HostCheck[]
  /** A setting of the environment that TokenTray ignores. */
  readonly environment: Pick<Finding, 'message' | 'next'> | null
}

/** Lists what is wrong, in the order of repair, because nothing works without a keychain. */
export function findings({ folder, keychain, clock, hosts, environment }: Examined): Finding[] {
  const unreached = hosts.flatMap(({ problem }) => problem ?? [])
  const found: Finding[] = [
    ...(folder.finding === null ? [] : [folder.finding]),
    ...[keychain, clockProblem(clock), ...unreached].flatMap((problem) => problem ?? []).map(toFinding),
    ...(environment === null ? [] : [{ kind: 'environment' as const, ...environment }]),
  ]
  // Removes duplicates, because accounts of one broker share their hosts' problems.
  return found.filter(({ message }, index) => found.findIndex((other) => other.message === message) === index)
}

/** Returns the exit code of the first finding; 0 without one. */
export function exitCodeFor([first]: readonly Finding[]): number {
  if (first === undefined) return exitCodes.ok
  return first.kind === 'state-folder' || first.kind === 'environment'
    ? exitCodes.usage
    : exitCodeOf[first.kind]
}

const toFinding = ({ kind, message, next }: LoginError): Finding => ({ kind, message, next })

/** Ignores an old offset, and any offset while the system follows network time. */
function clockProblem({ measured, synchronised }: ClockFacts): LoginError | null {
  if (measured === null || !measured.isRecent || synchronised === true) return null
  const warning = clockWarning(measured.offsetMs)
  return warning === null ? null : new LoginError('clock-skew', { message: warning })
}
