import type { TrustedCertificate } from '../../services/certificates.ts'
import { errorCode, InputError } from '../../core/errors.ts'
import { commandOf, readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { readFileOrPipe } from '../terminal/stdin.ts'

const add: Command = {
  usage: 'ca add FILE',
  summary:
    'Trust the certificates in a PEM file beside the system’s, for every account of this profile\n' +
    'Whoever holds the key of one can read all that is sent to brokers, passwords too.',
  takes: 'file',
  examples: [
    ['tokentray ca add company-root.pem', 'On a network that signs certificates anew and is yours to trust'],
  ],
  run: async ({ args, io, services: open }) => {
    const [file = ''] = readArgs(args, {}, { min: 1, max: 1 }).positionals
    const { certificates } = await open()
    const text = (await readBytes(file, io.signal)).toString('latin1')
    const added = await certificates.add(text)
    for (const certificate of added) io.stdout(`Trusted from now on: ${line(certificate)}`)
    if (added.length === 0) io.stdout('It is trusted already.')
    else io.stderr('Whoever holds its key can read all that is sent to brokers, passwords too.')
    return exitCodes.ok
  },
}

const listOptions = { json: { type: 'boolean', default: false, help: 'One JSON object' } } as const

const list: Command = {
  usage: 'ca list [--json]',
  summary: 'The certificates that are trusted beside the system’s',
  options: listOptions,
  run: async ({ args, io, services: open }) => {
    const { values } = readArgs(args, listOptions, { min: 0, max: 0 })
    const trusted = await (await open()).certificates.list()
    if (values.json) {
      const report = trusted.map(({ name, fingerprint, validUntil }) => ({
        ...{ name, fingerprint, valid_until: new Date(validUntil).toISOString() },
      }))
      io.stdout(JSON.stringify({ certificates: report }, null, 2))
    } else {
      if (trusted.length === 0) io.stderr('None; the system’s are trusted all the same.')
      for (const certificate of trusted) io.stdout(line(certificate))
    }
    return exitCodes.ok
  },
}

const remove: Command = {
  usage: 'ca remove FINGERPRINT',
  summary: 'Trust one of them no longer; the start of its fingerprint is enough',
  run: async ({ args, io, services: open }) => {
    const [start = ''] = readArgs(args, {}, { min: 1, max: 1 }).positionals
    const { certificates } = await open()
    io.stdout(`No longer trusted: ${line(await certificates.remove(start))}`)
    return exitCodes.ok
  },
}

const actions = new Map([
  ['add', add],
  ['list', list],
  ['remove', remove],
])

export const ca = commandOf('ca', actions, {
  usage: 'ca add FILE | list | remove FINGERPRINT',
  summary: 'Certificates to trust beside the system’s, where a company or an antivirus signs anew',
})

const line = ({ name, fingerprint, validUntil }: TrustedCertificate): string =>
  `${fingerprint.slice(0, 16)}  ${name}  until ${new Date(validUntil).toISOString().slice(0, 10)}`

async function readBytes(file: string, signal: AbortSignal): Promise<Buffer> {
  try {
    return await readFileOrPipe(file, signal)
  } catch (error) {
    const code = errorCode(error)
    if (code === null) throw error
    throw new InputError({ FILE: `can’t be read (${code})` })
  }
}
