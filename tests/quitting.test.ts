import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { MADE_UP_CREDENTIALS } from '../practice/kite-connect/credentials.ts'
import { App } from './support/app.ts'
import { endWait, SYSTEM_TIME } from './support/moved-clock.ts'
import { OtherBus } from './support/other-bus.ts'
import { Profile } from './support/profile.ts'
import { until } from './support/until.ts'
import { tryPractice } from './support/practice-account.ts'

/** The app's own limit, which these tests do not sit through, ms. */
const QUITS_WITHIN_MS = 5_000
/** Without a limit the system’s bus alone would take 25 s, ms. */
const ENDS_WITHIN_MS = 20_000

describe('quitting ends', () => {
  const ends: (() => unknown)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  async function started(profile: Profile): Promise<App> {
    const app = await App.start(profile)
    ends.push(
      () => profile.remove(),
      () => app.kill(),
    )
    return app
  }

  /** Asks the app to quit, as the end of the session does, and returns the time that it took, ms. */
  async function quitting(app: App): Promise<number> {
    const begun = Date.now()
    process.kill(app.pid, 'SIGTERM')
    // An app that ends by itself has no limit to end.
    await Promise.race([app.ended(), endWait(app, QUITS_WITHIN_MS).catch(() => undefined)])
    await app.ended()
    return Date.now() - begun
  }

  test('while a broker takes a request and never answers', async () => {
    const silent = await silentServer()
    ends.push(() => silent.server.close())
    const profile = await Profile.create(SYSTEM_TIME)
    const env = Object.entries(MADE_UP_CREDENTIALS).map(
      ([name, value]) => `KITE_${name.toUpperCase()}=${value}`,
    )
    await profile.cli.mustRun(
      ...['account', 'add', 'slow', '--broker', 'kite-connect', '--accept-terms'],
      ...['--env-file', await profile.write('slow.env', env.join('\n'))],
      ...['--endpoint', `web=${silent.url}`, '--endpoint', `api=${silent.url}`],
    )
    const app = await started(profile)
    const popover = await app.popover()
    void popover.evaluate(() => window.tokentray.login({ name: 'slow' })).catch(() => undefined)
    await until('the request', () => (silent.asked() ? true : null))
    expect(await quitting(app)).toBeLessThan(ENDS_WITHIN_MS)
    expect((await profile.state()).accounts.map(({ name }) => name)).toEqual(['slow'])
  })

  test('although something in it fails meanwhile, which is written and not shown in a message', async () => {
    const app = await started(await Profile.create(SYSTEM_TIME))
    await app.popover()
    await app.electron.evaluate(({ app: electronApp }) => {
      electronApp.once('before-quit', () => {
        setImmediate(() => {
          throw new Error('a made-up failure')
        })
      })
    })
    // Its own end, not that of the limit.
    process.kill(app.pid, 'SIGTERM')
    await app.ended()
    await until('the failure', () => (app.output.includes('Error: a made-up failure') ? true : null))
  })

  test('while the keychain never answers', async () => {
    const bus = await OtherBus.start()
    ends.push(() => bus.stop())
    await bus.startKeychain()
    const profile = await Profile.create({ ...bus.env, ...SYSTEM_TIME })
    const app = await started(profile)
    await tryPractice(app)
    bus.freezeKeychain()
    // Otherwise the cleanup would wait for it.
    ends.push(() => bus.thawKeychain())
    void (await app.popover()).evaluate(() => window.tokentray.checkKeychain()).catch(() => undefined)
    await until('the question to the keychain', async () =>
      (await app.popover()).evaluate(() => window.tokentray.getState()).then(() => true),
    )
    expect(await quitting(app)).toBeLessThan(ENDS_WITHIN_MS)
    expect((await profile.state()).accounts.map(({ name }) => name)).toEqual(['practice'])
  })
})

/** Starts a server that reads its input and never replies. */
async function silentServer(): Promise<{ server: Server; url: string; asked: () => boolean }> {
  let asked = false
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', () => (asked = true))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { server, url: `http://127.0.0.1:${address.port}`, asked: () => asked }
}
