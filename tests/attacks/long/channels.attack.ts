import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accountFormContract } from '../../../electron/contract/account-form.ts'
import { popoverContract } from '../../../electron/contract/popover.ts'
import { settingsContract } from '../../../electron/contract/settings.ts'
import { App } from '../../support/app.ts'
import { anyText } from '../../support/mangled.ts'
import { Profile } from '../../support/profile.ts'

const PER_CHANNEL = Number(process.env['ATTACK_ROUNDS'] ?? 40)

/** What ends a page or opens it anew, opens another program, or waits for a person. */
const LEFT_OUT = [
  ...['hide', 'close', 'openStateFolder', 'recordShortcut', 'importFrom', 'readSeveral'],
  ...['openAccountForm', 'openSettings'],
]

/** What a page that was taken over may send: texts, JSON of any shape, and what only structured clones carry. */
const anyPayload = fc.oneof(
  fc.jsonValue(),
  anyText,
  fc.record({ name: fc.oneof(fc.jsonValue(), anyText), before: fc.jsonValue(), code: anyText }),
  fc.record({
    brokerId: fc.constantFrom('kite-connect', '__proto__', 'upstox'),
    name: anyText,
    field: anyText,
  }),
  fc.record({ endpoints: fc.dictionary(anyText, anyText), values: fc.dictionary(anyText, anyText) }),
  fc.constantFrom(null, undefined, Number.NaN, Infinity, -0, '__proto__', 'x'.repeat(1_000_000)),
  fc.array(fc.integer(), { maxLength: 1_000 }),
)

test('every channel of the contract survives whatever a page sends', async () => {
  const profile = await Profile.create()
  const app = await App.start(profile)
  try {
    const popover = await app.popover()
    await app.electron.evaluate(() => {
      const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
      const delay = monitorEventLoopDelay({ resolution: 1 })
      delay.enable()
      Reflect.set(globalThis, 'attackDelay', delay)
    })
    const openForm = async (): Promise<Page> => {
      await popover.evaluate(() => window.tokentray.openAccountForm({ name: null }))
      return app.accountForm()
    }
    const openSettings = async (): Promise<Page> => {
      await App.startAgain(profile)
      await (await app.popover()).evaluate(() => window.tokentray.openSettings())
      return app.settings()
    }
    const pages = [
      ['tokentray', () => Promise.resolve(popover), popoverContract],
      ['accountForm', openForm, accountFormContract],
      ['settings', openSettings, settingsContract],
    ] as const
    let refused = 0
    let answered = 0
    for (const [bridge, open, { requests }] of pages) {
      const page = await open()
      for (const request of Object.keys(requests).filter((name) => !LEFT_OUT.includes(name))) {
        const payloads: readonly unknown[] = fc.sample<unknown>(anyPayload, PER_CHANNEL)
        const answers = await page.evaluate(
          async ({ global, name, sent }) => {
            const call: unknown = Reflect.get(Object(Reflect.get(window, global)), name)
            if (typeof call !== 'function') return ['no function']
            const told: string[] = []
            for (const payload of sent) {
              // Cloned apart from its prototype, as a script of the page would send it.
              const asked: unknown = Reflect.apply(call, null, [payload])
              told.push(await Promise.resolve(asked).then(() => 'answered', String))
            }
            return told
          },
          { global: bridge, name: request, sent: payloads },
        )
        for (const answer of answers) {
          if (answer === 'answered') answered++
          else {
            refused++
            // Nothing of the request comes back.
            expect(answer, request).toMatch(
              /^Error: (Error invoking remote method '[\w:-]+': Error: refused|An object could not be cloned\.)$/,
            )
          }
        }
      }
    }
    expect(refused).toBeGreaterThan(0)
    await App.startAgain(profile)
    const shown = await app.popover()
    expect(await shown.evaluate(() => window.tokentray.getState())).toHaveProperty('accounts')
    const held = await app.electron.evaluate((): unknown =>
      Reflect.get(new Object(Reflect.get(globalThis, 'attackDelay')), 'max'),
    )
    process.stdout.write(
      `channels: ${String(refused)} refused, ${String(answered)} answered, main process held for at most ${(Number(held) / 1e6).toFixed(0)} ms\n`,
    )
  } finally {
    await app.quit()
    await profile.remove()
  }
})
