import * as z from 'zod/mini'
import type { Bridge, Contract } from './contract.ts'
import { loginModes, MAX_FILE_BYTES, MAX_TYPED } from './fields.ts'
import { accountName, nothing, Outcome, typedCode, typedSecret } from './requests.ts'
import { LoginProgress, Problem, QuestionView, TotpCode } from './state.ts'

/** One input of a broker's form. */
export const FieldView = z.object({
  name: z.string(),
  /** The broker's own name for it. */
  label: z.string(),
  /** Where to find it. */
  help: z.string(),
  /** A secret is typed unseen and never sent back. */
  secret: z.boolean(),
  /** True for the TOTP secret, which can be read out of pictures too. */
  totp: z.boolean(),
  optional: z.boolean(),
  /** True for what a user in assisted mode enters on the broker's page. */
  typedThere: z.boolean(),
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
  /** Two letters for its badge. */
  initials: z.string(),
  /** The broker's colour as `#rrggbb`. */
  colour: z.string(),
  /** What a login takes, such as "User ID, password and a TOTP code". */
  logsInWith: z.string(),
  /** A name for a new account that is free. */
  suggestedName: z.string(),
  fields: z.array(FieldView),
  /** Whether the user may sign in on the broker's page. */
  assisted: z.boolean(),
  endpoints: z.array(EndpointView),
  /** `HH:MM` in India, before which the morning run does not come; null where it comes at any time. */
  earliestTime: z.nullable(z.string()),
  terms: z.object({
    label: z.enum(['documented machine login', 'private login endpoints', 'staff say not allowed']),
    /** The sentence the user has to agree to before an unattended login, and where it comes from. */
    sentence: z.string(),
    source: z.string(),
  }),
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
      mode: z.enum(loginModes),
      /** When the morning run comes to it, `HH:MM` in India; null for the usual time. */
      ownTime: z.nullable(z.string()),
      /** When the user agreed to the terms, epoch ms; null for not yet. */
      termsAcceptedAt: z.nullable(z.number()),
    }),
  ),
  /** Null for an account that has no login. */
  morningRun: z.nullable(
    z.object({
      on: z.boolean(),
      /** For accounts without a time of their own, `HH:MM` in India. */
      usualTime: z.string(),
      /** True for "6:00 am" in place of "06:00". */
      hour12: z.boolean(),
    }),
  ),
})
export type FormView = z.infer<typeof FormView>

const text = z.string().check(z.maxLength(MAX_TYPED))
const id = z.string().check(z.maxLength(100))

export const AccountDraft = z.object({
  name: accountName,
  brokerId: id,
  /**
   * By field name, the proxy's password among them. An empty secret means the one that was imported, and else, when
   * an account is changed, the stored one. Settings travel as secrets too, because only the broker's fields tell which
   * is which.
   */
  values: z.record(z.string(), typedSecret),
  /** By endpoint key; an empty or missing address means the broker's real one. */
  endpoints: z.record(z.string(), text),
  /** The proxy's address; empty for none. */
  proxy: text,
  /** When the morning run is to come, `HH:MM` in India, or what was typed in its place; empty for the usual time. */
  ownTime: text,
  acceptTerms: z.boolean(),
  /** Who signs in. */
  mode: z.enum(loginModes),
  /** Optional fields whose stored values are no longer wanted. */
  forget: z.array(id).check(z.maxLength(100)),
})
export type AccountDraft = z.infer<typeof AccountDraft>
/** The same as the page sends it. */
export type TypedDraft = z.input<typeof AccountDraft>

/** The part of a TOTP secret that a page may show. */
const SeenSecret = z.object({
  /** Whose codes they are and which account there, such as "Zerodha: AB1234"; empty when it is not said. */
  name: z.string(),
  code: TotpCode,
})

/** What the page shows about a draft. It holds nothing of the secrets. */
export const DraftView = z.object({
  /** What is wrong, by the name of the input as in `SaveOutcome`; what is missing is among it. */
  errors: z.record(z.string(), z.string()),
  /** What looks odd about a value that is taken all the same, by field. */
  hints: z.record(z.string(), z.string()),
  /** Secret fields that have an imported value and none that was typed, with what it was imported from. */
  imported: z.record(z.string(), z.string()),
  /** The TOTP secret that would be saved; null for none, or one that can't be read. */
  totp: z.nullable(z.extend(SeenSecret, { from: z.enum(['typed', 'imported', 'stored']) })),
  /** Where an import has several TOTP secrets: all of them, and which is taken. */
  choices: z.array(SeenSecret),
  chosen: z.nullable(z.number()),
})
export type DraftView = z.infer<typeof DraftView>

