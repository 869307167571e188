import path from 'node:path'
import * as electron from 'electron'
import { app, BrowserWindow, clipboard, dialog, powerMonitor } from 'electron'
import { hasBusyThreads } from './adapters/busy-threads.ts'
import { certificateNote, keepCertificateChecks } from './services/certificate-checks.ts'
import { findHome } from './adapters/home.ts'
import { makeFolder } from './adapters/make-folder.ts'
import { hasTrayHost, watchTrayHost } from './adapters/tray-host.ts'
import { composeMorning } from './app/morning.ts'
import { composeSettings } from './app/settings.ts'
import { composeServices } from './services/services.ts'
import { popoverContract } from './contract/popover.ts'
import type { Clock } from './core/ports.ts'
import type { PracticeHost } from './services/practice-host.ts'
import type { AccountForm } from './shell/account-form/account-form.ts'
import { Actions } from './shell/actions.ts'
import { APP_ID } from './shell/app-id.ts'
import { AppModel } from './services/app-state.ts'
import { SecretClipboard, type SystemClipboard } from './shell/clipboard/secret-clipboard.ts'
import { noTrayNotice } from './shell/tray/no-tray-notice.ts'
import { OwnNotices } from './shell/own-notices.ts'
import { declarePageScheme } from './shell/windows/pages.ts'
import { Popover } from './shell/windows/popover.ts'
import { popoverHandlers } from './shell/windows/popover-handlers.ts'
import { utilityQrReader } from './shell/qr-process.ts'
import { quitInTime } from './shell/quitting.ts'
import { nextRunOfAll, type NextRun } from './core/schedule/next-run.ts'
import { Questions } from './core/login/questions.ts'
import { send, serve } from './shell/windows/router.ts'
import { isHiddenStart, startMode } from './shell/start-mode.ts'
import { TrayIcon } from './shell/tray/tray-icon.ts'
import { systemClipboard } from './shell/clipboard/system-clipboard.ts'
import { isWayland } from './shell/clipboard/wayland.ts'

/** A tray's host that comes while the app starts has been told of by then, ms. */
const HOST_TOLD_WITHIN_MS = 1_000

const certificates = certificateNote(keepCertificateChecks(process.env))
if (certificates !== null) process.stderr.write(`${certificates.message} ${certificates.next}\n`)
const home = findHome(process.env)
app.setPath('userData', path.join(home.dir, 'electron'))
if (process.platform === 'win32') app.setAppUserModelId(APP_ID)
// Chromium would ask for a keyring of its own to encrypt cookies, and no page of ours has any.
app.commandLine.appendSwitch('password-store', 'basic')
// There the desktop hands out global shortcuts (https://www.electronjs.org/docs/latest/api/global-shortcut).
const wayland = process.platform === 'linux' && isWayland(process.env)
if (wayland) app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal')
declarePageScheme()

if (app.requestSingleInstanceLock()) start().catch(giveUp)
else leave().catch(giveUp)

/** Another runs already, or there is nowhere to note that this one does. */
async function leave(): Promise<void> {
  await makeFolder(home.dir).catch(async (reason: unknown) => {
    const { unusableFolder } = await import('./services/state-folder.ts')
    const { message, next } = unusableFolder(home.dir, reason)
    // Before that there is no box to say it in.
    await app.whenReady()
    throw new Error(`${message} ${next}`, { cause: reason })
  })
  app.quit()
}

/** Without its services there is nothing the app could show; better a plain word than an icon that does nothing. */
function giveUp(error: unknown): void {
  dialog.showErrorBox('TokenTray can’t start', error instanceof Error ? error.message : String(error))
  app.exit(1)
}

/** The clipboard as this system has it. What it takes is loaded here: each system needs something else of it. */
async function textClipboard(clock: Clock, wayland: boolean): Promise<SystemClipboard> {
  if (wayland) {
    const [{ WaylandClipboard }, { WlClipboard }] = await Promise.all([
      import('./shell/clipboard/wayland-clipboard.ts'),
      import('./adapters/wl-clipboard.ts'),
    ])
    return new WaylandClipboard(
      clipboard,
      new WlClipboard(clock),
      () => BrowserWindow.getFocusedWindow() !== null,
    )
  }
  if (process.platform === 'linux') return systemClipboard(clipboard, process.platform)
  const { concealing } = await import('./shell/clipboard/concealed-clipboard.ts')
  // Not imported by its name, which an older Electron does not have.
  return concealing(clipboard, electron.ClipboardItem, process.platform)
}

