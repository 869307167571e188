import type { Tray } from 'electron'
import { Emitter } from '../core/concurrency/emitter.ts'
import type { SignIn } from '../core/login/assisted.ts'
import { Questions } from '../core/login/questions.ts'
import type { MorningRun } from '../core/schedule/morning-run.ts'
import { nextRunOfAll, type NextRun } from '../core/schedule/next-run.ts'
import { AppModel } from '../services/app-state.ts'
import type { PracticeHost } from '../services/practice-host.ts'
import { composeServices, type Services } from '../services/services.ts'
import type { AccountForm } from '../shell/account-form/account-form.ts'
import { Actions } from '../shell/actions.ts'
import { SecretClipboard } from '../shell/clipboard/secret-clipboard.ts'
import type { AppLock } from '../shell/lock/app-lock.ts'
import { ownFile } from '../shell/own-file.ts'
import { OwnNotices } from '../shell/own-notices.ts'
import { utilityQrReader } from '../shell/qr-process.ts'
import { RememberedLaunch } from '../shell/settings/remembered-launch.ts'
import type { SettingsOpener } from '../shell/settings/settings-opener.ts'
import { TrayIcon } from '../shell/tray/tray-icon.ts'
import { signInByWindow } from '../shell/windows/sign-in.ts'
import { Popover } from '../shell/windows/popover.ts'
import { Lazy } from './lazy.ts'
import { composeLock } from './lock.ts'
import { composeMorning } from './morning.ts'
import { composeSettings, launchAtLogin } from './settings.ts'
import { textClipboard } from './text-clipboard.ts'
import { trayActions } from './tray-actions.ts'

/** Holds the parts of the tray app. */
export interface TrayApp {
  readonly services: Services
  readonly questions: Questions
  readonly clipboard: SecretClipboard
  /** The app's own notices to the user. */
  readonly notices: OwnNotices
  readonly popover: Popover
  readonly lock: AppLock
  readonly model: AppModel
  readonly actions: Actions
  readonly settings: SettingsOpener
  readonly tray: TrayIcon
  /** Not started yet. */
  readonly morning: MorningRun
  readonly form: Lazy<AccountForm>
  readonly practice: Lazy<PracticeHost>
}

/**
 * Builds the tray app behind its icon, with no window. The parts do not observe each other yet; see `connect`.
 * @throws Error when the profile can't be opened
 */
export async function createApp(icon: Tray, wayland: boolean): Promise<TrayApp> {
  const qrReader = utilityQrReader(ownFile('dist', 'qr-reader.js'))
  const services = await composeServices(process.env, { qrReader })
  const { clock, store } = services
  const viewChanged = new Emitter()
  const changed = (): void => {
    viewChanged.emit()
  }

  const canLaunch = launchAtLogin(services)
  const launch = canLaunch === null ? null : new RememberedLaunch(canLaunch, changed)
  const questions = new Questions(clock)
  const notices = new OwnNotices(changed)
  const plainClipboard = await textClipboard(clock, wayland)
  const clearAfterMs = (): number => store.state.settings.clipboardSeconds * 1000
  const clipboard = new SecretClipboard(plainClipboard, clock, clearAfterMs, changed)
  const popover: Popover = new Popover({
    clock,
    wayland,
    iconBounds: () => tray.bounds,
    place: () => store.state.settings.popoverPlace,
    keepPlace: (popoverPlace) => {
      // Where it can't be kept, the popover opens in the corner again.
      store
        .update((state) => ({ ...state, settings: { ...state.settings, popoverPlace } }))
        .catch(() => undefined)
    },
    isAsking: () => questions.isAsking,
    onVisibility: () => {
      void model.refreshCodes()
      if (!popover.isVisible) return
      void model.checkKeychain()
      // The user may have changed it in the system's own settings.
      void launch?.isOn()
    },
  })
  const lock = composeLock({
    ...{ services, popover, wayland },
    onChange: (isLocked) => {
      changed()
      if (isLocked) void clipboard.clear()
      else morning.wake()
      void model.refreshCodes()
    },
  })
  const nextRun = (): NextRun | null => nextRunOfAll(services)
  const model: AppModel = new AppModel({
    services,
    clipboard: () => clipboard.view,
    notices: () => notices.list,
    question: (name) => questions.of(name),
    nextRun,
    startsAtLogin: () => launch?.last ?? null,
    isVisible: () => popover.isVisible && !lock.isLocked,
    lock,
  })
  viewChanged.on(() => {
    model.refresh()
  })

  const practice = new Lazy(async () => {
    const { PracticeHost } = await import('../services/practice-host.ts')
    return new PracticeHost(services)
  })
  const form = new Lazy(async () => {
    const { AccountForm } = await import('../shell/account-form/account-form.ts')
    const onClosed = (): void => {
      // The popover hid when the form opened.
      void model.refreshCodes()
      popover.show()
    }
    return new AccountForm(services, lock, onClosed, {
      copyToken: (name) => actions.copyToken(name),
      clearClipboard: () => {
        plainClipboard.clear()
      },
      signIn,
    })
  })
  const signIn = (name: string): SignIn =>
    signInByWindow(() => services.accounts.open(name), {
      ...{ clock, lock },
      ...{ keychain: services.keychain, codes: services.codes },
      copyCode: (account) => actions.copyCode(account),
      copyText: async (text) => {
        await plainClipboard.writeText(text)
      },
    })
  const actions: Actions = new Actions({
    ...{ services, model, questions, clipboard, plainClipboard, notices, signIn },
    practice: () => practice.get(),
    assertOpen: () => lock.assertOpen(),
    showPopover: () => {
      popover.show()
    },
  })
  const settings = composeSettings({
    services,
    launch,
    model,
    popover,
    clipboard: plainClipboard,
    lock,
    nextRun,
  })
  const tray: TrayIcon = new TrayIcon({
    made: icon,
    clock,
    correctionMs: () => services.offset.correctionMs,
    actions: trayActions({
      ...{ actions, lock, notices, popover, settings },
      onCopied: () => {
        tray.showCopied()
      },
    }),
    showsCount: () => store.state.settings.menuBarCount,
    onClick: () => {
      // On macOS and Windows the popover loses the focus to the icon before the click event arrives.
      if (process.platform === 'linux') popover.toggle()
      else popover.toggleByClick()
    },
  })
  const morning: MorningRun = composeMorning({ services, model, popover, lock })
  return {
    ...{ services, questions, clipboard, notices, popover, lock, model },
    ...{ actions, settings, tray, morning, form, practice },
  }
}
