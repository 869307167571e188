import { readFile, stat } from 'node:fs/promises'
import * as tls from 'node:tls'

/** The bundles of Linux distributions, of which the first that exists counts. The list is that of Go's crypto/x509. */
export const BUNDLES: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** Caches contexts, because parsing a few hundred certificates takes about 10 ms. */
const contexts = new Map<string | null, { readonly changedAt: number; readonly context: tls.SecureContext }>()

/**
 * Returns the certificates that connections to brokers trust: Node's built-in roots, those of the system, those of
 * `NODE_EXTRA_CA_CERTS` where Node follows it, and the profile's own.
 * @param ownFile the profile's PEM file; null for none. A change applies from the next connection on.
 */
export async function trustedContext(ownFile: string | null): Promise<tls.SecureContext> {
  const changedAt = ownFile === null ? 0 : await stat(ownFile).then(({ mtimeMs }) => mtimeMs, zero)
  const known = contexts.get(ownFile)
  if (known?.changedAt === changedAt) return known.context
  const own = ownFile === null ? '' : await readFile(ownFile, 'utf8').catch(() => '')
  const ca = [...tls.rootCertificates, ...(await systemRoots()), ...pemsIn(own)]
  const context = tls.createSecureContext({ ca: differentOnes(ca), minVersion: 'TLSv1.2' })
  contexts.set(ownFile, { changedAt, context })
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
    ...fromNode('system'),
    ...fromNode('extra'),
    ...(platform === 'linux' ? pemsIn(await firstOf(bundles)) : []),
    ...(hasStores(tls) ? [] : pemsIn(await extraFile(process.env))),
  ]
}

/** Leaves out what is there twice, most of the system's roots: each takes its time, and line breaks may be elsewhere. */
export const differentOnes = (pems: readonly string[]): string[] => [
  ...new Map(pems.map((pem) => [pem.replaceAll(/\s/g, ''), pem])).values(),
]

/** Returns the PEM certificates in a text. */
export const pemsIn = (text: string): string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []

type Stores = { readonly getCACertificates: (store: 'system' | 'extra') => string[] }

/** Since Node 22.15: https://nodejs.org/api/tls.html#tlsgetcacertificatestype */
const hasStores = (module: object): module is Stores => 'getCACertificates' in module

function fromNode(store: 'system' | 'extra'): string[] {
  try {
    return hasStores(tls) ? tls.getCACertificates(store) : []
  } catch {
    // A store that can't be read adds nothing to the built-in roots.
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

/** Reads the variable's file, because Node ignores it when given roots. A packaged app ignores it: see the fuses. */
async function extraFile({ NODE_EXTRA_CA_CERTS: file }: NodeJS.ProcessEnv): Promise<string> {
  const isFollowed = !('electron' in process.versions) || process.defaultApp
  if (!isFollowed || file === undefined || file === '') return ''
  return readFile(file, 'utf8').catch(() => '')
}

const zero = (): number => 0
