import { app, BrowserWindow, globalShortcut, nativeTheme, shell } from 'electron'
import { devDependencies } from '../../package.json'
import { ownProgram } from '../adapters/own-program.ts'
import { hasShortcutPortal } from '../adapters/shortcut-portal.ts'
import type { Services } from '../services/services.ts'
import type { AboutView, SettingOutcome, SettingsView } from '../contract/settings.ts'
import type { LaunchAtLogin } from '../core/ports.ts'
import type { NextRun } from '../core/schedule/next-run.ts'
import type { AppModel } from '../services/app-state.ts'
import { Capture } from '../shell/account-form/capture.ts'
import type { AppLock } from '../shell/lock/app-lock.ts'
import type { Popover } from '../shell/windows/popover.ts'
import { isSettingsKey } from '../shell/settings/settings-key.ts'
import type { SettingsOpener } from '../shell/settings/settings-opener.ts'
import { SettingsService } from '../shell/settings/settings-service.ts'
import { Shortcut } from '../shell/settings/shortcut.ts'
import { startFlags } from '../shell/start-mode.ts'
import { resized, TextSize } from '../shell/windows/text-size.ts'
import { pageBackground, useTheme } from '../shell/windows/theme.ts'
import { isWayland } from '../shell/clipboard/wayland.ts'
import type { NotificationChannels } from '../shell/settings/notification-channels.ts'
import type { SystemClipboard } from '../shell/clipboard/secret-clipboard.ts'
import { Lazy } from './lazy.ts'
import { releaseFeed } from './release-feed.ts'

export interface ComposeSettingsDeps {
  readonly services: Services
  readonly launch: LaunchAtLogin | null
  readonly model: AppModel
  readonly popover: Popover
  readonly clipboard: SystemClipboard
  readonly lock: AppLock
  /** Returns the schedule's next run; null for none. */
  readonly nextRun: () => NextRun | null
}

/** Applies the settings before any window is created, and returns what opens the window that changes them. */
export function composeSettings(deps: ComposeSettingsDeps): SettingsOpener {
  const { services, model, popover, clipboard, lock, nextRun, launch } = deps
  const { platform } = process
  const capture = new Capture(() => BrowserWindow.getAllWindows())
  const textSize = new TextSize(() => BrowserWindow.getAllWindows())
  const shortcut = new Shortcut(globalShortcut, () => {
    popover.toggle()
  })
  const settings: SettingsService = new SettingsService({
    store: services.store,
    clock: services.clock,
    nextRun,
    launchAtLogin: launch,
    shortcut,
    apply: ({ theme, hideFromCapture, textPercent }) => {
      textSize.use(textPercent)
      useTheme(nativeTheme, theme)
      capture.hide(hideFromCapture)
    },
    about: () => about(services, model),
    hasReleaseFeed: releaseFeed(process.env) !== null,
    platform: knownPlatform(platform),
    wayland: isWayland(process.env),
    handsOutShortcuts: () => hasShortcutPortal(),
  })
  // Loaded when first used, because the settings are seldom opened.
  const window = new Lazy(async () => {
    const { SettingsWindow } = await import('../shell/settings/settings-window.ts')
    return new SettingsWindow({
      clock: services.clock,
      settings,
      shortcut,
      lock,
      channels: await channelsOf(services),
      openStateFolder: () => openFolder(services.home.dir),
      copyReleasePage: () => copyReleasePage(services, clipboard),
    })
  })
  const open = (): void => {
    lock.ask('open the settings', () => {
      void window.get().then((loaded) => {
        loaded.open()
      })
    })
  }

  app.on('browser-window-created', (_event, created) => {
    capture.opened(created)
    created.webContents.on('did-finish-load', () => {
      textSize.loaded(created)
    })
    created.webContents.on('before-input-event', (event, input) => {
      const textPercent = resized(input, textSize.percent, platform)
      if (textPercent === null && !isSettingsKey(input, platform)) return
      event.preventDefault()
      if (textPercent === null) open()
      else void settings.change({ textPercent })
    })
  })
  nativeTheme.on('updated', () => {
    for (const open of BrowserWindow.getAllWindows()) open.setBackgroundColor(pageBackground(nativeTheme))
  })
  return {
    open,
    answerStart: async (start) => {
      const outcome: SettingOutcome = start ? await settings.change({ launchAtLogin: true }) : { ok: true }
      if (!outcome.ok) return outcome
      await services.store.update((state) => ({
        ...state,
        settings: { ...state.settings, askedToStart: true },
      }))
      return outcome
    },
  }
}

/** Returns what has the system start TokenTray at login; null where it can't. */
export function launchAtLogin({ home }: Services): LaunchAtLogin | null {
  const { env, platform, execPath } = process
  const program = ownProgram({
    env,
    execPath,
    isPackaged: app.isPackaged,
    appPath: app.getAppPath(),
    withoutSandbox: app.commandLine.hasSwitch('no-sandbox'),
  })
  if (platform === 'linux') {
    return loadOnUse(async () => {
      const { AutostartFile } = await import('../adapters/autostart-file.ts')
      return new AutostartFile({ env, home, program, flags: startFlags })
    })
  }
  // macOS and Windows can't pass a second profile's folder at login, and macOS can't start a checkout.
  const isPlain = (env['TOKENTRAY_HOME'] ?? '') === '' && (app.isPackaged || platform === 'win32')
  if (!isPlain) return null
  return loadOnUse(async () => {
    const { LoginItems } = await import('../shell/settings/login-items.ts')
    return new LoginItems(app, platform, program)
  })
}

/** Loads the implementation on first use, because only the settings use it. */
function loadOnUse(load: () => Promise<LaunchAtLogin>): LaunchAtLogin {
  const loaded = new Lazy(load)
  return {
    isOn: async () => (await loaded.get()).isOn(),
    set: async (on, hidden) => (await loaded.get()).set(on, hidden),
  }
}

async function about({ chosenKeychain, home }: Services, model: AppModel): Promise<AboutView> {
  const { versions, platform, arch } = process
  // Only the settings show it.
  const { aboutView, systemKeychainName } = await import('../shell/settings/about.ts')
  const sealed = (await chosenKeychain.kind()) === 'sealed-file'
  return aboutView({
    version: app.getVersion(),
    pinnedElectron: devDependencies.electron,
    versions,
    platform,
    arch,
    keychain: sealed ? 'Sealed file in the state folder' : systemKeychainName(platform),
    keychainProblem: model.state.keychain?.message ?? null,
    stateFolder: home.dir,
  })
}

/** Creates the notification channels; test messages go out even while a channel is off. */
async function channelsOf(services: Services): Promise<NotificationChannels> {
  const [{ NotificationChannels }, { openChannels }] = await Promise.all([
    import('../shell/settings/notification-channels.ts'),
    import('../services/notification-channels.ts'),
  ])
  return new NotificationChannels({ ...services, notifiers: openChannels(services, () => true) })
}

async function copyReleasePage({ store }: Services, clipboard: SystemClipboard): Promise<SettingOutcome> {
  const { latest } = store.state.settings.updates
  if (latest === null) return { ok: false, message: 'There is no newer version any more.' }
  await clipboard.writeText(latest.page)
  return { ok: true }
}

async function openFolder(folder: string): Promise<SettingOutcome> {
  const error = await shell.openPath(folder)
  return error === '' ? { ok: true } : { ok: false, message: 'No file manager could be opened.' }
}

const knownPlatform = (platform: NodeJS.Platform): SettingsView['platform'] =>
  platform === 'darwin' || platform === 'win32' ? platform : 'linux'
