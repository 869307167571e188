import type { Handlers } from '../../contract/contract.ts'
import type { popoverContract } from '../../contract/popover.ts'
import type { AppModel } from '../../services/app-state.ts'
import type { AccountForm } from '../account-form/account-form.ts'
import type { Actions } from '../actions.ts'
import type { AppLock } from '../lock/app-lock.ts'
import type { SettingsOpener } from '../settings/settings-opener.ts'
import type { Popover } from './popover.ts'

export interface PopoverServices {
  readonly actions: Actions
  readonly loadForm: () => Promise<AccountForm>
  readonly lock: AppLock
  readonly model: AppModel
  readonly popover: Popover
  readonly settings: SettingsOpener
}

/** Returns what the main process does for each request of the popover. */
export function popoverHandlers({
  actions,
  loadForm,
  lock,
  model,
  popover,
  settings,
}: PopoverServices): Handlers<typeof popoverContract> {
  return {
    getState: () => model.state,
    login: ({ name }) => actions.login(name),
    signIn: ({ name }) => actions.login(name, true),
    openPage: async ({ name, page }) => {
      await actions.openPage(name, page)
    },
    cancelLogin: ({ name }) => actions.cancelLogin(name),
    answerCode: ({ name, code }) => actions.answerCode(name, code),
    copyToken: ({ name, as }) => actions.copyToken(name, as),
    copyCode: ({ name }) => actions.copyCode(name),
    copyDiagnostics: ({ name }) => actions.copyDiagnostics(name),
    copyAddress: ({ name }) => actions.copyAddress(name),
    copyInstallKeychain: () => actions.copyInstallKeychain(),
    addPractice: () => actions.addPractice(),
    logout: ({ name }) => actions.logout(name),
    getHistory: ({ name }) => actions.history(name),
    pinAccount: ({ name }) => actions.pinAccount(name),
    removeAccount: ({ name }) => actions.removeAccount(name),
    moveAccount: ({ name, before }) => actions.moveAccount(name, before),
    setMorning: ({ name, morning }) => actions.setMorning(name, morning),
    pauseSchedule: ({ until }) => actions.pauseSchedule(until),
    resumeSchedule: () => actions.resumeSchedule(),
    answerStart: ({ start }) => settings.answerStart(start),
    dismissNotice: ({ notice }) => {
      actions.dismissNotice(notice)
    },
    checkKeychain: async () => {
      await model.checkKeychain()
    },
    openAccountForm: ({ name }) => {
      void loadForm().then((form) => form.open(name))
    },
    openSettings: () => {
      settings.open()
    },
    fit: ({ height }) => {
      popover.fit(height)
    },
    moveBy: ({ dx, dy }) => {
      popover.moveBy(dx, dy)
    },
    hide: () => {
      popover.hide()
    },
    hold: ({ isHeld }) => {
      popover.hold(isHeld)
    },
    unlock: ({ passphrase }) => lock.unlock(passphrase),
    unlockByTouch: () => lock.unlockByTouch(),
  }
}
