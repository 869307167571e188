import * as z from 'zod/mini'
import type { Bridge, Contract } from './contract.ts'
import { accountName, nothing, Outcome, typedCode, typedSecret } from './requests.ts'
import { SettingOutcome } from './settings.ts'
import { AppState, brokerPages, mornings } from './state.ts'

const NamedAccount = z.object({ name: accountName })

/** In CSS pixels; the main process limits it to the screen. */
const height = z.number().check(z.minimum(0), z.maximum(1_000_000))

/** In device-independent pixels. */
const distance = z.number().check(z.minimum(-100_000), z.maximum(100_000))

/** The forms in which a token is copied, beside the bare token. */
export const copyForms = ['header', 'dotenv', 'json', 'curl', 'python', 'node'] as const
export type CopyForm = (typeof copyForms)[number]

/** Defines the requests that the popover may send and the events that it receives. */
export const popoverContract = {
  requests: {
    getState: { request: nothing, reply: AppState },
    login: { request: NamedAccount, reply: Outcome },
    /** Lets the user sign in on the broker's page, this once. */
    signIn: { request: NamedAccount, reply: Outcome },
    /** Opens one of the broker's own pages in the user's browser. */
    openPage: { request: z.object({ name: accountName, page: z.enum(brokerPages) }), reply: nothing },
    cancelLogin: { request: NamedAccount, reply: Outcome },
    /** Sends a login the code that it waits for. A code of the wrong length is refused, and the login keeps waiting. */
    answerCode: { request: z.object({ name: accountName, code: typedCode }), reply: Outcome },
    copyToken: {
      request: z.object({ name: accountName, as: z.optional(z.enum(copyForms)) }),
      reply: Outcome,
    },
    copyCode: { request: NamedAccount, reply: Outcome },
    /** Copies a report on the last login for support. It contains no secret. */
    copyDiagnostics: { request: NamedAccount, reply: Outcome },
    /** Copies the public address that the broker does not accept. */
    copyAddress: { request: NamedAccount, reply: Outcome },
    /** Copies the command that installs a keychain. */
    copyInstallKeychain: { request: nothing, reply: Outcome },
    addPractice: { request: nothing, reply: Outcome },
    /** Ends the token at the broker, where it can be ended, and forgets it. */
    logout: { request: NamedAccount, reply: Outcome },
    /** Tells what became of an account's tokens, oldest first. */
    getHistory: {
      request: NamedAccount,
      reply: z.array(z.object({ at: z.number(), event: z.string(), by: z.string() })),
    },
    /** Puts an account first in the list; none for null. */
    pinAccount: { request: z.object({ name: z.nullable(accountName) }), reply: Outcome },
    removeAccount: { request: NamedAccount, reply: Outcome },
    /** Moves an account in the list before another, or to the end for null. */
    moveAccount: {
      request: z.object({ name: accountName, before: z.nullable(accountName) }),
      reply: Outcome,
    },
    /** Sets whether the schedule logs an account in. */
    setMorning: { request: z.object({ name: accountName, morning: z.enum(mornings) }), reply: Outcome },
    /** Pauses scheduled logins for the rest of `today`, or until a day (`YYYY-MM-DD`). */
    pauseSchedule: { request: z.object({ until: z.string().check(z.maxLength(10)) }), reply: Outcome },
    resumeSchedule: { request: nothing, reply: Outcome },
    /** Answers whether the system starts TokenTray at login, which is asked once. */
    answerStart: { request: z.object({ start: z.boolean() }), reply: SettingOutcome },
    /** Removes a notice permanently. */
    dismissNotice: { request: z.object({ notice: z.string() }), reply: nothing },
    /** Checks whether the keychain can be used now; the next state has the result. */
    checkKeychain: { request: nothing, reply: nothing },
    /** Opens the account form in its own window, empty for null. */
    openAccountForm: { request: z.object({ name: z.nullable(accountName) }), reply: nothing },
    openSettings: { request: nothing, reply: nothing },
    /** Reports the height that the page wants for its window. */
    fit: { request: z.object({ height }), reply: nothing },
    /** Moves the window as the user drags it. */
    moveBy: { request: z.object({ dx: distance, dy: distance }), reply: nothing },
    hide: { request: nothing, reply: nothing },
    /** Keeps the popover from hiding by itself while its page asks the user something. */
    hold: { request: z.object({ isHeld: z.boolean() }), reply: nothing },
    /** Unlocks by the passphrase. While locked, only this and what shows and hides the page is answered. */
    unlock: { request: z.object({ passphrase: typedSecret }), reply: SettingOutcome },
    /** Unlocks by Touch ID, which the system asks for. */
    unlockByTouch: { request: nothing, reply: SettingOutcome },
  },
  events: {
    /** Carries the whole state after each change. */
    stateChanged: AppState,
    /** Carries the name of an account that the page shall bring into view. */
    accountWanted: z.string(),
  },
} satisfies Contract

/** `window.tokentray` in the popover. */
export type PopoverBridge = Bridge<typeof popoverContract>
