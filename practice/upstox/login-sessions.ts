import { cookieOf, type PracticeRequest, type Reply } from '../exchange.ts'
import { randomId } from '../random-id.ts'
import type { ServiceCall } from './service-call.ts'
import { serviceRefusal } from './service-envelope.ts'

const COOKIE = 'practice_session'

/** What service.upstox.com remembers of one browser. */
export interface LoginSession {
  readonly id: string
  /** The `x-request-id` that the login began with. */
  requestId: string
  /** Set until a right code was entered with it. */
  otpToken: string | undefined
  /** The last step that went well. */
  passed: 'nothing' | 'code' | 'pin'
  /** The call that takes the PIN of this login: the generation that took the code decides. */
  pinCall: 'v4' | 'v3'
}

/** The browsers service.upstox.com knows, by their cookie. */
export class LoginSessions {
  readonly #byCookie = new Map<string, LoginSession>()

  /** Begins a login, which ends the one that the same browser may have been in the middle of. */
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

  /** A handler for the later steps of a login: they have its cookie and its `x-request-id`. */
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

  /** Ends every login that is under way. */
  clear(): void {
    this.#byCookie.clear()
  }

  #of(request: PracticeRequest): LoginSession | undefined {
    return this.#byCookie.get(cookieOf(request, COOKIE) ?? '')
  }
}

/** The `Set-Cookie` line that makes a browser this session. */
export function sessionCookie({ id }: LoginSession): string {
  return `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`
}
