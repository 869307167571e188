import { devDependencies, version } from '../../../package.json'
import { hasSessionBus } from '../../adapters/bus-property.ts'
import { certificateNote } from '../../adapters/certificate-checks.ts'
import { readTrusted, type TrustedCertificate } from '../../adapters/ca-file.ts'
import { unusedProxy } from '../../adapters/connection-errors.ts'
import type { KeychainKind } from '../../adapters/chosen-keychain.ts'
import {
  findElectron,
  isClockSynchronised,
  runningElectron,
  systemName,
  type ElectronFound,
} from '../../adapters/machine.ts'
import { findTrayHost } from '../../adapters/tray-host.ts'
import type { Services } from '../../services/services.ts'
import { electronAge } from '../../contract/electron-age.ts'
import type { Account } from '../../core/state/account.ts'
import { LoginError } from '../../core/errors.ts'
import { addressWords } from '../../core/login/addresses.ts'
import { accountDiagnostics } from '../../core/login/diagnostics.ts'
import type { HistoryEvent } from '../../core/state/history.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { clockFacts, clockLine } from './clock.ts'
import { displayFacts, displayLine, trayLine } from './display.ts'
import { exitCodeFor, findings, type Examined, type Finding } from './findings.ts'
import { checkHosts, hostLine } from './hosts.ts'
import { keychainAdvice } from './keychain-advice.ts'
import { examineFolder, privacyWords, UnusableFolder } from '../../services/state-folder.ts'
import type { Io } from '../terminal/terminal.ts'
import { noticeIfSlow } from '../terminal/slow-notice.ts'
import { addressReport, problemLines } from '../terminal/messages.ts'

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
      (name) => services.accounts.open(name).account,
    )
    const report = await noticeIfSlow(services, io, EXAMINING, examine(services, io, accounts))
    if (values.json) io.stdout(JSON.stringify(asJson(report), null, 2))
    else for (const line of asText(report)) io.stdout(line)
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
  readonly trusted: readonly TrustedCertificate[]
  readonly electronRunning: string | null
}

async function examine(services: Services, io: Io, accounts: readonly Account[]): Promise<Report> {
  const { chosenKeychain, clock, history, home } = services
  // Before the hosts: a proxy's password comes out of it, and a locked one should be asked once.
  const keychain = await keychainProblem(services)
  const [folder, hosts, synchronised, trayHost, electron, electronRunning, keychainKind, events, trusted] =
    await Promise.all([
      examineFolder(home.dir),
      checkHosts(services, accounts, io.signal),
      isClockSynchronised(),
      findTrayHost(io.env),
      findElectron(),
      runningElectron(home.dir),
      chosenKeychain.kind(),
      history.read(),
      readTrusted(services.network.caFile),
    ])
  const examined = {
    ...{ folder, keychain, hosts, clock: clockFacts(accounts, synchronised, clock.now()) },
    environment: certificateNote(io.withheld),
  }
  const found = findings(examined)
  const advice = keychainAdvice(keychain, keychainKind, hasSessionBus(io.env))
  const display = displayFacts(io.env)
  const facts = {
    accounts,
    events,
    keychainKind,
    advice,
    display,
    trayHost,
    electron,
    electronRunning,
    trusted,
  }
  return { ...examined, ...facts, services, found }
}

const system = `${process.platform} ${process.arch}, Node ${process.versions.node}`
const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

function asText(report: Report): string[] {
  const { accounts, advice, clock, display, electron, events, folder, found, hosts, keychain, services } =
    report
  const proxy = unusedProxy(services.network.env)
  const sealed = report.keychainKind === 'sealed-file' ? ' (a sealed file)' : ''
  return [
    firstLine(report),
    ...found.slice(1).map(({ message, next }) => `Then: ${message} ${next}`),
    `TokenTray ${version} on ${system}, ${systemName()}, ${electronWords(electron)}`,
    ...electronLines(report.electronRunning),
    `Keychain: ${keychain === null ? `ok${sealed}` : problemLines(keychain).join('\n  ')}`,
    ...advice.map((line) => `  ${line}`),
    `Clock: ${clockLine(clock)}`,
    `Time zone: ${timeZone()}`,
    `Display: ${displayLine(display)}`,
    `Tray: ${trayLine(report.trayHost)}`,
    `Certificates: ${certificateLine(report.trusted)}`,
    ...(proxy === null ? [] : [`Proxy: ${proxy}`]),
    `State folder: ${folder.path}${privacyWords(folder)}`,
    ...accounts.flatMap((account) => [
      ...accountDiagnostics(
        account,
        report.services.tokens.freshness(account.name),
        events.filter((event) => event.account === account.name),
      ),
      ...hosts.filter((check) => check.account === account.name).map((check) => `  ${hostLine(check)}`),
      ...addressLines(report.services, account).map((line) => `  ${line}`),
    ]),
  ]
}

/** What the broker said at the last login that asked it: the doctor itself sends nothing. */
function addressLines({ accounts }: Services, { name, addresses }: Account): string[] {
  if (addresses === undefined) return []
  const on = `${new Date(addresses.at).toISOString()}:`
  return addressWords(accounts.open(name).broker.name, addresses).map((words) => `${on} ${words}`)
}

const certificateLine = (trusted: readonly TrustedCertificate[]): string =>
  trusted.length === 0
    ? 'the system’s'
    : `the system’s, and for this profile: ${trusted.map(({ name }) => name).join('; ')}`

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

const electronLines = (running: string | null): string[] =>
  running === null
    ? []
    : [`Running: the tray app, in Electron ${running}, ${electronAge(running, devDependencies.electron)}`]

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
      electron_running: report.electronRunning,
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
    network: {
      unused_proxy: unusedProxy(report.services.network.env),
      trusted_certificates: report.trusted.map(({ name, fingerprint }) => ({ name, fingerprint })),
    },
    state_folder: { path: folder.path, mode: folder.mode, others_may: folder.othersMay },
    accounts: accounts.map((account) => ({
      name: account.name,
      broker: account.brokerId,
      freshness: report.services.tokens.freshness(account.name),
      attempts_spent: account.spent,
      attempts_left: account.attemptsLeft,
      pause_until: account.coolDownUntil,
      problem: account.problem && { kind: account.problem.kind, message: account.problem.message },
      addresses: addressReport(account),
      hosts: hosts
        .filter((check) => check.account === account.name)
        .map(({ host, proxy, ms, family, problem }) => ({
          ...{ host, proxy, reached: problem === null, ms, family },
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
  if (json) io.stdout(JSON.stringify({ version, system, ok: false, findings: [finding] }, null, 2))
  else {
    io.stdout(`First of all: ${finding.message} ${finding.next}`)
    io.stdout(`TokenTray ${version} on ${system}`)
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
