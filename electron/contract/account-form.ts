import * as z from 'zod/mini'
import type { Bridge, Contract } from './contract.ts'
import { loginModes, MAX_FILE_BYTES, MAX_TYPED } from './fields.ts'
import { accountName, nothing, Outcome, typedCode, typedSecret } from './requests.ts'
import { severalRequests } from './several.ts'
import { brokerPages, LoginProgress, Problem, QuestionView, TotpCode } from './state.ts'

/** Describes one input of a broker's form. */
export const FieldView = z.object({
  name: z.string(),
  /** The broker's own name for it. */
  label: z.string(),
  /** Tells where the user finds the value. */
  help: z.string(),
  /** True for a secret: it is masked while typed and never sent back to the page. */
  secret: z.boolean(),
  /** True for the TOTP secret, which can be imported from pictures too. */
  totp: z.boolean(),
  optional: z.boolean(),
  /** True when a user in assisted mode enters the value on the broker's page. */
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
  /** What a login needs, in a few words, such as "API key and secret, user ID, password, TOTP". */
  needs: z.string(),
  /** An unused name for a new account. */
  suggestedName: z.string(),
  fields: z.array(FieldView),
  /** How a login may go: TokenTray makes it, or the user signs in on the broker's page. */
  modes: z.array(z.enum(loginModes)),
  endpoints: z.array(EndpointView),
  /** The hosts of the broker's own pages, which a click opens in the browser. */
  pages: z.object({ login: z.string(), developers: z.nullable(z.string()) }),
  /** True for an API that a newer one replaces. */
  older: z.boolean(),
  /** The time before which the morning run does not log in, `HH:MM` in India; null for no limit. */
  earliestTime: z.nullable(z.string()),
  terms: z.object({
    label: z.enum(['documented machine login', 'private login endpoints', 'staff say not allowed']),
    /** The sentence that the user has to accept before an unattended login, and its source. */
    sentence: z.string(),
    source: z.string(),
  }),
})
export type BrokerView = z.infer<typeof BrokerView>

/** Holds the form's content: the brokers to choose from, popular ones first, or the account being changed. */
export const FormView = z.object({
  brokers: z.array(BrokerView),
  /** Null for a new account. Holds the times at which secrets were set (epoch ms) and never their values. */
  editing: z.nullable(
    z.object({
      name: z.string(),
      brokerId: z.string(),
      values: z.record(z.string(), z.string()),
      endpoints: z.record(z.string(), z.string()),
      /** The proxy's address with its user name; empty for none. */
      proxy: z.string(),
      secretsSetAt: z.record(z.string(), z.number()),
      mode: z.enum(loginModes),
      /** The account's own time of the morning run, `HH:MM` in India; null for the usual time. */
      ownTime: z.nullable(z.string()),
      /** When the user accepted the terms, epoch ms; null for not yet. */
      termsAcceptedAt: z.nullable(z.number()),
    }),
  ),
  /** Null for an account that has no login. */
  morningRun: z.nullable(
    z.object({
      on: z.boolean(),
      /** The time for accounts without their own, `HH:MM` in India. */
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
   * By field name, including the proxy's password. An empty secret stands for the imported one, or else for the
   * stored one of an account being changed. Settings travel as secrets too, because only the broker's fields tell
   * the two apart.
   */
  values: z.record(z.string(), typedSecret),
  /** By endpoint key; an empty or missing address stands for the broker's real one. */
  endpoints: z.record(z.string(), text),
  /** The proxy's address; empty for none. */
  proxy: text,
  /** The account's own time as typed, valid as `HH:MM` in India; empty for the usual time. */
  ownTime: text,
  acceptTerms: z.boolean(),
  /** Whether the user wants a real account with an Electron past its support. */
  acceptElectron: z.boolean(),
  mode: z.enum(loginModes),
  /** Optional fields whose stored values the save deletes. */
  forget: z.array(id).check(z.maxLength(100)),
})
export type AccountDraft = z.infer<typeof AccountDraft>
/** The draft as the page sends it, with secrets as plain text. */
export type TypedDraft = z.input<typeof AccountDraft>

/** The part of a TOTP secret that a page may show. */
const SeenSecret = z.object({
  /** The issuer and the account, such as "Zerodha: AB1234"; empty when unknown. */
  name: z.string(),
  code: TotpCode,
})

/** Holds the main process's view of a draft, without any secret. */
export const DraftView = z.object({
  /** Errors by the name of the input, as in `SaveOutcome`; missing values are among them. */
  errors: z.record(z.string(), z.string()),
  /** The stored secrets that a save needs again, because an address or the proxy is another. */
  enterAgain: z.array(z.string()),
  /** Warnings about unusual values that are accepted, by field. */
  hints: z.record(z.string(), z.string()),
  /** The source of each imported secret that no typed value replaces, by field. */
  imported: z.record(z.string(), z.string()),
  /** The TOTP secret that a save would store; null for none or an unreadable one. */
  totp: z.nullable(z.extend(SeenSecret, { from: z.enum(['typed', 'imported', 'stored']) })),
  /** All TOTP secrets of an import that has several, and the index of the chosen one. */
  choices: z.array(SeenSecret),
  chosen: z.nullable(z.number()),
  /** The Electron past its support that the user has to accept before the save; null when there is nothing to accept. */
  oldElectron: z.nullable(z.string()),
})
export type DraftView = z.infer<typeof DraftView>

/** The sources of an import of a TOTP secret or a `.env` file. */
export const importSources = ['picture', 'env-file', 'clipboard', 'screen'] as const
export type ImportSource = (typeof importSources)[number]

/** Lists the values of a `.env` file for a broker; its secrets stay in the main process. */
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
      /** The end of a sentence about the value; null when it is valid. */
      wrong: z.nullable(z.string()),
    }),
  ),
  missing: z.array(z.object({ field: z.string(), label: z.string(), env: z.string() })),
  /** The names that the broker does not use, as the end of a sentence; null for none. */
  unused: z.nullable(z.string()),
  /** Hints to read before using the file, in sentences. */
  notes: z.array(z.string()),
})
export type EnvPreview = z.infer<typeof EnvPreview>

