import * as z from 'zod/mini'
import { popoverChannels } from './channels.ts'
import { AppState, mornings, Problem } from './state.ts'

export const accountName = z.string().check(z.maxLength(200))

/** Either done, or why not. */
export const Outcome = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), problem: Problem }),
])
export type Outcome = z.infer<typeof Outcome>

const nothing = z.undefined()
const byName = z.object({ name: accountName })
/** Longer than any code, with room for the spaces one may be pasted with. */
const code = z.string().check(z.maxLength(20))
/** `today`, or a day as `YYYY-MM-DD`. */
export const day = z.string().check(z.maxLength(10))
/** In CSS pixels; what of it fits on the screen is for the window to say. */
const height = z.number().check(z.minimum(0), z.maximum(1_000_000))

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
  [popoverChannels.moveAccount]: {
    request: z.object({ name: accountName, before: z.nullable(accountName) }),
    response: Outcome,
  },
  [popoverChannels.setMorning]: {
    request: z.object({ name: accountName, morning: z.enum(mornings) }),
    response: Outcome,
  },
  [popoverChannels.pauseSchedule]: { request: z.object({ until: day }), response: Outcome },
  [popoverChannels.resumeSchedule]: { request: nothing, response: Outcome },
  [popoverChannels.dismissNotice]: { request: z.object({ notice: z.string() }), response: nothing },
  [popoverChannels.checkKeychain]: { request: nothing, response: nothing },
  [popoverChannels.openAccountForm]: {
    request: z.object({ name: z.nullable(accountName) }),
    response: nothing,
  },
  [popoverChannels.openSettings]: { request: nothing, response: nothing },
  [popoverChannels.fit]: { request: z.object({ height }), response: nothing },
  [popoverChannels.hide]: { request: nothing, response: nothing },
} as const
