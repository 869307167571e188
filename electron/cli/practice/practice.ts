import { PracticeHost } from '../../services/practice-host.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'

const options = {
  broker: {
    type: 'string',
    default: 'kite-connect',
    value: 'ID',
    help: 'Broker (default: kite-connect)',
    words: 'broker',
  },
  json: { type: 'boolean', default: false, help: 'Addresses and credentials as one JSON object on one line' },
} as const

export const practice: Command = {
  usage: 'practice [--broker ID] [--json]',
  summary: 'Run a made-up broker on this computer to practise with, until Ctrl-C',
  options,
  examples: [
    ['tokentray practice > practice.env', 'Its made-up credentials go into a file, with the way to use them'],
    ['tokentray practice --broker upstox', 'Another broker'],
  ],
  run: async ({ args, io, services: open }) => {
    const { values } = readArgs(args, options, { min: 0, max: 0 })
    const services = await open()
    const broker = services.accounts.broker(values.broker)
    const host = new PracticeHost(services)
    const { credentials, endpoints } = await host.start(broker.id)
    if (values.json) io.stdout(JSON.stringify({ broker: broker.id, endpoints, credentials }))
    else {
      const flags = Object.entries(endpoints).map(([key, url]) => `--endpoint ${key}=${url}`)
      io.stdout(
        `# A practice broker for ${broker.name} is running; Ctrl-C ends it. Its secrets are made up and public.`,
      )
      io.stdout('# Save these lines as practice.env:')
      for (const { name, env } of broker.fields) io.stdout(`${env}=${credentials[name] ?? ''}`)
      io.stdout('# and add an account from another terminal:')
      const add = `tokentray account add NAME --broker ${broker.id} --env-file practice.env --accept-terms`
      for (const line of addCommandLines(add, flags, process.platform)) io.stdout(`# ${line}`)
    }
    await new Promise((resolve) => {
      io.signal.addEventListener('abort', resolve, { once: true })
    })
    await host.stop()
    return exitCodes.ok
  },
}

/** Breaks a command into two lines for POSIX shells; Windows' two shells differ, so there it stays on one. */
export const addCommandLines = (add: string, flags: readonly string[], platform: NodeJS.Platform): string[] =>
  platform === 'win32' ? [`${add} ${flags.join(' ')}`] : [`${add} \\`, `  ${flags.join(' ')}`]
