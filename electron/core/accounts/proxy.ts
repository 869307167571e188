import { proxyPasswordField } from '../../contract/fields.ts'
import type { Broker, Field } from '../brokers/broker.ts'
import { byteLength } from '../bytes.ts'
import { isEqual } from '../../contract/equal.ts'
import { InputError } from '../errors.ts'
import { Secret } from '../secret.ts'
import { hasLostLetter, LOST_LETTER } from '../text.ts'
import type { Proxy } from '../state/proxy.ts'

/** The field of the proxy's password, which is asked for and stored like a secret of the broker's. */
export const proxyPassword: Field = {
  name: proxyPasswordField,
  kind: 'secret',
  label: 'Proxy password',
  help: 'The password of the user in the proxy’s address.',
  env: 'TOKENTRAY_PROXY_PASSWORD',
  optional: true,
}

/** Returns the broker with the proxy's password among its fields, where the proxy has a user. */
export function withProxyPassword(broker: Broker, proxy: Proxy | null): Broker {
  const isWanted = proxy !== null && proxy.user !== ''
  return isWanted ? { ...broker, fields: [...broker.fields, proxyPassword] } : broker
}

/** Returns a proxy as it is typed: `http://user@host:3128`; empty for none. */
export function proxyAddress(proxy: Proxy | null): string {
  if (proxy === null) return ''
  const { protocol, host } = new URL(proxy.url)
  const user = proxy.user === '' ? '' : `${encodeURIComponent(proxy.user)}@`
  return `${protocol}//${user}${host}`
}

/**
 * Returns a proxy from its typed address; null for an empty one.
 * @throws InputError for `proxy`
 */
export function readProxy(typed: string): Proxy | null {
  const read = readAddress(typed.trim())
  if ('error' in read) throw new InputError({ proxy: read.error })
  return read.value
}

export interface ProxyInput {
  /** As typed; empty for no proxy, undefined to keep the stored one. */
  readonly address: string | undefined
  /** As typed; empty to keep the stored one. */
  readonly password: string
}

export interface StoredProxy {
  readonly proxy: Proxy | null
  readonly hasPassword: boolean
}

export interface CheckedProxy {
  readonly proxy: Proxy | null
  readonly secrets: Readonly<Record<string, Secret>>
  /** By the name of the input: `proxy`, or the password's. */
  readonly errors: Readonly<Record<string, string>>
}

/**
 * Checks the user's input for a proxy. A stored password is only for the proxy and user that it was entered for, so
 * that no other proxy sees it.
 */
export function checkProxy({ address, password }: ProxyInput, stored: StoredProxy): CheckedProxy {
  const read = address === undefined ? { value: stored.proxy } : readAddress(address.trim())
  if ('error' in read) return { proxy: null, secrets: {}, errors: { proxy: read.error } }
  const proxy = read.value
  const refused = (why: string): CheckedProxy => ({
    proxy,
    secrets: {},
    errors: { [proxyPasswordField]: why },
  })
  if (password === '') {
    const isKnown = stored.hasPassword && isEqual(proxy, stored.proxy)
    if (proxy !== null && proxy.user !== '' && !isKnown) return refused('is missing')
    return { proxy, secrets: {}, errors: {} }
  }
  if (proxy === null || proxy.user === '') {
    return refused('is for a user, and the proxy’s address names none; it looks like http://user@host:3128')
  }
  const wrong = wrongWith(password)
  if (wrong !== null) return refused(wrong)
  return { proxy, secrets: { [proxyPasswordField]: new Secret(password) }, errors: {} }
}

const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'socks5:'])
const looksLike = 'it looks like http://host:3128 or socks5://user@host:1080'

function readAddress(typed: string): { readonly value: Proxy | null } | { readonly error: string } {
  if (typed === '') return { value: null }
  if (!URL.canParse(typed)) return { error: `is not an address; ${looksLike}` }
  const url = new URL(typed)
  if (!schemes.has(url.protocol)) return { error: 'must start with http://, https:// or socks5://' }
  if (url.password !== '') {
    return {
      error:
        `must not contain the password: an address is stored and shown. Give the user’s name alone; the password ` +
        `is asked for, or read from an .env file under ${proxyPassword.env}`,
    }
  }
  if (url.hostname === '') return { error: `is not an address; ${looksLike}` }
  if (!['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') {
    return { error: 'must be a host without a path' }
  }
  const user = decoded(url.username)
  if (user === null) return { error: 'has a user name with a % in it, which has to be written as %25' }
  // Basic authentication parts name and password at the first colon: RFC 7617, section 2.
  if (user.includes(':')) return { error: 'has a user name with a colon in it, which no proxy can tell' }
  const wrong = wrongWith(user)
  if (wrong !== null) return { error: `has a user name that ${wrong}` }
  return { value: { url: `${url.protocol}//${url.host.toLowerCase()}`, user } }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** The longest name or password that SOCKS5 allows, in bytes: RFC 1929, section 2. */
const LONGEST_BYTES = 255

function wrongWith(text: string): string | null {
  if (byteLength(text) > LONGEST_BYTES) return `is longer than ${LONGEST_BYTES} bytes`
  if (hasLostLetter(text)) return LOST_LETTER
  return /[\0-\x1f\x7f]/.test(text) ? 'has a character in it that can’t be typed' : null
}
