import { AccessTokens } from './access-tokens.ts'
import { headerOf, json, type Handler, type Reply } from './exchange.ts'
import { DAY_MS } from './ist.ts'
import { withJson, type JsonFields } from './json-fields.ts'
import { definePractice } from './kit/define.ts'
import { LoginsLimit } from './kit/logins-limit.ts'

const MINUTE_MS = 60_000
const LOCK_MS = 15 * MINUTE_MS
const HOUR_MS = 60 * MINUTE_MS

const refused = (status: number, message: string, error_type = 'GeneralException'): Reply =>
  json(status, { status: 'error', message, error_type })

/** Locks after five wrong codes within 15 minutes: for 15 minutes, or for an hour after three locks within one. */
class LockLadder {
  readonly #now: () => number
  #wrongAt: number[] = []
  #lockedAt: number[] = []
  #until = 0

  constructor(now: () => number) {
    this.#now = now
  }

  get isLocked(): boolean {
    return this.#now() < this.#until
  }

  noteWrongCode(): void {
    const now = this.#now()
    this.#wrongAt = [...this.#wrongAt.filter((at) => now - at < LOCK_MS), now]
    if (this.#wrongAt.length < 5) return
    this.#wrongAt = []
    this.#lockedAt = [...this.#lockedAt.filter((at) => now - at < HOUR_MS), now]
    this.#until = now + (this.#lockedAt.length < 3 ? LOCK_MS : HOUR_MS)
  }
}

/** A practice INDstocks, by https://api-docs.indstocks.com/Users/ and programs that log in. */
export const indstocks = definePractice({
  id: 'indstocks',
  credentials: {
    client_id: 'practice-client-id',
    mpin: '7391',
    totp_secret: 'INDSTOCKSPRACTICEINDSTOCKSPRACTI',
  },
  endpoints: ['api'],
  refuse: refused,
  answer: /1PRAC2N7X/,
  simulation: {
    password: 'mpin',
    // A second code would come within the minute.
    secondCode: false,
    entries: {
      'POST /generate/token': [
        { entry: 'password', field: 'mpin' },
        { entry: 'code', field: 'totp' },
      ],
    },
    loginRoutes: { needed: ['POST /generate/token'], probe: 'GET /user/profile', elsewhere: [] },
    limits: [{ logins: 1, withinMs: MINUTE_MS }],
  },
  open: ({ credentials, account, now, quirks, completed }) => {
    const tokens = new AccessTokens([credentials.client_id], now, (at) => at - DAY_MS)
    const perMinute = new LoginsLimit(1, MINUTE_MS, now)
    const ladder = new LockLadder(now)

    function mint({ mpin = '', totp = '' }: JsonFields): Reply {
      // Before a look at the entries, as the lock.
      if (!perMinute.admits()) return refused(429, 'Only one token can be generated per 60 seconds')
      if (ladder.isLocked)
        return refused(403, 'Token generation is locked. Try again later.', 'UserException')
      const pin = account.enterPassword(mpin === credentials.mpin)
      if (pin === 'wrong') return refused(401, 'Invalid MPIN', 'InputException')
      const code = pin === 'right' ? account.enterCode(totp) : 'blocked'
      if (code === 'blocked') return refused(403, 'Your account is locked', 'UserException')
      if (code === 'wrong') {
        ladder.noteWrongCode()
        return refused(401, 'Invalid or already used TOTP', 'InputException')
      }
      completed()
      // A new token ends the old one.
      tokens.revokeAll()
      const token = { token: tokens.mint() }
      return json(200, { status: 'success', ...(quirks.has('nested') ? { data: token } : token) })
    }

    const ofClient =
      (handler: Handler): Handler =>
      (request) =>
        headerOf(request, 'x-api-key') === credentials.client_id && headerOf(request, 'authorization') === ''
          ? handler(request)
          : refused(401, 'Unauthorized', 'TokenException')

    /** A token with `Bearer` is none. A dead one gets 403. */
    const signedIn =
      (handler: Handler): Handler =>
      (request) =>
        tokens.isLive(headerOf(request, 'authorization'))
          ? handler(request)
          : refused(403, 'Invalid or expired access token', 'TokenException')

    const profile = (): Reply => {
      const data = { user_id: '1234567', email: '', first_name: 'PRACTICE', ucc: '1PRAC2N7X' }
      return json(200, { status: 'success', data })
    }
    const refuseInput = (status: number, message: string): Reply => refused(status, message, 'InputException')
    return {
      routes: {
        api: {
          'POST /generate/token': ofClient(withJson(['mpin', 'totp'], refuseInput, mint)),
          'GET /user/profile': signedIn(profile),
        },
      },
      accepts: ({ access_token = '', client_id }) =>
        tokens.isLive(access_token) && client_id === credentials.client_id,
      endSessions: () => tokens.revokeAll(),
    }
  },
})
