import { z } from 'zod'
import { jsonOf, type Handler, type PracticeRequest, type Reply } from './exchange.ts'

const TEXT_FIELDS = z.record(z.string(), z.string())

/** Text fields by name, as a JSON object held them. */
export type JsonFields = Readonly<Record<string, string>>

/** Answers a request whose JSON has been read. */
export type JsonHandler = (body: JsonFields, request: PracticeRequest) => Reply

/** A handler for a JSON object of text fields in which none of the named ones is missing or empty. */
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
