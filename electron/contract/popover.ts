import * as z from 'zod/mini'
import type { Bridge, Contract } from './contract.ts'
import { accountName, nothing, Outcome, typedCode } from './requests.ts'
import { AppState, mornings } from './state.ts'

const NamedAccount = z.object({ name: accountName })

/** In CSS pixels; the window decides how much of it fits on the screen. */
const height = z.number().check(z.minimum(0), z.maximum(1_000_000))

/** What the popover may ask for, and what it is told. */
export const popoverContract = {
  requests: {
    getState: { request: nothing, reply: AppState },
    login: { request: NamedAccount, reply: Outcome },
    cancelLogin: { request: NamedAccount, reply: Outcome },
    /** Hands a login the code that it waits for. One of the wrong length is refused, and the login goes on waiting. */
    answerCode: { request: z.object({ name: accountName, code: typedCode }), reply: Outcome },
    copyToken: { request: NamedAccount, reply: Outcome },
    copyCode: { request: NamedAccount, reply: Outcome },
    /** Copies what is known of the last login, for support. It holds no secret. */
    copyDiagnostics: { request: NamedAccount, reply: Outcome },
    addPractice: { request: nothing, reply: Outcome },
    removeAccount: { request: NamedAccount, reply: Outcome },
    /** Puts an account in the list before another, or at the end for null. */
    moveAccount: {
      request: z.object({ name: accountName, before: z.nullable(accountName) }),
      reply: Outcome,
    },
    /** Sets whether the schedule logs an account in. */
    setMorning: { request: z.object({ name: accountName, morning: z.enum(mornings) }), reply: Outcome },
    /** Stops scheduled logins for the rest of `today`, or until a day (`YYYY-MM-DD`). */
    pauseSchedule: { request: z.object({ until: z.string().check(z.maxLength(10)) }), reply: Outcome },
    resumeSchedule: { request: nothing, reply: Outcome },
    /** Forgets a notice for good. */
    dismissNotice: { request: z.object({ notice: z.string() }), reply: nothing },
    /** Tries whether the keychain can be used now; the state that follows has the result. */
    checkKeychain: { request: nothing, reply: nothing },
    /** Opens the account form in its own window: empty for null, else for that account. */
    openAccountForm: { request: z.object({ name: z.nullable(accountName) }), reply: nothing },
    openSettings: { request: nothing, reply: nothing },
    /** Tells how high the page would like its window to be. */
    fit: { request: z.object({ height }), reply: nothing },
    hide: { request: nothing, reply: nothing },
  },
  events: {
    /** The whole state, each time it changes. */
    stateChanged: AppState,
    /** The name of an account that the user wants to see. */
    accountWanted: z.string(),
  },
} satisfies Contract

/** `window.tokentray` in the popover. */
export type PopoverBridge = Bridge<typeof popoverContract>
