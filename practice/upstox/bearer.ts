import type { AccessTokens } from '../access-tokens.ts'
import { headerOf, type PracticeRequest } from '../exchange.ts'
import { PERSON } from './person.ts'

/** The parts that make an access token look like a JSON Web Token, long and dotted. Clients never read them. */
const HEADER_AND_CLAIMS = [{ typ: 'JWT', alg: 'HS256' }, { sub: PERSON.user_id }]
  .map((part) => `${Buffer.from(JSON.stringify(part)).toString('base64url')}.`)
  .join('')

/** Returns a new access token. */
export function mintBearer(tokens: AccessTokens): string {
  return HEADER_AND_CLAIMS + tokens.mint()
}

/** Tells whether an access token is valid. */
export function isLiveBearer(tokens: AccessTokens, bearer: string): boolean {
  return bearer.startsWith(HEADER_AND_CLAIMS) && tokens.isLive(signatureOf(bearer))
}

/** Revokes an access token. */
export function revokeBearer(tokens: AccessTokens, bearer: string): void {
  tokens.revoke(signatureOf(bearer))
}

/** Returns the access token of a request. */
export function bearerOf(request: PracticeRequest): string {
  return /^Bearer (.*)$/.exec(headerOf(request, 'authorization'))?.[1] ?? ''
}

function signatureOf(bearer: string): string {
  return bearer.slice(HEADER_AND_CLAIMS.length)
}
