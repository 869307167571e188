import { readFile, stat } from 'node:fs/promises'
import * as tls from 'node:tls'

/** Where Linux distributions keep their bundle; the first that is there counts. The list is that of Go's crypto/x509. */
export const BUNDLES: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** What is trusted, once made: parsing a few hundred certificates takes some 10 ms. */
const made = new Map<string | null, { readonly changedAt: number; readonly context: tls.SecureContext }>()

/**
 * Returns what connections to brokers trust: Node's built-in roots, those of the system, those of
 * `NODE_EXTRA_CA_CERTS` where Node follows it, and the profile's own.
 * @param ownFile the profile's PEM file; null for none. A change of it counts from the next connection on.
 */
export async function trustedContext(ownFile: string | null): Promise<tls.SecureContext> {
  const changedAt = ownFile === null ? 0 : await stat(ownFile).then(({ mtimeMs }) => mtimeMs, nothing)
  const known = made.get(ownFile)
  if (known?.changedAt === changedAt) return known.context
  const own = ownFile === null ? '' : await readFile(ownFile, 'utf8').catch(() => '')
  const ca = [...new Set([...tls.rootCertificates, ...(await systemRoots()), ...pemsIn(own)])]
  const context = tls.createSecureContext({ ca, minVersion: 'TLSv1.2' })
  made.set(ownFile, { changedAt, context })
  return context
}

/**
 * Returns the system's roots as PEM. Before 22.15, Node can read them on Linux only.
 * @param bundles where to look for them on Linux, which `getCACertificates` does not find on every distribution
 */
export async function systemRoots(
  platform: NodeJS.Platform = process.platform,
  bundles: readonly string[] = BUNDLES,
): Promise<string[]> {
  return [
    ...nodesOwn('system'),
    ...nodesOwn('extra'),
    ...(platform === 'linux' ? pemsIn(await firstOf(bundles)) : []),
    ...(knowsStores(tls) ? [] : pemsIn(await extraFile(process.env))),
  ]
}

/** The certificates in a text, as PEM. */
export const pemsIn = (text: string): string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []

type Stores = { readonly getCACertificates: (store: 'system' | 'extra') => string[] }

/** Since Node 22.15: https://nodejs.org/api/tls.html#tlsgetcacertificatestype */
const knowsStores = (module: object): module is Stores => 'getCACertificates' in module

function nodesOwn(store: 'system' | 'extra'): string[] {
  try {
    return knowsStores(tls) ? tls.getCACertificates(store) : []
  } catch {
    // A store that can't be read trusts nobody; the built-in roots are still there.
    return []
  }
}

async function firstOf(files: readonly string[]): Promise<string> {
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text !== null) return text
  }
  return ''
}

/** Node follows the variable only where no roots are given to it. A packaged app does not follow it: see the fuses. */
async function extraFile({ NODE_EXTRA_CA_CERTS: file }: NodeJS.ProcessEnv): Promise<string> {
  const isFollowed = !('electron' in process.versions) || process.defaultApp
  if (!isFollowed || file === undefined || file === '') return ''
  return readFile(file, 'utf8').catch(() => '')
}

const nothing = (): number => 0
