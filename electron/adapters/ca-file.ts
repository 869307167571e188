import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { errorCode, InputError } from '../core/errors.ts'
import { makeFolder } from './make-folder.ts'
import { removeFile } from './remove-file.ts'
import { replaceFile } from './replace-file.ts'
import { pemsIn } from './trusted-roots.ts'

/** A certificate that the user trusts beside the system's. */
export interface TrustedCertificate {
  /** Its subject, in one line. */
  readonly name: string
  /** SHA-256, lower-case hex without colons. */
  readonly fingerprint: string
  /** Epoch ms. */
  readonly validUntil: number
  readonly pem: string
}

/**
 * Reads the certificates that a profile trusts beside the system's.
 * @param file `Network.caFile`
 */
export async function readTrusted(file: string): Promise<TrustedCertificate[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return ''
    throw error
  })
  return pemsIn(text).flatMap((pem) => parse(pem) ?? [])
}

/**
 * Adds the certificates in `text` to those that a profile trusts.
 * @returns those that were not trusted before
 * @throws InputError for `FILE` when it holds anything but PEM certificates of authorities; then nothing is kept
 */
export async function addTrusted(file: string, text: string, now: number): Promise<TrustedCertificate[]> {
  const candidates = parseAuthorities(text, now)
  const before = await readTrusted(file)
  const added = candidates.filter(
    ({ fingerprint }, index) =>
      ![...before, ...candidates.slice(0, index)].some((other) => other.fingerprint === fingerprint),
  )
  if (added.length > 0) await write(file, [...before, ...added])
  return added
}

/**
 * Removes a certificate.
 * @param start of its fingerprint, as `ca list` shows it
 * @throws InputError for `FINGERPRINT` unless exactly one begins with it
 */
export async function removeTrusted(file: string, start: string): Promise<TrustedCertificate> {
  const all = await readTrusted(file)
  const wanted = start.replaceAll(':', '').toLowerCase()
  const [found, ...others] = all.filter(({ fingerprint }) => fingerprint.startsWith(wanted))
  if (found === undefined) throw new InputError({ FINGERPRINT: 'is that of none; see: tokentray ca list' })
  if (others.length > 0) throw new InputError({ FINGERPRINT: 'is the start of several; give more of it' })
  await write(
    file,
    all.filter((certificate) => certificate !== found),
  )
  return found
}

async function write(file: string, certificates: readonly TrustedCertificate[]): Promise<void> {
  if (certificates.length === 0) return removeFile(file)
  await makeFolder(path.dirname(file))
  await replaceFile(file, certificates.map(({ pem }) => `${pem}\n`).join(''))
}

function parseAuthorities(text: string, now: number): TrustedCertificate[] {
  const refuse = (why: string): never => {
    throw new InputError({ FILE: why })
  }
  if (text.includes('PRIVATE KEY')) {
    refuse('has a private key in it, which belongs to its owner alone; give the certificate without it')
  }
  const pems = pemsIn(text)
  if (pems.length === 0) {
    refuse('has no certificate in PEM form; “openssl x509 -inform der -in FILE” makes that of another form')
  }
  return pems.map((pem) => {
    const certificate = parse(pem) ?? refuse('has a certificate in it that can’t be read')
    if (!new X509Certificate(pem).ca) {
      refuse(`has a certificate that is not an authority’s: ${certificate.name}. Give its issuer’s`)
    }
    if (certificate.validUntil < now) {
      refuse(`has a certificate that ended ${new Date(certificate.validUntil).toISOString()}`)
    }
    return certificate
  })
}

function parse(pem: string): TrustedCertificate | null {
  try {
    const { subject, fingerprint256, validTo } = new X509Certificate(pem)
    return {
      name: subject.replace(/\s*\n/g, ', ').replace(/\p{C}+/gu, ' '),
      fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
      validUntil: Date.parse(validTo),
      pem,
    }
  } catch {
    return null
  }
}
