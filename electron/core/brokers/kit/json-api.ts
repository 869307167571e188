import type * as z from 'zod/mini'
import type { HttpReply, HttpRequest } from '../../ports.ts'
import type { CallContext, LoginContext } from '../broker.ts'
import { readRefusal, type Envelope, type RefusalTable } from './refusals.ts'
import { isPage, readJson, statusError, withPath } from './replies.ts'

/** A broker's API that answers in JSON. */
export interface JsonApiOptions<Step extends string> {
  /** The headers of every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Reads the broker's envelope. The JSON is unchecked, and may be of any shape. */
  readonly envelope: (json: unknown) => Envelope
  readonly refusals: RefusalTable<Step>
  /** True where the broker also refuses in plain text, which then counts as its words. */
  readonly refusesInText?: true
}

/** A request to an endpoint of the account. */
export interface ApiRequest extends Pick<HttpRequest, 'headers' | 'form' | 'json'> {
  readonly method: HttpRequest['method']
  /** Below the endpoint's own path. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** The endpoint's key, `api` by default. */
  readonly endpoint?: string
  /** Replaces the endpoint, for a broker that names the host of later calls. */
  readonly base?: URL
}

type ApiContext = CallContext & Partial<Pick<LoginContext, 'accepted'>>

/** The calls of a JSON API. */
export interface JsonApi<Step extends string> {
  /**
   * Sends a request and returns its reply in the shape of `success`. Only that shape proves success, never an HTTP
   * status. Settles the entries that the reply shows as accepted.
   * @throws LoginError as the broker's table says
   */
  call<T>(context: ApiContext, step: Step, request: ApiRequest, success: z.ZodMiniType<T>): Promise<T>
}

/** Returns the calls of a broker's JSON API. */
export function jsonApi<Step extends string>(options: JsonApiOptions<Step>): JsonApi<Step> {
  const { headers: base = {}, envelope: readEnvelope, refusals } = options
  return {
    call: async (context, step, request, success) => {
      const { endpoint = 'api', path, query, base: host, headers, ...rest } = request
      const url = withPath(host ?? context.endpoint(endpoint), path, query)
      const reply = await context.http.send({ ...rest, url, headers: { ...base, ...headers } })
      const json = readReply(reply, options)
      const envelope = readEnvelope(json)
      const isGood = reply.status >= 200 && reply.status < 300 && !envelope.isRefusal
      const data = isGood ? success.safeParse(json) : null
      if (data?.success === true) {
        context.accepted?.(...(refusals.carries[step] ?? []))
        return data.data
      }
      const { error, accepted } = readRefusal(refusals, step, reply.status, envelope)
      context.accepted?.(...accepted)
      throw error
    },
  }
}

/** Returns the unchecked JSON of a reply, or its plain text as JSON where the broker refuses in text. */
function readReply<Step extends string>(reply: HttpReply, { refusesInText }: JsonApiOptions<Step>): unknown {
  const isText = refusesInText === true && !isPage(reply) && !/^\s*["{[]/.test(reply.body)
  if (!isText || reply.body.trim() === '') return readJson(reply)
  if (reply.status >= 500 || reply.status === 429) throw statusError(reply.status)
  return reply.body
}
