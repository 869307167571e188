import { z } from 'zod'
import { jsonOf, type Handler, type PracticeRequest, type Reply } from './exchange.ts'

const TEXT_FIELDS = z.record(z.string(), z.string())

/** The text fields of a JSON object, by name. */
export type JsonFields = Readonly<Record<string, string>>

/** Answers a request with a parsed JSON body. */
export type JsonHandler = (body: JsonFields, request: PracticeRequest) => Reply

/** Returns a handler that refuses a JSON object of texts if a named field is missing or empty. */
export function withJson(
  fields: readonly string[],
  refuse: (status: number, message: string) => Reply,
  handler: JsonHandler,
): Handler {
  return (request) => {
    const body = TEXT_FIELDS.safeParse(jsonOf(request)).data
    if (body === undefined) return refuse(400, 'Expected application/json with text fields')
    const missing = fields.find((field) => !body[field])
    return missing === undefined ? handler(body, request) : refuse(400, `Missing or empty field ${missing}`)
  }
}
