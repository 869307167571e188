import { cookieOf, type PracticeRequest } from '../exchange.ts'
import { randomId } from '../random-id.ts'

/** Holds what kite.zerodha.com remembers of one browser. */
export interface WebSession {
  kfSession: string
  /** Set between the password and the second factor. */
  requestId: string | undefined
  /** Set once the second factor has passed. */
  publicToken: string | undefined
  /** The `sess_id`s that /connect/login issued to this browser. */
  readonly connectIds: Set<string>
}

/** Holds the browsers that kite.zerodha.com knows, by their `kf_session` cookie. */
export class WebSessions {
  readonly #byCookie = new Map<string, WebSession>()

  /** Returns the session of the requesting browser, if its cookie is valid. */
  of(request: PracticeRequest): WebSession | undefined {
    return this.#byCookie.get(cookieOf(request, 'kf_session') ?? '')
  }

  /** Returns the session of the requesting browser, or a new one whose cookie is still to be set. */
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

  /** Records that the second factor has passed, voids the old cookie and returns the public token. */
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

/** Returns the `Set-Cookie` line that binds a browser to this session. */
export function kfSessionCookie(session: WebSession): string {
  return `kf_session=${session.kfSession}; Path=/; HttpOnly; SameSite=Lax`
}