/** What a TOTP secret or a `.env` file can be imported from. */
export const importSources = ['picture', 'env-file', 'clipboard', 'screen'] as const
export type ImportSource = (typeof importSources)[number]

/** What a `.env` file has for a broker; its secrets stay in the main process. */
export const EnvPreview = z.object({
  file: z.string(),
  brokerId: z.string(),
  brokerName: z.string(),
  found: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      env: z.string(),
      /** Null for a secret. */
      value: z.nullable(z.string()),
      /** The end of a sentence about it; null when nothing is wrong. */
      wrong: z.nullable(z.string()),
    }),
  ),
  missing: z.array(z.object({ field: z.string(), label: z.string(), env: z.string() })),
  /** The names that are none of the broker's, as the end of a sentence; null when there are none. */
  unused: z.nullable(z.string()),
  /** Hints to read before it is used, in sentences. */
  notes: z.array(z.string()),
})
export type EnvPreview = z.infer<typeof EnvPreview>

export const ImportOutcome = z.union([
  /** The user has cancelled it. */
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('wrong'), message: z.string() }),
  /** `DraftView` has them now. */
  z.object({ kind: z.literal('secrets'), notes: z.array(z.string()) }),
  z.object({ kind: z.literal('env'), preview: EnvPreview }),
])
export type ImportOutcome = z.infer<typeof ImportOutcome>

/** What is wrong with a form, by the name of its input: a field's, `name`, `brokerId`, `proxy`, `ownTime`, `terms`, or `endpoint.KEY`. */
export const SaveOutcome = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), errors: z.record(z.string(), z.string()) }),
  z.object({ ok: z.literal(false), problem: Problem }),
])
export type SaveOutcome = z.infer<typeof SaveOutcome>

/** How a test login ended. */
export const TestResult = z.union([
  z.object({ ok: z.literal(true), words: z.string() }),
  z.object({
    ok: z.literal(false),
    problem: Problem,
    /** The field that the problem is about, when it is about one. */
    field: z.nullable(z.string()),
    /** What TokenTray will still try by itself. */
    attempts: z.string(),
  }),
])
export type TestResult = z.infer<typeof TestResult>

export const TestOutcome = z.union([
  z.object({ ok: z.literal(true), test: TestResult }),
  z.object({ ok: z.literal(false), errors: z.record(z.string(), z.string()) }),
  z.object({ ok: z.literal(false), problem: Problem }),
])
export type TestOutcome = z.infer<typeof TestOutcome>

/** The step of a running test login, and the code that it waits for. */
export const TestProgress = z.object({
  login: z.nullable(LoginProgress),
  question: z.nullable(QuestionView),
})
export type TestProgress = z.infer<typeof TestProgress>

const file = z.instanceof(Uint8Array).check(z.refine((bytes) => bytes.length <= MAX_FILE_BYTES))

/** What the account form may ask for, and what it is told. It can send secrets in and read none back. */
export const accountFormContract = {
  requests: {
    describe: { request: nothing, reply: FormView },
    /** Checks what was typed so far; nothing is kept. */
    check: { request: AccountDraft, reply: DraftView },
    /** Imports a TOTP secret or a `.env` file; secrets stay in the main process. */
    importFrom: {
      request: z.object({ source: z.enum(importSources), brokerId: id }),
      reply: ImportOutcome,
    },
    /** The same from what was dropped on the page or pasted into it. */
    importFile: { request: z.object({ file, name: accountName, brokerId: id }), reply: ImportOutcome },
    /** Takes one of several TOTP secrets that were found; null for none of them. */
    choose: { request: z.object({ choice: z.nullable(z.number()) }), reply: nothing },
    /** Takes the values of the `.env` file that was imported last; those of settings come back, by field. */
    takeEnv: { request: nothing, reply: z.record(z.string(), z.string()) },
    /** Forgets a field's imported value. */
    drop: { request: z.object({ field: id }), reply: nothing },
    save: { request: AccountDraft, reply: SaveOutcome },
    /** Saves, and then logs in. */
    test: { request: AccountDraft, reply: TestOutcome },
    cancelTest: { request: nothing, reply: nothing },
    /** Hands the test login the code that it waits for. */
    answerCode: { request: z.object({ code: typedCode }), reply: Outcome },
    /** Closes the window, whatever was typed. */
    close: { request: nothing, reply: nothing },
  },
  events: {
    /** Each step of a test login. */
    testProgressed: TestProgress,
  },
} satisfies Contract

/** `window.accountForm` in the account form. */
export type AccountFormBridge = Bridge<typeof accountFormContract>
