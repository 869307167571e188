import type { PopoverBridge } from '../../electron/contract/bridge.ts'
import type { Outcome } from '../../electron/contract/requests.ts'
import { wantsLogin } from './remedy.ts'
import type { Store } from './store.ts'

/** Everything the page can ask for. None of these ever rejects: what went wrong is put in front of the user. */
export interface Actions {
  login: (name: string) => Promise<void>
  loginAll: () => Promise<void>
  cancelLogin: (name: string) => Promise<void>
  answerCode: (name: string, code: string) => Promise<void>
  copyToken: (name: string) => Promise<void>
  copyCode: (name: string) => Promise<void>
  copyDiagnostics: (name: string) => Promise<void>
  addPractice: () => Promise<void>
  remove: (name: string) => Promise<void>
  openForm: (name: string | null) => Promise<void>
  hide: () => Promise<void>
  dismiss: (notice: string) => void
}

const broken = { message: 'That did not work.', next: 'Try again; if it stays so, restart TokenTray.' }

export function createActions(bridge: PopoverBridge, store: Store): Actions {
  const ask = async (account: string | null, request: () => Promise<Outcome | undefined>): Promise<void> => {
    store.forgive(account)
    try {
      const outcome = await request()
      if (outcome?.ok === false && outcome.problem.kind !== 'cancelled') store.fail(account, outcome.problem)
    } catch {
      store.fail(account, broken)
    }
  }
  const silent = async (request: Promise<void>): Promise<undefined> => {
    await request
    return undefined
  }

  const login = (name: string) => ask(name, () => bridge.login(name))

  return {
    login,
    loginAll: async () => {
      const accounts = store.view().app?.accounts ?? []
      await Promise.all(accounts.filter(wantsLogin).map((account) => login(account.name)))
    },
    cancelLogin: (name) => ask(name, () => bridge.cancelLogin(name)),
    answerCode: (name, code) => ask(name, () => bridge.answerCode(name, code)),
    copyToken: (name) => ask(name, () => bridge.copyToken(name)),
    copyCode: (name) => ask(name, () => bridge.copyCode(name)),
    copyDiagnostics: (name) => ask(name, () => bridge.copyDiagnostics(name)),
    addPractice: () => ask(null, () => bridge.addPractice()),
    remove: (name) => ask(name, () => bridge.removeAccount(name)),
    openForm: (name) => ask(name, () => silent(bridge.openAccountForm(name))),
    hide: () => ask(null, () => silent(bridge.hide())),
    dismiss: store.dismiss,
  }
}
