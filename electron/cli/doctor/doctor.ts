import { devDependencies, version } from '../../../package.json'
import { certificateNote } from '../../services/certificate-checks.ts'
import type { TrustedCertificate } from '../../services/certificates.ts'
import { examineComputer, type ComputerFacts } from '../../services/computer.ts'
import type { Finding } from '../../services/finding.ts'
import { checkHosts } from '../../services/hosts.ts'
import type { Services } from '../../services/services.ts'
import { electronAge } from '../../contract/electron-age.ts'
import { istMoment } from '../../contract/words.ts'
import type { Account } from '../../core/state/account.ts'
import { LoginError } from '../../core/errors.ts'
import { addressWords } from '../../core/login/addresses.ts'
import { accountDiagnostics } from '../../core/login/diagnostics.ts'
import type { HistoryEvent } from '../../core/state/history.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { clockFacts, clockLine } from './clock.ts'
import { displayFacts, displayLine, trayLine } from './display.ts'
import { exitCodeFor, findings, type Examined } from './findings.ts'
import { hostLine } from './hosts.ts'
import { keychainAdvice } from './keychain-advice.ts'
import { marked, plainLines, type Line } from './line.ts'
import { privacyWords, UnusableFolder } from '../../services/state-folder.ts'
import type { Io } from '../terminal/terminal.ts'
import { noticeIfSlow } from '../terminal/slow-notice.ts'
import { addressReport, problemLines } from '../terminal/messages.ts'

const options = {
  json: { type: 'boolean', default: false, help: 'One JSON object; see docs/doctor.md.' },
} as const

export const doctor: Command = {
  usage: 'doctor [NAME …] [--json]',
  summary:
    'Find what is wrong and what to do first: keychain, clock, display, tray, ways to the brokers; no secrets\n' +
    'It also shows what a helper needs: versions, and what each account’s last login did.',
  options,
  takes: 'account',
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(args, options, { min: 0, max: Infinity })
    const services = await openOrFinding(open)
    if ('kind' in services) return reportNoState(services, io, values.json)
    const all = services.accounts.list.map(({ name }) => name)
    const accounts = (positionals.length > 0 ? positionals : all).map(
      (name) => services.accounts.open(name).account,
    )
    const report = await noticeIfSlow(services, io, EXAMINING, examine(services, io, accounts))
    if (values.json) io.stdout(JSON.stringify(asJson(report), null, 2))
    else for (const line of asText(report)) io.stdout(marked(line, io))
    return exitCodeFor(report.found)
  },
}

const EXAMINING = 'Trying the keychain and the ways to the brokers'

interface Report extends Examined {
  readonly services: Services
  readonly found: readonly Finding[]
  readonly accounts: readonly Account[]
  readonly events: readonly HistoryEvent[]
  readonly advice: readonly string[]
  readonly display: ReturnType<typeof displayFacts>
  readonly computer: ComputerFacts
}

async function examine(services: Services, io: Io, accounts: readonly Account[]): Promise<Report> {
  const { clock, history } = services
  // Checked before the hosts, whose proxies keep their passwords in it, so that a locked keychain prompts once.
  const keychain = await keychainProblem(services)
  const [computer, hosts, events] = await Promise.all([
    examineComputer(services, io.env),
    checkHosts(services, accounts, io.signal),
    history.read(),
  ])
  const examined = {
    ...{ folder: computer.folder, keychain, hosts },
    clock: clockFacts(accounts, computer.isClockSynchronised, clock.now()),
    environment: certificateNote(io.withheld),
  }
  const advice = keychainAdvice(keychain, computer.keychainKind, computer.hasSessionBus)
  const found = findings(examined)
  return { ...examined, accounts, events, advice, display: displayFacts(io.env), computer, services, found }
}

const system = `${process.platform} ${process.arch}, Node ${process.versions.node}`
const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

