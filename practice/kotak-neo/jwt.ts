import { createHmac } from 'node:crypto'
import { z } from 'zod'

const HEADER = encoded({ alg: 'HS256', typ: 'JWT' })
const CLAIMS = z.object({ sid: z.string(), iat: z.number(), exp: z.number() })

/** The claims in a session's token; both times are in seconds since 1970. */
export type Claims = z.infer<typeof CLAIMS>

/** Returns a JSON Web Token signed with HS256: https://www.rfc-editor.org/rfc/rfc7519 */
export function signedJwt(claims: Claims, key: string): string {
  const signed = `${HEADER}.${encoded(claims)}`
  return `${signed}.${signatureOf(signed, key)}`
}

/** Returns the claims of a token that was signed with this key; undefined for any other text. */
export function claimsOf(token: string, key: string): Claims | undefined {
  const [header = '', payload = '', ...rest] = token.split('.')
  const isOurs = rest.join('.') === signatureOf(`${header}.${payload}`, key)
  return isOurs ? CLAIMS.parse(decoded(payload)) : undefined
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decoded(payload: string): unknown {
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
}

function signatureOf(signed: string, key: string): string {
  return createHmac('sha256', key).update(signed).digest('base64url')
}
