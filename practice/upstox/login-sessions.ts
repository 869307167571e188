import { cookieOf, type PracticeRequest, type Reply } from '../exchange.ts'
import { randomId } from '../random-id.ts'
import type { ServiceCall } from './service-call.ts'
import { serviceRefusal } from './service-envelope.ts'

const COOKIE = 'practice_session'

/** Holds what service.upstox.com remembers of one browser. */
export interface LoginSession {
  readonly id: string
  /** The `x-request-id` of the login's first call. */
  requestId: string
  /** Set until a right code has used it. */
  otpToken: string | undefined
  /** The last step that succeeded. */
  passed: 'nothing' | 'code' | 'pin'
  /** The call that takes this login's PIN, of the generation that took the code. */
  pinCall: 'v4' | 'v3'
}

/** Holds the browsers that service.upstox.com knows, by their cookie. */
export class LoginSessions {
  readonly #byCookie = new Map<string, LoginSession>()

  /** Begins a login and ends an incomplete login of the same browser. */
  begin(request: PracticeRequest, requestId: string): LoginSession & { readonly otpToken: string } {
    const id = this.#of(request)?.id ?? randomId()
    const session = {
      id,
      requestId,
      otpToken: randomId(),
      passed: 'nothing' as const,
      pinCall: 'v3' as const,
    }
    this.#byCookie.set(id, session)
    return session
  }

  /** Returns a handler for the later steps of a login, which carry its cookie and `x-request-id`. */
  within<Data>(
    handler: (session: LoginSession, call: ServiceCall<Data>) => Reply,
  ): (call: ServiceCall<Data>) => Reply {
    return (call) => {
      const session = this.#of(call.request)
      if (session === undefined) return serviceRefusal('The session has expired. Please log in again.')
      if (session.requestId !== call.requestId) return serviceRefusal('The x-request-id has changed')
      return handler(session, call)
    }
  }

  /** Ends every incomplete login. */
  clear(): void {
    this.#byCookie.clear()
  }

  #of(request: PracticeRequest): LoginSession | undefined {
    return this.#byCookie.get(cookieOf(request, COOKIE) ?? '')
  }
}

/** Returns the `Set-Cookie` line that binds a browser to this session. */
export function sessionCookie({ id }: LoginSession): string {
  return `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`
}
