import { madeUpDraft } from '../tests/support/made-up-views.ts'
import type { AccountFormBridge, PopoverBridge } from '../electron/contract/bridge.ts'
import type { FormView } from '../electron/contract/account-form.ts'
import type { SettingsBridge } from '../electron/contract/settings-bridge.ts'
import type { SettingsView } from '../electron/contract/settings.ts'
import type { Outcome } from '../electron/contract/requests.ts'
import type { AppState, Problem } from '../electron/contract/state.ts'

const done = (): Promise<Outcome> => Promise.resolve({ ok: true })
const nothing = (): Promise<void> => Promise.resolve()

/** What a bridge answers when it does not go well. */
export const refused = (problem: Problem) => () => Promise.resolve({ ok: false as const, problem })

/** For what goes on for longer than any picture. */
export const neverDone = <T>(): Promise<T> => new Promise(() => undefined)

/** A bridge of the popover that shows one state for ever and says yes to everything. */
export const popoverBridge = (state: AppState, part: Partial<PopoverBridge> = {}): PopoverBridge => ({
  getState: () => Promise.resolve(state),
  onState: () => () => undefined,
  onAccountWanted: () => () => undefined,
  login: done,
  cancelLogin: done,
  answerCode: done,
  copyToken: done,
  copyCode: done,
  copyDiagnostics: done,
  addPractice: done,
  removeAccount: done,
  moveAccount: done,
  setMorning: done,
  pauseSchedule: done,
  resumeSchedule: done,
  checkKeychain: nothing,
  dismissNotice: nothing,
  openAccountForm: nothing,
  openSettings: nothing,
  fit: nothing,
  hide: nothing,
  ...part,
})

/** A bridge of the account form that shows one form, finds nothing wrong and saves whatever is typed. */
export const formBridge = (view: FormView, part: Partial<AccountFormBridge> = {}): AccountFormBridge => ({
  describe: () => Promise.resolve(view),
  check: () => Promise.resolve(madeUpDraft()),
  look: () => Promise.resolve({ kind: 'nothing' }),
  lookInto: () => Promise.resolve({ kind: 'nothing' }),
  choose: nothing,
  takeEnv: () => Promise.resolve({}),
  drop: nothing,
  save: () => Promise.resolve({ ok: true }),
  test: () => neverDone(),
  cancelTest: nothing,
  answerCode: done,
  onTestProgress: () => () => undefined,
  close: nothing,
  ...part,
})

/** A bridge of the settings that shows them as they are for ever. */
export const settingsBridge = (view: SettingsView, part: Partial<SettingsBridge> = {}): SettingsBridge => ({
  describe: () => Promise.resolve(view),
  onView: () => () => undefined,
  change: () => Promise.resolve({ ok: true }),
  recordShortcut: nothing,
  openStateFolder: () => Promise.resolve({ ok: true }),
  keepWebhook: () => Promise.resolve({ ok: true }),
  keepTelegram: () => Promise.resolve({ ok: true }),
  forgetWay: () => Promise.resolve({ ok: true }),
  tryWay: () => Promise.resolve({ ok: true }),
  close: nothing,
  ...part,
})
