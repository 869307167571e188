import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls'
import { onTestFinished } from 'vitest'

/** A self-signed certificate for 127.0.0.1. */
export interface Certificate {
  readonly key: Buffer
  readonly cert: Buffer
  /** The value of `NODE_EXTRA_CA_CERTS`. */
  readonly file: string
}

/** @param name of the certificate and of its issuer, which are one */
export async function makeCertificate(folder: string, name = '127.0.0.1'): Promise<Certificate> {
  const [keyFile, file] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
      .concat(['-keyout', keyFile, '-out', file, '-days', '1'])
      .concat([
        '-utf8',
        '-subj',
        `/CN=${name.replaceAll('/', String.raw`\/`)}`,
        '-addext',
        'subjectAltName=IP:127.0.0.1',
      ]),
    { stdio: 'pipe' },
  )
  return { key: await readFile(keyFile), cert: await readFile(file), file }
}

/** Adds https to a server that has only http. */
export interface TlsFront {
  readonly port: number
  /** The addresses that connections came from. */
  readonly peers: ReadonlySet<string>
  /** Returns all bytes received so far, decrypted. */
  heard(): Buffer
}

/** @param options more of the server’s side of TLS, such as its newest version */
export async function tlsBefore(
  port: number,
  { key, cert }: Certificate,
  options: TlsOptions = {},
): Promise<TlsFront> {
  const peers = new Set<string>()
  const heard: Buffer[] = []
  const open = new Set<Socket>()
  const server = createServer({ ...options, key, cert }, (client: TLSSocket) => {
    const behind = connect(port, '127.0.0.1')
    peers.add(client.remoteAddress ?? '')
    client.on('data', (bytes: Buffer) => heard.push(bytes))
    for (const [from, to] of [
      [client, behind],
      [behind, client],
    ] as const) {
      open.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
      from.pipe(to)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of open) socket.destroy()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return { port: address.port, peers, heard: () => Buffer.concat(heard) }
}