export const ImportOutcome = z.union([
  /** The user has cancelled the import. */
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('wrong'), message: z.string() }),
  /** `DraftView` has them now. */
  z.object({
    kind: z.literal('secrets'),
    notes: z.array(z.string()),
    /** What the label of the only one tells of other fields, such as the user ID; for their inputs. */
    settings: z.record(z.string(), z.string()),
    /** True while the clipboard still holds the secret. */
    onClipboard: z.boolean(),
  }),
  z.object({ kind: z.literal('env'), preview: EnvPreview }),
])
export type ImportOutcome = z.infer<typeof ImportOutcome>

/**
 * Reports how a save ended. Errors are by the name of their input: a field's name, `name`, `brokerId`, `proxy`,
 * `ownTime`, `electron`, `terms`, or `endpoint.KEY`.
 */
export const SaveOutcome = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), errors: z.record(z.string(), z.string()) }),
  z.object({ ok: z.literal(false), problem: Problem }),
])
export type SaveOutcome = z.infer<typeof SaveOutcome>

/** Reports how a test login ended. */
export const TestResult = z.union([
  z.object({
    ok: z.literal(true),
    words: z.string(),
    /** False for an account that shows codes alone. */
    hasToken: z.boolean(),
  }),
  z.object({
    ok: z.literal(false),
    problem: Problem,
    /** The field that the problem is about; null when it is about none. */
    field: z.nullable(z.string()),
    /** The login attempts that TokenTray still makes by itself, in words. */
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

/** Reports the step of a running test login and the code that it waits for. */
export const TestProgress = z.object({
  login: z.nullable(LoginProgress),
  question: z.nullable(QuestionView),
})
export type TestProgress = z.infer<typeof TestProgress>

const file = z.instanceof(Uint8Array).check(z.refine((bytes) => bytes.length <= MAX_FILE_BYTES))

/** Defines the account form's requests and events. The page can send secrets and never reads them back. */
export const accountFormContract = {
  requests: {
    describe: { request: nothing, reply: FormView },
    /** Checks a draft without storing it. */
    check: { request: AccountDraft, reply: DraftView },
    /** Imports a TOTP secret or a `.env` file; secrets stay in the main process. */
    importFrom: {
      request: z.object({
        source: z.enum(importSources),
        brokerId: id,
        /** Where a menu opens, in CSS pixels of the page; null for a source without one. */
        at: z.nullable(z.object({ x: z.number(), y: z.number() })),
      }),
      reply: ImportOutcome,
    },
    /** Imports from a file that was dropped on the page or pasted into it. */
    importFile: { request: z.object({ file, name: accountName, brokerId: id }), reply: ImportOutcome },
    /** Chooses one of several TOTP secrets that were found; null for none. Returns what its label tells, by field. */
    choose: {
      request: z.object({ choice: z.nullable(z.number()), brokerId: id }),
      reply: z.record(z.string(), z.string()),
    },
    /** Empties the clipboard, which the secret was imported from. */
    clearClipboard: { request: nothing, reply: nothing },
    /** Opens one of a broker's own pages in the user's browser. */
    openPage: { request: z.object({ brokerId: id, page: z.enum(brokerPages) }), reply: nothing },
    /** Accepts the values of the `.env` file that was imported last; returns those of settings, by field. */
    takeEnv: { request: nothing, reply: z.record(z.string(), z.string()) },
    /** Forgets a field's imported value. */
    drop: { request: z.object({ field: id }), reply: nothing },
    ...severalRequests,
    save: { request: AccountDraft, reply: SaveOutcome },
    /** Saves the draft, then logs in. */
    test: { request: AccountDraft, reply: TestOutcome },
    cancelTest: { request: nothing, reply: nothing },
    /** Copies the token of the saved account. */
    copyToken: { request: nothing, reply: Outcome },
    /** Sends the test login the code that it waits for. */
    answerCode: { request: z.object({ code: typedCode }), reply: Outcome },
    /** Closes the window and discards the typed values. */
    close: { request: nothing, reply: nothing },
  },
  events: {
    /** Reports each step of a test login. */
    testProgressed: TestProgress,
  },
} satisfies Contract

/** `window.accountForm` in the account form. */
export type AccountFormBridge = Bridge<typeof accountFormContract>
