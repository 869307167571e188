import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { temporaryDir } from '../../tests/support/child.ts'
import { inputErrors } from '../../tests/support/failure.ts'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { makeCertificate, tlsBefore } from '../../tests/support/tls-front.ts'
import type { Notifier, Notice } from '../core/state/notice.ts'
import { forgetChannel, keepTelegram, keepWebhook } from '../core/schedule/notification-channels.ts'
import { Secret } from '../core/secret.ts'
import { MemoryKeychain } from './memory-keychain.ts'
import type { Network } from './network.ts'
import { addTrusted } from './ca-file.ts'
import { httpSessions, REQUEST_TIMEOUT_MS } from './http.ts'
import { Telegram } from './telegram.ts'
import { Webhook } from './webhook.ts'

const notice: Notice = {
  kind: 'failed',
  title: 'zerodha-main is not logged in',
  body: 'The broker could not be reached.',
  account: 'zerodha-main',
  action: 'See why',
}
const botToken = '123456:made-up_TOKEN'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

interface Seen {
  readonly request: IncomingMessage
  readonly body: unknown
}

/** Answers everything with a status and keeps what came. */
async function serveStatus(status: number, headers: Record<string, string> = {}): Promise<[string, Seen[]]> {
  const seen: Seen[] = []
  const base = await serve((request, response) => {
    void text(request).then((body) => {
      seen.push({ request, body: JSON.parse(body) })
      response.writeHead(status, headers).end('{}')
    })
  })
  return [base, seen]
}

/** The same behind a certificate that vouches for itself. */
async function behindTls() {
  const { dir: folder, remove } = await temporaryDir()
  onTestFinished(remove)
  const certificate = await makeCertificate(folder)
  const [behind, seen] = await serveStatus(200)
  const front = await tlsBefore(Number(new URL(behind).port), certificate)
  return { base: `https://127.0.0.1:${front.port}`, front, seen, certificate, folder }
}

/** What opens connections at a clock of its own, where nobody moves time. */
const openHttp = (clock = new FakeClock(0), network?: Network) => httpSessions(clock, null, network)

async function webhookTo(address: string, clock?: FakeClock, network?: Network): Promise<Webhook> {
  const keychain = new MemoryKeychain()
  await keepWebhook(keychain, new Secret(address))
  return new Webhook({ keychain, openHttp: openHttp(clock, network), isOn: () => true })
}

async function telegramAt(base: string, clock?: FakeClock, network?: Network): Promise<Telegram> {
  const keychain = new MemoryKeychain()
  await keepTelegram(keychain, new Secret(botToken), new Secret('-1001'))
  return new Telegram({ keychain, openHttp: openHttp(clock, network), isOn: () => true, base })
}

describe('a notice goes out', () => {
  test('to a webhook as JSON whose text holds title and body', async () => {
    const [base, seen] = await serveStatus(200)
    await (await webhookTo(`${base}/hook/secret-path?key=1`)).notify(notice)
    expect(seen).toHaveLength(1)
    expect(seen[0]?.request.url).toBe('/hook/secret-path?key=1')
    expect(seen[0]?.request.headers['content-type']).toBe('application/json')
    expect(seen[0]?.body).toEqual({
      text: 'zerodha-main is not logged in\nThe broker could not be reached.',
      kind: 'failed',
      title: notice.title,
      body: notice.body,
      account: 'zerodha-main',
    })
  })

  test('to Telegram as a message of the user’s bot', async () => {
    const [base, seen] = await serveStatus(200)
    await (await telegramAt(base)).notify(notice)
    expect(seen[0]?.request.url).toBe(`/bot${botToken}/sendMessage`)
    expect(seen[0]?.body).toEqual({
      chat_id: '-1001',
      text: 'zerodha-main is not logged in\nThe broker could not be reached.',
    })
  })

  test('nowhere while that is off, and then the keychain is not asked either', async () => {
    const refuse = (): never => {
      throw new Error('the keychain was asked')
    }
    const keychain = { get: refuse, set: refuse, delete: refuse, check: refuse }
    const parts = { keychain, openHttp: openHttp(), isOn: () => false }
    await new Webhook(parts).notify(notice)
    await new Telegram(parts).notify(notice)
  })
})

type OpenWay = (base: string, clock?: FakeClock, network?: Network) => Promise<Notifier>

const ways: [string, OpenWay][] = [
  ['The webhook', (base, clock, network) => webhookTo(`${base}/secret-path`, clock, network)],
  ['Telegram', telegramAt],
]

