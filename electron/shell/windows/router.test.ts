import { beforeEach, describe, expect, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { accountFormContract } from '../../contract/account-form.ts'
import { popoverContract } from '../../contract/popover.ts'
import { settingsContract } from '../../contract/settings.ts'
import { typedSecret } from '../../contract/requests.ts'
import { Secret } from '../../core/secret.ts'
import { RefusedError, route, send, serve } from './router.ts'

type Handler = (event: unknown, payload: unknown) => Promise<unknown>
const electron = vi.hoisted(() => ({ handlers: new Map<string, Handler>() }))

vi.mock('electron', () => ({
  ipcMain: {
    handle: (channel: string, handler: Handler) => electron.handlers.set(channel, handler),
  },
  app: {},
  BrowserWindow: {},
  protocol: {},
  session: {},
}))

beforeEach(() => {
  electron.handlers.clear()
})

const exchange = {
  request: z.object({ name: z.string() }),
  reply: z.object({ ok: z.boolean() }),
}

const emptyDraft = {
  name: 'main',
  brokerId: 'x',
  values: {},
  endpoints: {},
  proxy: '',
  ownTime: '',
  acceptTerms: true,
  mode: 'unattended' as const,
  forget: [],
}

/** The error that something is rejected with. */
async function rejectionOf(action: Promise<unknown>): Promise<unknown> {
  return action.then(
    () => 'it succeeded',
    (error: unknown) => error,
  )
}

describe('a route', () => {
  test('lets a good request through and its answer back', async () => {
    const handle = route(exchange, ({ name }) => ({ ok: name === 'main' }))
    expect(await handle({ name: 'main' })).toEqual({ ok: true })
    expect(await handle({ name: 'other' })).toEqual({ ok: false })
  })

  test.each([undefined, null, 'SECRETISH', {}, { name: 5 }, { name: { SECRETISH: 1 } }, ['SECRETISH']])(
    'refuses %j before its handler sees it, and repeats nothing of it',
    async (payload) => {
      let calls = 0
      const error = await rejectionOf(
        route(exchange, () => {
          calls++
          return { ok: true }
        })(payload),
      )
      expect(error).toBeInstanceOf(RefusedError)
      expect(String(error)).toBe('Error: refused')
      expect(JSON.stringify(error)).not.toContain('SECRETISH')
      expect(calls).toBe(0)
    },
  )

  test('strips what the contract does not name, on the way in and on the way out', async () => {
    const seen: unknown[] = []
    const answer = { ok: true, token: 'SECRETISH' }
    const handle = route(exchange, (request) => {
      seen.push(request)
      return answer
    })
    expect(await handle({ name: 'main', more: 'x' })).toEqual({ ok: true })
    expect(seen).toEqual([{ name: 'main' }])
  })

  test('keeps an answer of the wrong shape in, and repeats nothing of it', async () => {
    const contract = {
      request: z.undefined(),
      reply: z.object({ code: z.string().check(z.maxLength(6)) }),
    }
    const error = await rejectionOf(route(contract, () => ({ code: 'SECRETISH' }))(undefined))
    expect(error).toBeInstanceOf(RefusedError)
    expect(String(error)).not.toContain('SECRETISH')
  })

  test('of a channel without a request takes none', async () => {
    const contract = { request: z.undefined(), reply: z.undefined() }
    const handle = route(contract, () => undefined)
    expect(await handle(undefined)).toBe(undefined)
    expect(await rejectionOf(handle({}))).toBeInstanceOf(RefusedError)
  })
})

describe('the contract', () => {
  test('takes no text beyond what a form could hold', () => {
    const { request } = accountFormContract.requests.save
    const accepts = (change: object): boolean => request.safeParse({ ...emptyDraft, ...change }).success
    expect(accepts({ values: { password: 'x'.repeat(4_096) } })).toBe(true)
    expect(accepts({ values: { password: 'x'.repeat(4_097) } })).toBe(false)
    expect(accepts({ name: 'x'.repeat(201) })).toBe(false)
    expect(accepts({ values: { password: 5 } })).toBe(false)
  })
})

describe('a secret that a page sends', () => {
  const contract = { request: z.object({ password: typedSecret }), reply: z.string() }

  test('reaches its handler as a Secret, which nothing prints', async () => {
    const seen: unknown[] = []
    const handle = route(contract, ({ password }) => {
      seen.push(password)
      return password.reveal()
    })
    expect(await handle({ password: 'open sesame' })).toBe('open sesame')
    expect(seen[0]).toBeInstanceOf(Secret)
    expect(JSON.stringify(seen)).toBe('["[secret]"]')
  })

  test('is every address and token of the settings', () => {
    const { keepWebhook, keepTelegram } = settingsContract.requests
    const webhook = keepWebhook.request.parse({ address: 'https://hooks.example/SECRETISH' })
    const telegram = keepTelegram.request.parse({ token: '1:SECRETISH', chat: '@SECRETISH' })
    expect(JSON.stringify([webhook, telegram])).not.toContain('SECRETISH')
  })

  test('is every value of an account’s form', () => {
    const values = { password: 'open sesame', user_id: 'AB1234' }
    const draft = accountFormContract.requests.save.request.parse({ ...emptyDraft, values })
    expect(JSON.stringify(draft)).not.toMatch(/sesame|AB1234/)
    expect(draft.values['password']?.reveal()).toBe('open sesame')
  })
})

describe('a code that the popover sends', () => {
  const { request } = popoverContract.requests.answerCode
  const accepts = (payload: unknown): boolean => request.safeParse(payload).success

  test('is a short text for an account', () => {
    expect(accepts({ name: 'main', code: '123 456' })).toBe(true)
    expect(accepts({ name: 'main', code: 'x'.repeat(20) })).toBe(true)
    expect(accepts({ name: 'main', code: 'x'.repeat(21) })).toBe(false)
    expect(accepts({ name: 'main', code: 123456 })).toBe(false)
    expect(accepts({ name: 'main' })).toBe(false)
    expect(accepts({ code: '123456' })).toBe(false)
  })
})

describe('a page’s request', () => {
  const contract = { requests: { ask: { request: z.undefined(), reply: z.string() } }, events: {} }

  /** The window of our popover, as far as the router looks at it. */
  function ourWindow(url = 'tokentray://app/popover.html') {
    const mainFrame = { url }
    const webContents = { mainFrame }
    return { webContents, mainFrame, isDestroyed: () => false }
  }

  const open = { answers: () => true }

  function served(window: ReturnType<typeof ourWindow> | null, lock = open) {
    let calls = 0
    const ask = (): Promise<string> => {
      calls++
      return Promise.resolve('answer')
    }
    Reflect.apply(serve, null, ['popover', () => window, contract, { ask }, lock])
    const request = (event: object): Promise<unknown> =>
      electron.handlers.get('popover:ask')?.(event, undefined) ?? Promise.reject(new Error('not served'))
    return { ask: request, calls: () => calls }
  }

  test('is answered when it comes from the main frame of our own page', async () => {
    const window = ourWindow()
    const { ask } = served(window)
    expect(await ask({ sender: window.webContents, senderFrame: window.mainFrame })).toBe('answer')
  })

  test('is refused when the lock does not answer it', async () => {
    const window = ourWindow()
    const { ask, calls } = served(window, { answers: () => false })
    const event = { sender: window.webContents, senderFrame: window.mainFrame }
    expect(await rejectionOf(ask(event))).toBeInstanceOf(RefusedError)
    expect(calls()).toBe(0)
  })

  test('is refused from anywhere else', async () => {
    const window = ourWindow()
    const { ask, calls } = served(window)
    const { webContents: sender, mainFrame: senderFrame } = window
    const strangers = [
      { sender: ourWindow().webContents, senderFrame },
      { sender, senderFrame: { url: senderFrame.url } },
      { sender, senderFrame: null },
    ]
    for (const event of strangers) expect(await rejectionOf(ask(event))).toBeInstanceOf(RefusedError)
    expect(calls()).toBe(0)
  })

  test.each([
    'tokentray://app/account-form.html',
    'tokentray://other/popover.html',
    'https://app/popover.html',
    'tokentray://app/popover.html?x',
    'about:blank',
  ])('is refused when our window shows %s', async (url) => {
    const window = ourWindow(url)
    const { ask, calls } = served(window)
    const event = { sender: window.webContents, senderFrame: window.mainFrame }
    expect(await rejectionOf(ask(event))).toBeInstanceOf(RefusedError)
    expect(calls()).toBe(0)
  })

  test('is refused when the window is gone', async () => {
    const window = ourWindow()
    const event = { sender: window.webContents, senderFrame: window.mainFrame }
    expect(await rejectionOf(served(null).ask(event))).toBeInstanceOf(RefusedError)
    const destroyed = served({ ...window, isDestroyed: () => true })
    expect(await rejectionOf(destroyed.ask(event))).toBeInstanceOf(RefusedError)
  })

  test('that makes our own code fail tells the page nothing of it', async () => {
    const window = ourWindow()
    const fail = (): Promise<unknown> => Promise.reject(new Error('SECRETISH'))
    Reflect.apply(serve, null, ['popover', () => window, contract, { ask: fail }, open])
    const event = { sender: window.webContents, senderFrame: window.mainFrame }
    const error = await rejectionOf(
      electron.handlers.get('popover:ask')?.(event, undefined) ?? Promise.resolve(),
    )
    expect(error).toBeInstanceOf(RefusedError)
    expect(String(error)).not.toContain('SECRETISH')
  })
})

describe('an event', () => {
  const contract = { requests: {}, events: { named: z.object({ name: z.string() }) } }

  function sent(payload: unknown): unknown[] {
    const sent: unknown[] = []
    const webContents = { send: (...message: unknown[]) => sent.push(message) }
    Reflect.apply(send, null, ['popover', { webContents }, contract, 'named', payload])
    return sent
  }

  test('reaches its page without what the contract does not name', () => {
    expect(sent({ name: 'main', token: 'SECRETISH' })).toEqual([['popover:named', { name: 'main' }]])
  })

  test('of the wrong shape is not sent', () => {
    expect(sent({ name: { token: 'SECRETISH' } })).toEqual([])
  })
})
