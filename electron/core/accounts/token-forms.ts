import { LoginError } from '../errors.ts'
import type { HttpRequest } from '../ports.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import type { Account } from '../state/account.ts'
import { endpointUrl } from './endpoint-url.ts'
import { exportFormats, exportsOf, formatExports } from './exports.ts'

/** An account as its calls need it. */
export interface CallingAccount {
  readonly account: Pick<Account, 'settings' | 'endpoints'>
  readonly broker: Broker
}

/** The forms of a call that takes a token: its header alone, or the whole of it. */
const callForms = ['header', 'curl', 'python', 'node'] as const
type CallForm = (typeof callForms)[number]

/** All forms of a token: the bare one, everything that a script needs, and calls. */
export const tokenForms = [...exportFormats, ...callForms] as const
export type TokenForm = (typeof tokenForms)[number]

const isCallForm = (form: TokenForm): form is CallForm => callForms.some((known) => known === form)

/**
 * Returns what a script needs of a token, in the form that the user wants. Programs make the call that the broker's own
 * probe makes, so that they are right for every broker.
 * @throws LoginError for a form that this broker's calls do not have
 */
export async function inForm(
  form: Exclude<TokenForm, 'raw'>,
  handle: CallingAccount,
  token: TokenBundle,
): Promise<string> {
  const { account, broker } = handle
  if (!isCallForm(form)) return formatExports(exportsOf(broker, account, token), form)
  const request = await firstRequestOfProbe(handle, token)
  if (form === 'header') return headerOf(request, token, broker.name)
  return programs[form](request)
}

/** Has the broker's probe make its first request to nobody, and returns it. */
async function firstRequestOfProbe(
  { account, broker }: CallingAccount,
  token: TokenBundle,
): Promise<HttpRequest> {
  const sent: HttpRequest[] = []
  const context = {
    http: {
      send: (request: HttpRequest) => {
        sent.push(request)
        return Promise.reject(new LoginError('cancelled'))
      },
    },
    setting: (field: string) => account.settings[field] ?? '',
    endpoint: (key: string) => endpointUrl(account, broker, key),
    tokenUser: () => '',
    learnTokenUser: () => undefined,
  }
  await broker.probe(context, token).catch((error: unknown) => {
    if (!(error instanceof LoginError)) throw error
  })
  const [request] = sent
  if (request === undefined) throw new Error(`The probe of ${broker.id} sends nothing.`)
  return request
}

function headerOf({ headers = {} }: HttpRequest, token: TokenBundle, broker: string): string {
  const values = Object.values(token).map((secret) => secret.reveal())
  const lines = Object.entries(headers)
    .filter(([, value]) => values.some((secret) => value.includes(secret)))
    .map(([name, value]) => `${name}: ${value}`)
  if (lines.length > 0) return lines.join('\n')
  throw new LoginError('app-config', {
    message: `${broker} takes its token in no header.`,
    next: 'Take the curl call in its place.',
  })
}

const inShell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** Returns a text or an object of texts as both Python and JavaScript read it. */
const literal = (value: unknown): string => JSON.stringify(value)

const programs: Readonly<Record<Exclude<CallForm, 'header'>, (request: HttpRequest) => string>> = {
  curl: ({ method, url, headers = {}, form, json }) => {
    const fields = Object.entries(form ?? {}).map(
      ([name, value]) => `--data-urlencode ${inShell(`${name}=${value}`)}`,
    )
    const parts = [
      ...Object.entries(headers).map(([name, value]) => `-H ${inShell(`${name}: ${value}`)}`),
      ...(json === undefined
        ? []
        : [`-H 'Content-Type: application/json'`, `--data ${inShell(literal(json))}`]),
      ...fields,
    ]
    return [`curl -X ${method} ${inShell(url.href)}`, ...parts].join(' \\\n  ')
  },
  python: ({ method, url, headers = {}, form, json }) =>
    [
      'import requests',
      '',
      'reply = requests.request(',
      `    ${literal(method)},`,
      `    ${literal(url.href)},`,
      `    headers=${literal(headers)},`,
      ...(form === undefined ? [] : [`    data=${literal(form)},`]),
      ...(json === undefined ? [] : [`    json=${literal(json)},`]),
      '    timeout=10,',
      ')',
      'print(reply.json())',
    ].join('\n'),
  node: ({ method, url, headers = {}, form, json }) => {
    const all = { ...headers, ...(json !== undefined && { 'Content-Type': 'application/json' }) }
    return [
      `const reply = await fetch(${literal(url.href)}, {`,
      `  method: ${literal(method)},`,
      `  headers: ${literal(all)},`,
      ...(form === undefined ? [] : [`  body: new URLSearchParams(${literal(form)}),`]),
      ...(json === undefined ? [] : [`  body: JSON.stringify(${literal(json)}),`]),
      '})',
      'console.log(await reply.json())',
    ].join('\n')
  },
}
