import { cookieOf, type PracticeRequest } from '../exchange.ts'
import { randomId } from '../random-id.ts'

/** What kite.zerodha.com remembers of one browser. */
export interface WebSession {
  kfSession: string
  /** Set between the password and the second factor. */
  requestId: string | undefined
  /** Set once the second factor has passed. */
  publicToken: string | undefined
  /** The `sess_id`s that /connect/login gave this browser. */
  readonly connectIds: Set<string>
}

/** The browsers kite.zerodha.com knows, by their `kf_session` cookie. */
export class WebSessions {
  readonly #byCookie = new Map<string, WebSession>()

  /** The session of the browser that asks, if its cookie is a good one. */
  of(request: PracticeRequest): WebSession | undefined {
    return this.#byCookie.get(cookieOf(request, 'kf_session') ?? '')
  }

  /** The session of the browser that asks, or a new one whose cookie the browser has yet to be given. */
  ofOrNew(request: PracticeRequest): WebSession {
    const known = this.of(request)
    if (known !== undefined) return known
    const session = {
      kfSession: randomId(),
      requestId: undefined,
      publicToken: undefined,
      connectIds: new Set<string>(),
    }
    this.#byCookie.set(session.kfSession, session)
    return session
  }

  /** Notes that the second factor has passed and returns the public token; the cookie from before is void. */
  signIn(session: WebSession): string {
    this.#byCookie.delete(session.kfSession)
    session.kfSession = randomId()
    this.#byCookie.set(session.kfSession, session)
    session.requestId = undefined
    session.publicToken = randomId()
    return session.publicToken
  }

  /** Signs every browser out. */
  clear(): void {
    this.#byCookie.clear()
  }
}

/** The `Set-Cookie` line that makes a browser this session. */
export function kfSessionCookie(session: WebSession): string {
  return `kf_session=${session.kfSession}; Path=/; HttpOnly; SameSite=Lax`
}
