import { madeUpDraft } from '../tests/support/made-up-views.ts'
import {
  accountFormContract,
  type AccountFormBridge,
  type FormView,
} from '../electron/contract/account-form.ts'
import type { Bridge, Contract, Exchange } from '../electron/contract/contract.ts'
import { popoverContract, type PopoverBridge } from '../electron/contract/popover.ts'
import { settingsContract, type SettingsBridge, type SettingsView } from '../electron/contract/settings.ts'
import { signInContract, type SignInBridge, type SignInView } from '../electron/contract/sign-in.ts'
import type { AppState, Problem } from '../electron/contract/state.ts'

/** Returns a request's function that is refused. */
export const refused = (problem: Problem) => () => Promise.resolve({ ok: false as const, problem })

/** Returns a promise that never settles, for what takes longer than any picture. */
export const neverDone = <T>(): Promise<T> => new Promise(() => undefined)

/** Replies that say yes or that there is nothing. */
const mild = [undefined, { ok: true }, { kind: 'nothing' }, {}]

/** Returns the first mild reply that the contract allows. */
async function mildReply({ reply }: Exchange): Promise<unknown> {
  const allowed = mild.map((value) => reply.safeParse(value)).find(({ success }) => success)
  if (allowed === undefined) throw new Error('A made-up bridge has to be told what to reply here.')
  return Promise.resolve(allowed.data)
}

/** Returns a bridge that replies mildly to whatever `part` leaves out, and never calls a listener. */
function madeUpBridge<C extends Contract>(contract: C, part: Partial<Bridge<C>>): Bridge<C> {
  const calls = Object.entries(contract.requests).map(
    ([name, exchange]) => [name, () => mildReply(exchange)] as const,
  )
  const bridge: object = { on: () => () => undefined, ...Object.fromEntries(calls), ...part }
  if (!isBridge(contract, bridge)) throw new Error('unreachable: it has every name of the contract')
  return bridge
}

const isBridge = <C extends Contract>({ requests }: C, bridge: object): bridge is Bridge<C> =>
  [...Object.keys(requests), 'on'].every((name) => name in bridge)

/** Returns a bridge of the popover that shows one state for ever and says yes to everything. */
export const popoverBridge = (state: AppState, part: Partial<PopoverBridge> = {}): PopoverBridge =>
  madeUpBridge(popoverContract, { getState: () => Promise.resolve(state), ...part })

/** Returns a bridge of the account form that shows one form, finds nothing wrong and saves whatever is typed. */
export const formBridge = (view: FormView, part: Partial<AccountFormBridge> = {}): AccountFormBridge =>
  madeUpBridge(accountFormContract, {
    describe: () => Promise.resolve(view),
    check: () => Promise.resolve(madeUpDraft()),
    test: () => neverDone(),
    ...part,
  })

/** Returns a bridge of the settings that shows them as they are for ever. */
export const settingsBridge = (view: SettingsView, part: Partial<SettingsBridge> = {}): SettingsBridge =>
  madeUpBridge(settingsContract, { describe: () => Promise.resolve(view), ...part })

/** Returns a bridge of the strip above a broker's page that shows one page for ever. */
export const signInBridge = (view: SignInView, part: Partial<SignInBridge> = {}): SignInBridge =>
  madeUpBridge(signInContract, { describe: () => Promise.resolve(view), ...part })
