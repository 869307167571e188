import { version } from '../../package.json'
import type { KeychainKind } from '../adapters/chosen-keychain.ts'
import { findElectron, isClockSynchronised, systemName, type ElectronFound } from '../adapters/machine.ts'
import { findTrayHost, hasSessionBus } from '../adapters/tray-host.ts'
import type { Services } from '../compose.ts'
import type { Account } from '../core/accounts/account.ts'
import { LoginError } from '../core/errors.ts'
import { accountDiagnostics } from '../core/login/diagnostics.ts'
import type { HistoryEvent } from '../core/tokens/history.ts'
import { readArgs, type Command } from './command.ts'
import { clockFacts, clockLine } from './doctor/clock.ts'
import { displayFacts, displayLine, trayLine } from './doctor/display.ts'
import { exitCodeFor, findings, type Examined, type Finding } from './doctor/findings.ts'
import { checkHosts, hostLine } from './doctor/hosts.ts'
import { keychainAdvice } from './doctor/keychain-advice.ts'
import { examineFolder, privacyWords, UnusableFolder } from './doctor/state-folder.ts'
import type { Io } from './io.ts'
import { noteIfSlow } from './patience.ts'
import { problemLines } from './words.ts'

const options = {
  json: { type: 'boolean', default: false, help: 'One JSON object; see docs/doctor.md.' },
} as const

export const doctor: Command = {
  usage: 'doctor [NAME …] [--json]',
  summary:
    'What is wrong and what to do first: keychain, clock, display, tray, ways to the brokers; no secrets\n' +
    'Also what to show somebody who helps you: versions, and what each account’s last login did.',
  options,
  takes: 'account',
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(args, options, { min: 0, max: Infinity })
    const services = await openOrWhyNot(open)
    if ('kind' in services) return reportNoState(services, io, values.json)
    const all = services.accounts.list.map(({ name }) => name)
    const accounts = (positionals.length > 0 ? positionals : all).map(
      (name) => services.accounts.get(name).account,
    )
    const report = await noteIfSlow(services, io, EXAMINING, examine(services, io, accounts))
    if (values.json) io.print(JSON.stringify(asJson(report), null, 2))
    else for (const line of asText(report)) io.print(line)
    return exitCodeFor(report.found)
  },
}

const EXAMINING = 'Trying the keychain and the ways to the brokers'

interface Report extends Examined {
  readonly services: Services
  readonly found: readonly Finding[]
  readonly accounts: readonly Account[]
  readonly events: readonly HistoryEvent[]
  readonly keychainKind: KeychainKind
  readonly advice: readonly string[]
  readonly display: ReturnType<typeof displayFacts>
  readonly trayHost: boolean | null
  readonly electron: ElectronFound | null
}

async function examine(services: Services, io: Io, accounts: readonly Account[]): Promise<Report> {
  const { chosenKeychain, clock, history, home } = services
  // Before the hosts: a proxy's password comes out of it, and a locked one should be asked once.
  const keychain = await keychainProblem(services)
  const [folder, hosts, synchronised, trayHost, electron, keychainKind, events] = await Promise.all([
    examineFolder(home.dir),
    checkHosts(services, accounts, io.signal),
    isClockSynchronised(),
    findTrayHost(io.env),
    findElectron(),
    chosenKeychain.kind(),
    history.read(),
  ])
  const examined = { folder, keychain, hosts, clock: clockFacts(accounts, synchronised, clock.now()) }
  const found = findings(examined)
  const advice = keychainAdvice(keychain, keychainKind, hasSessionBus(io.env))
  const display = displayFacts(io.env)
  return { ...examined, services, found, accounts, events, keychainKind, advice, display, trayHost, electron }
}

const system = `${process.platform} ${process.arch}, Node ${process.versions.node}`
const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

