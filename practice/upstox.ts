import { AccessTokens } from './access-tokens.ts'
import { Account } from './account.ts'
import { lastIst } from './ist.ts'
import { completeModel } from './broker-model.ts'
import { OneTimeTokens } from './one-time-tokens.ts'
import { listen, type LoopbackOptions } from './listen.ts'
import type { ModelOptions, PracticeBroker, PracticeControls, BrokerModel } from './practice-broker.ts'
import { apiRoutes } from './upstox/api-routes.ts'
import { approvalRoutes } from './upstox/approval-routes.ts'
import { isLiveBearer } from './upstox/bearer.ts'
import { MADE_UP_CREDENTIALS, type UpstoxCredentials } from './upstox/credentials.ts'
import { openToLoginPage } from './upstox/cross-origin.ts'
import { dialogRoutes } from './upstox/dialog-routes.ts'
import { refuse } from './upstox/envelope.ts'
import { loginPageRoutes } from './upstox/login-page.ts'
import { LoginSessions } from './upstox/login-sessions.ts'
import { OtpLimit } from './upstox/otp-limit.ts'
import { otpRoutes } from './upstox/otp-routes.ts'
import { PERSON, USER_PROFILE } from './upstox/person.ts'
import type { Generations, MobileProfile, PageHosts, UpstoxState } from './upstox/state.ts'

type Endpoint = 'api' | 'login' | 'service'

const REAL_HOSTS: PageHosts = {
  login: 'https://login.upstox.com',
  service: 'https://service.upstox.com',
}

/** Configures Upstox with or without sockets; every option has a default. */
export interface UpstoxModelOptions extends ModelOptions<UpstoxCredentials> {
  /** Redirects between the authorization dialog and the login page. */
  readonly redirectHops?: number
  /** False for an account without an authenticator, for which no code is right. */
  readonly totpEnabled?: boolean
  /** False for an app that is not the person's active app. */
  readonly appActive?: boolean
  /** One-time passwords allowed in a minute; by default no limit. */
  readonly otpLimit?: number
  /** One-time passwords allowed in ten minutes before a block of ten minutes; by default no limit. */
  readonly otpBlock?: number
  /** The served generations; by default both. */
  readonly generations?: Partial<Generations>
  /**
   * The accounts of the mobile number; by default the practice person's only. Empty for a reply without a list.
   */
  readonly profiles?: readonly MobileProfile[]
  /** The user ID that logs in; by default the app's owner, who is the practice person. */
  readonly holder?: string
  /** The user ID whose token is issued; by default the holder's. */
  readonly tokenOf?: string
  /** False for a token reply that does not say whose it is; the profile always does. */
  readonly namesUser?: boolean
  /** False for a login page whose address does not name the redirect. */
  readonly namesRedirect?: boolean
  /** True for an app that needs no approval, so that the PIN's reply holds the code. */
  readonly codeWithPin?: boolean
  /** False for requests from an unregistered address, to which Upstox does not show the profile. */
  readonly atRegisteredAddress?: boolean
  /** The base URLs of the login page and its calls; by default the real ones. */
  readonly hosts?: () => PageHosts
}

/** Configures the practice Upstox; every option has a default. */
export type UpstoxOptions = Omit<UpstoxModelOptions, 'hosts'> & LoopbackOptions<Endpoint>

export interface UpstoxModel extends BrokerModel<Endpoint> {
  readonly credentials: UpstoxCredentials
}

/** A practice Upstox: each endpoint plays the host of that name under upstox.com. */
export interface UpstoxPractice extends UpstoxModel, PracticeBroker, PracticeControls {
  readonly credentials: UpstoxCredentials
  readonly endpoints: Readonly<Record<Endpoint, string>>
}

/** Starts a practice Upstox on three loopback ports. */
export async function startUpstox(options: UpstoxOptions = {}): Promise<UpstoxPractice> {
  let hosts: PageHosts = REAL_HOSTS
  const model = upstoxModel({ ...options, hosts: () => hosts })
  const practice = await listen(model, ['login', 'service', 'api'], options)
  hosts = practice.endpoints
  return practice
}

/** Returns Upstox without sockets. */
export function upstoxModel(options: UpstoxModelOptions = {}): UpstoxModel {
  const { now = Date.now, hosts = () => REAL_HOSTS, holder = PERSON.user_id } = options
  const credentials = { ...MADE_UP_CREDENTIALS, ...options.credentials }
  const { client_id, client_secret, username } = credentials
  const account = new Account(credentials, now)
  const upstox: UpstoxState = {
    credentials,
    account,
    otpLimit: new OtpLimit(options.otpLimit ?? Infinity, 60_000, now),
    otpBlock: new OtpLimit(options.otpBlock ?? Infinity, 10 * 60_000, now),
    sessions: new LoginSessions(),
    codes: new OneTimeTokens(now),
    // Tokens end at 03:30 in India: https://upstox.com/developer/api-documentation/get-token
    accessTokens: new AccessTokens([client_id, client_secret, username], now, (at) => lastIst(3.5, at)),
    generations: { newer: true, older: true, goneStatus: 404, ...options.generations },
    profiles: options.profiles ?? [{ ...USER_PROFILE, isDefault: true }],
    holder,
    tokenOf: options.tokenOf ?? holder,
    namesUser: options.namesUser ?? true,
    namesRedirect: options.namesRedirect ?? true,
    codeWithPin: options.codeWithPin ?? false,
    atRegisteredAddress: options.atRegisteredAddress ?? true,
    totpEnabled: options.totpEnabled ?? true,
    appActive: options.appActive ?? true,
    redirectHops: options.redirectHops ?? 0,
    loginsCompleted: 0,
    hosts,
  }

  function endSessions(): void {
    upstox.sessions.clear()
    upstox.codes.clear()
    upstox.accessTokens.revokeAll()
  }

  return completeModel(upstox, endSessions, {
    brokerId: 'upstox',
    routes: {
      api: { ...dialogRoutes(upstox), ...apiRoutes(upstox) },
      login: loginPageRoutes(upstox),
      service: openToLoginPage({ ...otpRoutes(upstox), ...approvalRoutes(upstox) }, upstox),
    },
    refuse,
    codesSeen: account.codesSeen,
    code: () => account.code(),
    useUpCode: () => {
      account.useUpCode()
    },
    accepts: ({ access_token = '' }) => isLiveBearer(upstox.accessTokens, access_token),
  })
}
