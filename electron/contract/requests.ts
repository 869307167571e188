import * as z from 'zod/mini'
import { accountFormChannels, popoverChannels } from './channels.ts'
import { AppState, Problem } from './state.ts'

/** One input of a broker's form. */
export const FieldView = z.object({
  name: z.string(),
  /** The broker's own name for it. */
  label: z.string(),
  /** Where to find it. */
  help: z.string(),
  /** A secret is typed unseen and never sent back. */
  secret: z.boolean(),
  optional: z.boolean(),
})
export type FieldView = z.infer<typeof FieldView>

export const EndpointView = z.object({
  key: z.string(),
  /** The broker's real address. */
  url: z.string(),
})
export type EndpointView = z.infer<typeof EndpointView>

export const BrokerView = z.object({
  id: z.string(),
  name: z.string(),
  fields: z.array(FieldView),
  endpoints: z.array(EndpointView),
  /** The sentence the user has to agree to before an unattended login, and where it comes from. */
  terms: z.object({ sentence: z.string(), source: z.string() }),
})
export type BrokerView = z.infer<typeof BrokerView>

/** What the account form shows: the brokers to choose from, or the one account being changed. */
export const FormView = z.object({
  brokers: z.array(BrokerView),
  /** Null for a new account. Values of secrets are never here, only when they were set (epoch ms). */
  editing: z.nullable(
    z.object({
      name: z.string(),
      brokerId: z.string(),
      values: z.record(z.string(), z.string()),
      endpoints: z.record(z.string(), z.string()),
      /** The proxy's address with its user's name; empty for none. */
      proxy: z.string(),
      secretsSetAt: z.record(z.string(), z.number()),
      termsAccepted: z.boolean(),
    }),
  ),
})
export type FormView = z.infer<typeof FormView>

const text = z.string().check(z.maxLength(4096))
const accountName = z.string().check(z.maxLength(200))

export const AccountDraft = z.object({
  name: accountName,
  brokerId: z.string().check(z.maxLength(100)),
  /** By field name, the proxy's password among them. When an account is changed, an empty secret keeps the stored one. */
  values: z.record(z.string(), text),
  /** By endpoint key; an empty or missing address means the broker's real one. */
  endpoints: z.record(z.string(), text),
  /** The proxy's address; empty for none. */
  proxy: text,
  acceptTerms: z.boolean(),
})
export type AccountDraft = z.infer<typeof AccountDraft>

/** Either done, or why not. */
export const Outcome = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), problem: Problem }),
])
export type Outcome = z.infer<typeof Outcome>

/** What is wrong with a form, by the name of its input: a field's, `name`, `brokerId`, `proxy`, `terms`, or `endpoint.KEY`. */
export const SaveOutcome = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), errors: z.record(z.string(), z.string()) }),
  z.object({ ok: z.literal(false), problem: Problem }),
])
export type SaveOutcome = z.infer<typeof SaveOutcome>

const nothing = z.undefined()
const byName = z.object({ name: accountName })
/** Longer than any code, with room for the spaces one may be pasted with. */
const code = z.string().check(z.maxLength(20))

/** Per channel: which requests are accepted and which answers may leave. The router holds both sides to it. */
export const popoverContract = {
  [popoverChannels.getState]: { request: nothing, response: AppState },
  [popoverChannels.login]: { request: byName, response: Outcome },
  [popoverChannels.cancelLogin]: { request: byName, response: Outcome },
  [popoverChannels.answerCode]: { request: z.object({ name: accountName, code }), response: Outcome },
  [popoverChannels.copyToken]: { request: byName, response: Outcome },
  [popoverChannels.copyCode]: { request: byName, response: Outcome },
  [popoverChannels.copyDiagnostics]: { request: byName, response: Outcome },
  [popoverChannels.addPractice]: { request: nothing, response: Outcome },
  [popoverChannels.removeAccount]: { request: byName, response: Outcome },
  [popoverChannels.openAccountForm]: {
    request: z.object({ name: z.nullable(accountName) }),
    response: nothing,
  },
  [popoverChannels.hide]: { request: nothing, response: nothing },
} as const

export const accountFormContract = {
  [accountFormChannels.describe]: { request: nothing, response: FormView },
  [accountFormChannels.save]: { request: AccountDraft, response: SaveOutcome },
  [accountFormChannels.close]: { request: nothing, response: nothing },
} as const
