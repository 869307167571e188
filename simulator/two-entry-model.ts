import { z } from 'zod'
import { AccessTokens } from '../practice/access-tokens.ts'
import { Account } from '../practice/account.ts'
import { headerOf, json, jsonOf, type PracticeRequest, type Reply } from '../practice/exchange.ts'
import { lastIst } from '../practice/ist.ts'
import { completeModel } from '../practice/broker-model.ts'
import type { BrokerModel } from '../practice/practice-broker.ts'

const Login = z.strictObject({ user: z.string(), password: z.string(), code: z.string() })

const refuse = (status: number, error: string): Reply => json(status, { error })

/** Models a made-up broker that takes password and code in one request and checks the password first. */
export function twoEntryModel(now: () => number): BrokerModel {
  const credentials = {
    user_id: 'PR0003',
    password: 'practice password',
    totp_secret: 'PRACTICEPRACTICEPRACTICEPRACTICE',
  }
  const account = new Account(credentials, now)
  const tokens = new AccessTokens([credentials.user_id], now, (at) => lastIst(5, at))
  const customer = { credentials, account, loginsCompleted: 0 }

  function login(request: PracticeRequest): Reply {
    const asked = Login.safeParse(jsonOf(request))
    if (!asked.success) return refuse(400, 'Invalid request body')
    const { user, password, code } = asked.data
    if (user !== credentials.user_id) return refuse(400, 'Unknown user')
    const passwordVerdict = account.enterPassword(password === credentials.password)
    if (passwordVerdict === 'wrong') return refuse(401, 'Invalid password')
    const codeVerdict = passwordVerdict === 'right' ? account.enterCode(code) : 'blocked'
    if (codeVerdict === 'wrong') return refuse(401, 'Invalid TOTP')
    if (codeVerdict === 'blocked') return refuse(403, 'The account is locked after 5 wrong entries.')
    customer.loginsCompleted += 1
    return json(200, { token: tokens.mint() })
  }

  function me(request: PracticeRequest): Reply {
    const token = headerOf(request, 'authorization').replace(/^Bearer /, '')
    return tokens.isLive(token) ? json(200, { user: credentials.user_id }) : refuse(401, 'Invalid token')
  }

  return completeModel(customer, () => tokens.revokeAll(), {
    brokerId: 'two-entry',
    routes: { api: { 'POST /login': login, 'GET /me': me } },
    refuse,
    codesSeen: account.codesSeen,
    code: () => account.code(),
    useUpCode: () => {
      account.useUpCode()
    },
    accepts: ({ token = '' }) => tokens.isLive(token),
  })
}
