import type { AccessTokens } from '../access-tokens.ts'
import { headerOf, type PracticeRequest } from '../exchange.ts'
import { PERSON } from './person.ts'

/** Makes an access token look like a JSON Web Token, long and dotted. No client needs to look inside. */
const HEADER_AND_CLAIMS = [{ typ: 'JWT', alg: 'HS256' }, { sub: PERSON.user_id }]
  .map((part) => `${Buffer.from(JSON.stringify(part)).toString('base64url')}.`)
  .join('')

/** Makes a new access token. */
export function mintBearer(tokens: AccessTokens): string {
  return HEADER_AND_CLAIMS + tokens.mint()
}

/** Whether an access token is a good one. */
export function isLiveBearer(tokens: AccessTokens, bearer: string): boolean {
  return bearer.startsWith(HEADER_AND_CLAIMS) && tokens.isLive(signatureOf(bearer))
}

/** Ends one access token before its time. */
export function revokeBearer(tokens: AccessTokens, bearer: string): void {
  tokens.revoke(signatureOf(bearer))
}

/** The access token that a request shows. */
export function bearerOf(request: PracticeRequest): string {
  return /^Bearer (.*)$/.exec(headerOf(request, 'authorization'))?.[1] ?? ''
}

function signatureOf(bearer: string): string {
  return bearer.slice(HEADER_AND_CLAIMS.length)
}