function asText(report: Report): Line[] {
  const { accounts, advice, clock, computer, display, events, folder, found, hosts, keychain, services } =
    report
  const { electron, electronRunning, keychainKind, trayHost, trusted, unusedProxy } = computer
  const sealed = keychainKind === 'sealed-file' ? ' (a sealed file)' : ''
  return [
    { text: firstLine(report), isWell: found.length === 0 },
    ...found.slice(1).map(({ message, next }) => ({ text: `Then: ${message} ${next}`, isWell: false })),
    ...plainLines([
      `TokenTray ${version} on ${system}, ${computer.system}, ${electronWords(electron)}`,
      ...electronLines(electronRunning),
    ]),
    {
      text: `Keychain: ${keychain === null ? `ok${sealed}` : problemLines(keychain).join('\n  ')}`,
      isWell: keychain === null,
    },
    ...plainLines(advice.map((line) => `  ${line}`)),
    { text: `Clock: ${clockLine(clock)}`, isWell: !found.some(({ kind }) => kind === 'clock-skew') },
    ...plainLines([
      `Time zone: ${timeZone()}`,
      `Display: ${displayLine(display)}`,
      `Tray: ${trayLine(trayHost)}`,
      `Certificates: ${certificateLine(trusted)}`,
      ...(unusedProxy === null ? [] : [`Proxy: ${unusedProxy}`]),
      `State folder: ${folder.path}${privacyWords(folder)}`,
    ]),
    ...accounts.flatMap((account) => [
      ...plainLines(
        accountDiagnostics(
          account,
          services.tokens.freshness(account.name),
          events.filter((event) => event.account === account.name),
        ),
      ),
      ...hosts.filter((check) => check.account === account.name).map(hostLine),
      ...plainLines(addressLines(services, account).map((line) => `  ${line}`)),
    ]),
  ]
}

/** Returns what the broker said about addresses at the last login; the doctor itself sends nothing. */
function addressLines({ accounts }: Services, { name, addresses }: Account): string[] {
  if (addresses === undefined) return []
  const on = `${istMoment(addresses.at)}:`
  return addressWords(accounts.open(name).broker.name, addresses).map((words) => `${on} ${words}`)
}

const certificateLine = (trusted: readonly TrustedCertificate[]): string =>
  trusted.length === 0
    ? 'the system’s'
    : `the system’s, and for this profile: ${trusted.map(({ name }) => name).join('; ')}`

const firstOfAll = ({ message, next }: Finding): string => `First of all: ${message} ${next}`

function firstLine({ accounts, found: [first] }: Report): string {
  if (first !== undefined) return firstOfAll(first)
  const stuck = accounts.filter(({ problem }) => problem !== null && problem.kind !== 'cancelled')
  if (accounts.length === 0) return 'All is well on this computer. There is no account yet.'
  if (stuck.length === 0) return 'All is well.'
  return `All is well on this computer. See below about ${stuck.map(({ name }) => name).join(', ')}.`
}

const electronWords = (electron: ComputerFacts['electron']): string =>
  electron === null
    ? 'no Electron beside it'
    : `Electron ${electron.version}${electron.unpacked ? '' : ' (fetched at the next start)'}`

const electronLines = (running: string | null): string[] =>
  running === null
    ? []
    : [`Running: the tray app, in Electron ${running}, ${electronAge(running, devDependencies.electron)}`]

function asJson(report: Report): object {
  const { accounts, clock, computer, display, events, folder, found, hosts, keychain, services } = report
  return {
    version,
    system,
    ok: found.length === 0,
    findings: found,
    versions: {
      tokentray: version,
      node: process.versions.node,
      electron: computer.electron?.version ?? null,
      electron_running: computer.electronRunning,
      system: computer.system,
    },
    keychain: keychain === null ? 'ok' : keychain.kind,
    keychain_kind: computer.keychainKind,
    keychain_advice: report.advice,
    clock: {
      offset_ms: clock.measured?.offsetMs ?? null,
      measured_at: clock.measured === null ? null : new Date(clock.measured.at).toISOString(),
      synchronised: clock.synchronised,
    },
    time_zone: timeZone(),
    display,
    tray_host: computer.trayHost,
    network: {
      unused_proxy: computer.unusedProxy,
      trusted_certificates: computer.trusted.map(({ name, fingerprint }) => ({ name, fingerprint })),
    },
    state_folder: { path: folder.path, mode: folder.mode, others_may: folder.othersMay },
    accounts: accounts.map((account) => ({
      name: account.name,
      broker: account.brokerId,
      freshness: services.tokens.freshness(account.name),
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

/** Opens the services, or returns the finding that explains why they can't be opened. */
async function openOrFinding(open: () => Promise<Services>): Promise<Services | Finding> {
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
    const lines = [
      { text: firstOfAll(finding), isWell: false },
      ...plainLines([`TokenTray ${version} on ${system}`]),
    ]
    for (const line of lines) io.stdout(marked(line, io))
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
