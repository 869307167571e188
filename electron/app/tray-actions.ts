import { app } from 'electron'
import type { Actions } from '../shell/actions.ts'
import type { AppLock } from '../shell/lock/app-lock.ts'
import type { OwnNotices } from '../shell/own-notices.ts'
import type { TrayActions } from '../shell/tray/tray-menu.ts'
import type { Popover } from '../shell/windows/popover.ts'
import type { SettingsOpener } from '../shell/settings/settings-opener.ts'

interface TrayActionDeps {
  readonly actions: Actions
  readonly lock: AppLock
  readonly notices: OwnNotices
  readonly popover: Popover
  readonly settings: SettingsOpener
  readonly onCopied: () => void
}

/** Returns the actions of the tray menu. */
export function trayActions({
  actions,
  lock,
  notices,
  popover,
  settings,
  onCopied,
}: TrayActionDeps): TrayActions {
  /** Shows a failure in the popover, because a menu has no place for it. */
  async function orShow(name: string, copying: ReturnType<Actions['copyToken']>): Promise<void> {
    const outcome = await copying
    if (outcome.ok) {
      onCopied()
      return
    }
    notices.tell(`${name}: ${outcome.problem.message} ${outcome.problem.next}`)
    popover.show(name)
  }
  return {
    copyToken: (name) => {
      lock.ask(`copy the access token of ${name}`, () => void orShow(name, actions.copyToken(name)))
    },
    copyCode: (name) => {
      lock.ask(`copy the code of ${name}`, () => void orShow(name, actions.copyCode(name)))
    },
    login: (name) => {
      lock.ask(`log in ${name}`, () => void actions.login(name))
    },
    loginAll: () => {
      lock.ask('log in all accounts', () => void actions.loginAll())
    },
    pauseToday: () => {
      lock.ask('pause for today', () => void actions.pauseSchedule('today'))
    },
    resume: () => {
      lock.ask('resume the schedule', () => void actions.resumeSchedule())
    },
    lock: () => {
      lock.lock()
    },
    open: () => {
      popover.show()
    },
    settings: () => {
      settings.open()
    },
    quit: () => {
      app.quit()
    },
  }
}