describe('a way out that fails says so without its address', () => {
  test.each(ways)('%s that refuses the connection', async (who, open) => {
    const base = await serve(() => undefined)
    servers.splice(0).forEach((server) => server.close())
    await expectFailure((await open(base)).notify(notice), `${who} could not be reached.`)
  })

  test.each(ways)('%s that answers with an error', async (who, open) => {
    const [base] = await serveStatus(500)
    await expectFailure((await open(base)).notify(notice), `${who} answered with status 500.`)
  })

  test.each(ways)('%s that sends elsewhere: nobody is followed', async (who, open) => {
    const [elsewhere, seen] = await serveStatus(200)
    const [base] = await serveStatus(307, { location: elsewhere })
    await expectFailure((await open(base)).notify(notice), `${who} answered with status 307.`)
    expect(seen).toEqual([])
  })

  test.each(ways)('%s that never answers', async (who, open) => {
    const clock = new FakeClock(0)
    const { promise: asked, resolve: noteAsked } = withResolvers()
    const base = await serve(noteAsked)
    const failed = expectFailure((await open(base, clock)).notify(notice), `${who} did not answer in time.`)
    await asked
    clock.advance(REQUEST_TIMEOUT_MS)
    await failed
  })

  test.each(ways)('%s whose certificate nobody vouches for: by whom it was issued', async (who, open) => {
    const { base, front } = await behindTls()
    const failed = (await open(base)).notify(notice)
    await expectFailure(
      failed,
      expect.stringMatching(
        new RegExp(
          `^${who}: The certificate of the host could not be trusted \\(DEPTH_ZERO_SELF_SIGNED_CERT\\)\\. ` +
            'It was issued by “127\\.0\\.0\\.1”\\. .*tokentray ca add FILE',
        ),
      ),
    )
    expect(front.heard().length).toBe(0)
  })

  test('one whose address or token was never stored', async () => {
    const parts = { keychain: new MemoryKeychain(), openHttp: openHttp(), isOn: () => true }
    await expectFailure(new Webhook(parts).notify(notice), 'The webhook’s address is not stored.')
    await expectFailure(
      new Telegram(parts).notify(notice),
      'The Telegram bot’s token and chat are not stored.',
    )
  })
})

describe('a notice leaves as a login without a proxy does', () => {
  test.each(ways)('%s is trusted where the profile trusts its certificate', async (_who, open) => {
    const { base, seen, certificate, folder } = await behindTls()
    const caFile = path.join(folder, 'trusted-ca.pem')
    await addTrusted(caFile, await readFile(certificate.file, 'utf8'), Date.now())
    await (await open(base, new FakeClock(0), { caFile, env: {} })).notify(notice)
    expect(seen).toHaveLength(1)
  })

  test.each(ways)(
    '%s is not reached by Node’s own fetch, which knows other certificates',
    async (_who, open) => {
      const fetch = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('by another way'))
      onTestFinished(() => fetch.mockRestore())
      const [base, seen] = await serveStatus(200)
      await (await open(base)).notify(notice)
      expect(seen).toHaveLength(1)
      expect(fetch).not.toHaveBeenCalled()
    },
  )
})

describe('what can’t be a way out is not stored', () => {
  test.each([
    ...['http://example.com/hook', 'http://localhost/hook', 'ftp://127.0.0.1', 'nothing', ''],
    'https://example.com/h\uFFFDok',
  ])('the webhook %j', async (address) => {
    const keychain = new MemoryKeychain()
    const errors = await inputErrors(() => keepWebhook(keychain, new Secret(address)))
    expect(Object.keys(errors)).toEqual(['webhook'])
    if (address !== '') expect(errors['webhook']).not.toContain(address)
    expect(await keychain.get('settings/webhook-url')).toBeNull()
  })

  test.each([
    ['no token', '1', 'token'],
    ['123/../../x:abc', '1', 'token'],
    [botToken, 'a chat', 'chat'],
  ])('the bot %j in the chat %j', async (token, chat, wrong) => {
    const keychain = new MemoryKeychain()
    const errors = await inputErrors(() => keepTelegram(keychain, new Secret(token), new Secret(chat)))
    expect(Object.keys(errors)).toEqual([wrong])
    expect(await keychain.get('settings/telegram-token')).toBeNull()
  })

  test('and what is no longer wanted is forgotten', async () => {
    const keychain = new MemoryKeychain()
    await keepWebhook(keychain, new Secret('https://example.com/hook'))
    await keepTelegram(keychain, new Secret(botToken), new Secret('1'))
    await forgetChannel(keychain, 'webhook')
    expect(await keychain.get('settings/webhook-url')).toBeNull()
    expect(await keychain.get('settings/telegram-token')).not.toBeNull()
    await forgetChannel(keychain, 'telegram')
    expect(await keychain.get('settings/telegram-token')).toBeNull()
    expect(await keychain.get('settings/telegram-chat')).toBeNull()
  })
})

async function expectFailure(action: Promise<void>, message: unknown): Promise<void> {
  const error: unknown = await action.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ message })
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/secret-path|made-up_TOKEN/)
  if (error instanceof Error) expect(error.cause).toBeUndefined()
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve: () => resolve() }
}