function asText(report: Report): string[] {
  const { accounts, advice, clock, display, electron, events, folder, found, hosts, keychain } = report
  const sealed = report.keychainKind === 'sealed-file' ? ' (a sealed file)' : ''
  return [
    firstLine(report),
    ...found.slice(1).map(({ message, next }) => `Then: ${message} ${next}`),
    `TokenTray ${version} on ${system}, ${systemName()}, ${electronWords(electron)}`,
    `Keychain: ${keychain === null ? `ok${sealed}` : problemLines(keychain).join('\n  ')}`,
    ...advice.map((line) => `  ${line}`),
    `Clock: ${clockLine(clock)}`,
    `Time zone: ${timeZone()}`,
    `Display: ${displayLine(display)}`,
    `Tray: ${trayLine(report.trayHost)}`,
    `State folder: ${folder.path}${privacyWords(folder)}`,
    ...accounts.flatMap((account) => [
      ...accountDiagnostics(
        account,
        report.services.tokens.freshness(account.name),
        events.filter((event) => event.account === account.name),
      ),
      ...hosts.filter((check) => check.account === account.name).map((check) => `  ${hostLine(check)}`),
    ]),
  ]
}

function firstLine({ accounts, found: [first] }: Report): string {
  if (first !== undefined) return `First of all: ${first.message} ${first.next}`
  const stuck = accounts.filter(({ problem }) => problem !== null && problem.kind !== 'cancelled')
  if (stuck.length === 0) return 'All is well.'
  return `All is well on this computer. See below about ${stuck.map(({ name }) => name).join(', ')}.`
}

const electronWords = (electron: ElectronFound | null): string =>
  electron === null
    ? 'no Electron beside it'
    : `Electron ${electron.version}${electron.unpacked ? '' : ' (not fetched yet)'}`

function asJson(report: Report): object {
  const { accounts, clock, display, electron, events, folder, found, hosts, keychain } = report
  return {
    version,
    system,
    ok: found.length === 0,
    findings: found,
    versions: {
      tokentray: version,
      node: process.versions.node,
      electron: electron?.version ?? null,
      system: systemName(),
    },
    keychain: keychain === null ? 'ok' : keychain.kind,
    keychain_kind: report.keychainKind,
    keychain_advice: report.advice,
    clock: {
      offset_ms: clock.measured?.offsetMs ?? null,
      measured_at: clock.measured === null ? null : new Date(clock.measured.at).toISOString(),
      synchronised: clock.synchronised,
    },
    time_zone: timeZone(),
    display,
    tray_host: report.trayHost,
    state_folder: { path: folder.path, mode: folder.mode, others_may: folder.othersMay },
    accounts: accounts.map((account) => ({
      name: account.name,
      broker: account.brokerId,
      freshness: report.services.tokens.freshness(account.name),
      attempts_spent: account.spent,
      attempts_left: account.attemptsLeft,
      pause_until: account.coolDownUntil,
      problem: account.problem && { kind: account.problem.kind, message: account.problem.message },
      hosts: hosts
        .filter((check) => check.account === account.name)
        .map(({ host, proxy, ms, problem }) => ({
          ...{ host, proxy, reached: problem === null, ms },
          problem: problem && { kind: problem.kind, message: problem.message, next: problem.next },
        })),
      last_login: account.trace,
      history: events.filter((event) => event.account === account.name),
    })),
  }
}

/** Where the state can't even be opened, that is what is wrong. */
async function openOrWhyNot(open: () => Promise<Services>): Promise<Services | Finding> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof UnusableFolder) return error.finding
    throw error
  }
}

function reportNoState(finding: Finding, io: Io, json: boolean): number {
  if (json) io.print(JSON.stringify({ version, system, ok: false, findings: [finding] }, null, 2))
  else {
    io.print(`First of all: ${finding.message} ${finding.next}`)
    io.print(`TokenTray ${version} on ${system}`)
  }
  return exitCodeFor([finding])
}

async function keychainProblem({ keychain }: Services): Promise<LoginError | null> {
  try {
    await keychain.check()
    return null
  } catch (error) {
    if (error instanceof LoginError && error.kind !== 'cancelled') return error
    throw error
  }
}
