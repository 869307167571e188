import { describe, expect, test } from 'vitest'
import { loginFailure, inputErrors } from '../../../tests/support/failure.ts'
import { domain, morning } from '../../../tests/support/harness.ts'
import { secretKey } from '../state/account.ts'
import { Secret } from '../secret.ts'
import { totpWindow } from '../totp/code.ts'
import { totpCode } from '../totp/generate.ts'

const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const codeAt = (time: number): string => totpCode(new Secret(totpSecret), totpWindow(time))

/** The harness’s morning is five seconds into a window. */
const windowStart = morning - 5_000

async function withAccount() {
  const parts = domain()
  const values = {
    api_key: 'key',
    api_secret: 'secret',
    user_id: 'AB1234',
    password: 'a password',
    totp_secret: totpSecret,
  }
  await parts.accounts.add({
    name: 'kite',
    brokerId: 'kite-connect',
    values,
    endpoints: {},
    acceptTerms: true,
  })
  return parts
}

describe('the current code', () => {
  test('is the one of this window, with its beginning, its end and the one to come', async () => {
    const { codes } = await withAccount()
    expect(await codes.current('kite')).toEqual({
      code: codeAt(morning),
      next: codeAt(morning + 30_000),
      startsAt: windowStart,
      endsAt: windowStart + 30_000,
    })
  })

  test('is the one of the moment asked for', async () => {
    const { codes } = await withAccount()
    expect((await codes.current('kite', morning + 60_000)).code).toBe(codeAt(morning + 60_000))
  })

  test.each([-47_000, 47_000])(
    'follows the brokers’ clock, %i ms off ours, in our own times',
    async (drift) => {
      const { codes, offset, clock } = await withAccount()
      offset.observe('https://kite.zerodha.com', clock.now() + drift - 500, clock.now(), clock.now())
      const { code, startsAt, endsAt } = await codes.current('kite')
      expect(code).toBe(codeAt(morning + drift))
      expect(totpWindow(startsAt + drift)).toBe(totpWindow(morning + drift))
      expect((startsAt + drift) % 30_000).toBe(0)
      expect(endsAt - startsAt).toBe(30_000)
      expect(startsAt <= morning && morning < endsAt).toBe(true)
    },
  )

  test('spends nothing', async () => {
    const { codes, account, store } = await withAccount()
    const before = store.saved.length
    await codes.current('kite')
    await codes.toCopy('kite')
    expect(store.saved).toHaveLength(before)
    expect(account('kite').codesSent).toEqual([])
  })

  test('is missing without a stored secret, and the user is told where to enter it', async () => {
    const { codes, keychain } = await withAccount()
    await keychain.delete(secretKey('kite', 'totp_secret'))
    const error = await loginFailure(codes.current('kite'))
    expect(error.message).toContain('No TOTP secret')
    expect(error.next).toContain('TOTP secret')
  })

  test('of an unknown account is an input error', async () => {
    const { codes } = await withAccount()
    expect(await inputErrors(() => codes.current('other'))).toHaveProperty('name')
  })
})

describe('the code worth copying', () => {
  test.each([
    [27_000, 0, false],
    [27_001, 30_000, true],
    [29_999, 30_000, true],
    [30_000, 30_000, false],
  ])('%i ms into the window it is the one that starts at %i ms', async (into, startsAt, isNext) => {
    const { codes, clock } = await withAccount()
    clock.advance(windowStart + into - clock.now())
    expect(await codes.toCopy('kite')).toEqual({
      code: codeAt(windowStart + startsAt),
      isNext,
    })
  })

  test.each([-12_345, 12_345.5])(
    'is the next one near the end by the brokers’ clock, %d ms off ours',
    async (drift) => {
      const { codes, offset, clock } = await withAccount()
      // 1.5 s before the end of a window of the brokers' clock.
      clock.advance(windowStart + 28_500 - drift - clock.now())
      offset.observe('https://kite.zerodha.com', clock.now() + drift - 500, clock.now(), clock.now())
      expect(await codes.toCopy('kite')).toEqual({ code: codeAt(windowStart + 30_000), isNext: true })
    },
  )
})
