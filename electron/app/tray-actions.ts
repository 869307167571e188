import { app } from 'electron'
import type { Actions } from '../shell/actions.ts'
import type { OwnNotices } from '../shell/own-notices.ts'
import type { SettingsWindow } from '../shell/settings/settings-window.ts'
import type { TrayActions } from '../shell/tray/tray-menu.ts'
import type { Popover } from '../shell/windows/popover.ts'

interface TrayActionDeps {
  readonly actions: Actions
  readonly notices: OwnNotices
  readonly popover: Popover
  readonly settings: SettingsWindow
}

/** Returns the actions of the tray menu. */
export function trayActions({ actions, notices, popover, settings }: TrayActionDeps): TrayActions {
  /** Shows a failure in the popover, because a menu has no place for it. */
  async function orShow(name: string, copying: ReturnType<Actions['copyToken']>): Promise<void> {
    const outcome = await copying
    if (outcome.ok) return
    notices.tell(`${name}: ${outcome.problem.message} ${outcome.problem.next}`)
    popover.show(name)
  }
  return {
    copyToken: (name) => void orShow(name, actions.copyToken(name)),
    copyCode: (name) => void orShow(name, actions.copyCode(name)),
    login: (name) => void actions.login(name),
    loginAll: () => void actions.loginAll(),
    pauseToday: () => void actions.pauseSchedule('today'),
    resume: () => void actions.resumeSchedule(),
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