async function start(): Promise<void> {
  let onSecondStart = (): void => undefined
  app.on('second-instance', (_event, argv) => {
    // At login it may already run, and then there is nothing to show.
    if (!isHiddenStart(argv)) onSecondStart()
  })
  // The tray icon is the app: no window keeps it running and none ends it.
  app.on('window-all-closed', () => undefined)
  app.dock?.hide()

  const askQrReader = utilityQrReader(path.join(import.meta.dirname, 'qr-reader.js'))
  const [services] = await Promise.all([
    composeServices(process.env, undefined, undefined, askQrReader),
    app.whenReady(),
  ])
  const { clock, engine, store } = services

  const popover: Popover = new Popover({
    clock,
    wayland,
    iconBounds: () => tray.bounds,
    onVisibility: () => {
      void model.refreshCodes()
      if (popover.isVisible) void model.checkKeychain()
    },
  })
  const system = await textClipboard(clock, wayland)
  const secretClipboard: SecretClipboard = new SecretClipboard(
    system,
    clock,
    () => store.state.settings.clipboardSeconds * 1000,
    () => {
      model.refresh()
    },
  )
  const questions = new Questions(clock)
  const notices: OwnNotices = new OwnNotices(() => {
    model.refresh()
  })
  const nextRun = (): NextRun | null => nextRunOfAll(services)
  const model: AppModel = new AppModel({
    services,
    clipboard: () => secretClipboard.view,
    notices: () => notices.list,
    question: (name) => questions.of(name),
    nextRun,
    isVisible: () => popover.isVisible,
  })
  let practice: Promise<PracticeHost> | null = null
  const loadPractice = (): Promise<PracticeHost> =>
    (practice ??= import('./services/practice-host.ts').then(
      ({ PracticeHost }) => new PracticeHost(services),
    ))
  const actions = new Actions({
    services,
    model,
    questions,
    clipboard: secretClipboard,
    plainClipboard: system,
    notices,
    practice: loadPractice,
    showPopover: () => {
      popover.show()
    },
  })
  // Fetched when first wanted: most mornings no account is changed.
  let form: Promise<AccountForm> | null = null
  const loadForm = (): Promise<AccountForm> =>
    (form ??= import('./shell/account-form/account-form.ts').then(
      ({ AccountForm }) =>
        new AccountForm(services, () => {
          // It hid when the form came up.
          void model.refreshCodes()
          popover.show()
        }),
    ))

  const tray: TrayIcon = new TrayIcon({
    clock,
    correctionMs: () => services.offset.correctionMs,
    actions: {
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
    },
    onClick: () => {
      // Elsewhere a click on the icon takes the focus from the popover before it counts as one.
      if (process.platform === 'linux') popover.toggle()
      else popover.toggleByClick()
    },
  })

  /** What went wrong from the menu has to be said somewhere: in the popover. */
  async function orShow(name: string, copying: ReturnType<Actions['copyToken']>): Promise<void> {
    const outcome = await copying
    if (outcome.ok) return
    notices.tell(`${name}: ${outcome.problem.message} ${outcome.problem.next}`)
    popover.show(name)
  }

  const settings = composeSettings({ services, model, popover, nextRun })
  const handlers = popoverHandlers({ actions, loadForm, model, popover, settings })
  serve('popover', () => popover.window, popoverContract, handlers)

  model.onChange((state) => {
    tray.show(state)
    if (popover.window !== null) send('popover', popover.window, popoverContract, 'stateChanged', state)
  })
  tray.show(model.state)
  let accountNames = ''
  store.onChange(() => {
    model.refresh()
    const names = services.accounts.list.map(({ name }) => name).join(' ')
    if (names !== accountNames) void model.refreshCodes()
    accountNames = names
  })
  engine.onProgress(() => {
    model.refresh()
  })
  questions.onChange((change) => {
    model.refresh()
    // Whoever has chosen *Log in* from the menu has to see where to type the code.
    if (change === 'asked' && !popover.isVisible) popover.show()
  })
  const stopWatching = store.watch()
  const morning = composeMorning({ services, model, popover })
  powerMonitor.on('resume', () => {
    void model.refreshCodes()
  })

  async function tidyUp(): Promise<void> {
    morning.stop()
    stopWatching()
    stopWatchingTray()
    popover.allowClose()
    ;(await form)?.destroy()
    await secretClipboard.clear()
    await (await practice)?.stop()
  }

  onSecondStart = () => {
    popover.show()
  }
  quitInTime({
    onBeforeQuit: (listener) => app.on('before-quit', listener),
    quit: () => app.quit(),
    clock,
    tidyUp,
    isHeldUp: hasBusyThreads,
    kill: () => process.kill(process.pid, 'SIGKILL'),
  })
  const onTrayHost = (hasTray: boolean): void => {
    popover.setTray(hasTray)
    if (hasTray) notices.forget(noTrayNotice(process.env))
    else notices.tell(noTrayNotice(process.env))
  }
  // Chromium tells a tray that comes back of an icon that one has had; made anew then, Electron 42's never shows.
  let hasHadHost = false
  const stopWatchingTray = watchTrayHost(clock, (hasHost) => {
    if (hasHost && !hasHadHost) tray.renew()
    hasHadHost ||= hasHost
    onTrayHost(hasHost)
  })
  // Not asked before the icon is there: a program is started for it, which holds up all else.
  const hasTray = await hasTrayHost()
  // Only then, because a host that came after the icon was made is told of in this time, and needs a new one.
  if (hasTray) clock.after(HOST_TOLD_WITHIN_MS, () => void (hasHadHost = true))
  onTrayHost(hasTray)
  const seen = startMode({
    argv: process.argv,
    openedAtLogin: process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin,
    startHidden: store.state.settings.startHidden,
    hasTray,
    hasAccounts: services.accounts.list.length > 0,
  })
  if (seen === 'popover') popover.show()
  else if (seen === 'minimised') popover.showMinimised()

  await model.checkKeychain()
  if (Object.keys(store.state.practicePorts).length > 0) await (await loadPractice()).resume()
  await actions.probeAll()
  morning.start()
}
