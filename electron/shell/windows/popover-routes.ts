import { popoverChannels as channels } from '../../contract/channels.ts'
import { popoverContract as contract } from '../../contract/requests.ts'
import type { AccountForm } from '../account-form/account-form.ts'
import type { Actions } from '../actions.ts'
import type { AppModel } from '../../services/app-state.ts'
import type { Popover } from './popover.ts'
import { route, type Route } from './router.ts'

export interface PopoverServices {
  readonly actions: Actions
  readonly loadForm: () => Promise<AccountForm>
  readonly model: AppModel
  readonly popover: Popover
  readonly settings: { open: () => void }
}

/** What the popover may ask for. */
export function popoverRoutes({
  actions,
  loadForm,
  model,
  popover,
  settings,
}: PopoverServices): Record<keyof typeof contract, Route> {
  return {
    [channels.getState]: route(contract[channels.getState], () => model.state),
    [channels.login]: route(contract[channels.login], ({ name }) => actions.login(name)),
    [channels.cancelLogin]: route(contract[channels.cancelLogin], ({ name }) => actions.cancelLogin(name)),
    [channels.answerCode]: route(contract[channels.answerCode], ({ name, code }) =>
      actions.answerCode(name, code),
    ),
    [channels.copyToken]: route(contract[channels.copyToken], ({ name }) => actions.copyToken(name)),
    [channels.copyCode]: route(contract[channels.copyCode], ({ name }) => actions.copyCode(name)),
    [channels.copyDiagnostics]: route(contract[channels.copyDiagnostics], ({ name }) =>
      actions.copyDiagnostics(name),
    ),
    [channels.addPractice]: route(contract[channels.addPractice], () => actions.addPractice()),
    [channels.removeAccount]: route(contract[channels.removeAccount], ({ name }) =>
      actions.removeAccount(name),
    ),
    [channels.moveAccount]: route(contract[channels.moveAccount], ({ name, before }) =>
      actions.moveAccount(name, before),
    ),
    [channels.setMorning]: route(contract[channels.setMorning], ({ name, morning }) =>
      actions.setMorning(name, morning),
    ),
    [channels.pauseSchedule]: route(contract[channels.pauseSchedule], ({ until }) =>
      actions.pauseSchedule(until),
    ),
    [channels.resumeSchedule]: route(contract[channels.resumeSchedule], () => actions.resumeSchedule()),
    [channels.dismissNotice]: route(contract[channels.dismissNotice], ({ notice }) => {
      actions.dismissNotice(notice)
      return undefined
    }),
    [channels.checkKeychain]: route(contract[channels.checkKeychain], async () => {
      await model.checkKeychain()
      return undefined
    }),
    [channels.openAccountForm]: route(contract[channels.openAccountForm], ({ name }) => {
      void loadForm().then((form) => form.open(name))
      return undefined
    }),
    [channels.openSettings]: route(contract[channels.openSettings], () => {
      settings.open()
      return undefined
    }),
    [channels.fit]: route(contract[channels.fit], ({ height }) => {
      popover.fit(height)
      return undefined
    }),
    [channels.hide]: route(contract[channels.hide], () => {
      popover.hide()
      return undefined
    }),
  }
}
