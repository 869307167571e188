import { describe, expect } from 'vitest'
import { isEqual } from '../electron/contract/equal.ts'
import type { KiteConnectPractice } from '../practice/kite-connect.ts'
import { App } from './support/app.ts'
import { test } from './support/cli-test.ts'
import type { Profile } from './support/profile.ts'
import { readyCard } from './support/ready.ts'
import { until } from './support/until.ts'

interface Moment {
  /** The request whose reply never comes. */
  readonly route: string
  readonly credentials?: Readonly<Record<string, string>>
  /** The recorded attempts when the process is gone. */
  readonly spent: { readonly password: number; readonly code: number }
  /** The token is stored while the broker is busy, so the next start finds and checks it. */
  readonly tokenStored?: true
  /** Logins that the broker has completed when the account is ready. */
  readonly logins: number
}

const nothing = { password: 0, code: 0 }

const moments: [when: string, moment: Moment][] = [
  [
    'while the right password is on its way',
    { route: 'POST /api/login', spent: { password: 1, code: 0 }, logins: 1 },
  ],
  [
    'while a wrong password is on its way',
    {
      route: 'POST /api/login',
      credentials: { password: 'mistyped' },
      spent: { password: 1, code: 0 },
      logins: 1,
    },
  ],
  ['while the code is on its way', { route: 'POST /api/twofa', spent: { password: 0, code: 1 }, logins: 1 }],
  ['while the request token is on its way', { route: 'GET /connect/finish', spent: nothing, logins: 1 }],
  ['while the access token is on its way', { route: 'POST /session/token', spent: nothing, logins: 2 }],
  [
    'while the access token is tried',
    { route: 'GET /user/profile', spent: nothing, tokenStored: true, logins: 1 },
  ],
]

/**
 * Starts a login in the app and kills the app as soon as the broker has processed the request, whose entries were
 * written down before. What the broker has accepted before, and the token, are written down while it is busy.
 */
async function killDuringLogin(
  profile: Profile,
  broker: KiteConnectPractice,
  { route, spent, tokenStored }: Moment,
): Promise<void> {
  broker.fault({ kind: 'hang-after-processing', at: route })
  const app = await App.start(profile)
  await (await app.popover()).getByRole('button', { name: 'Log in zerodha' }).click()
  await broker.waitFor(route)
  if (spent === nothing) {
    await until('what was accepted to be written down', async () =>
      isEqual((await profile.account('zerodha')).spent, nothing) ? true : null,
    )
  }
  if (tokenStored === true)
    await until('the token to be stored', async () => (await profile.account('zerodha')).token)
  await app.kill()
}

describe.concurrent('killed outright', () => {
  test.for(moments)(
    '%s, it knows at its next start what was spent, and logs in',
    async ([, moment], { profile, broker }) => {
      await profile.addAccount('zerodha', broker, moment.credentials)
      await killDuringLogin(profile, broker, moment)

      const { spent } = await profile.account('zerodha')
      expect(spent).toEqual(moment.spent)
      expect(spent.password).toBeGreaterThanOrEqual(broker.wrongPasswords)
      expect(spent.code).toBeGreaterThanOrEqual(broker.wrongCodes)

      const app = await App.start(profile)
      try {
        const popover = await app.popover()
        await popover.getByRole('listitem', { name: /^zerodha/ }).waitFor()
        if (spent.password > 0) {
          // The outcome is unknown, so the entry is not sent again until the user enters it again.
          await popover.getByRole('button', { name: 'Log in zerodha' }).click()
          await popover.getByRole('listitem', { name: 'zerodha Paused' }).waitFor()
          expect(broker.requests.filter(({ path }) => path === '/api/login')).toHaveLength(1)
          await profile.cli.mustRun('account', 'edit', 'zerodha', '--env-file', await profile.envFile(broker))
        }
        if (moment.tokenStored !== true) await popover.getByRole('button', { name: 'Log in zerodha' }).click()
        await readyCard(popover, 'zerodha').waitFor()
        expect((await profile.account('zerodha')).spent).toEqual({ password: 0, code: 0 })
        expect(broker.wrongCodes).toBe(0)
        expect(broker.loginsCompleted).toBe(moment.logins)
        expect(await profile.cli.mustRun('status', '--probe')).toMatch(/^zerodha: ready/)
      } finally {
        await app.quit()
      }
    },
  )
})
