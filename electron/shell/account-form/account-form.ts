import type { BrowserWindow, Point } from 'electron'
import type { Services } from '../../services/services.ts'
import {
  accountFormContract,
  type AccountDraft,
  type ImportOutcome,
  type ImportSource,
  type SaveOutcome,
  type TestOutcome,
} from '../../contract/account-form.ts'
import type { Handlers } from '../../contract/contract.ts'
import type { Outcome } from '../../contract/requests.ts'
import type { SeveralTable } from '../../contract/several.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import type { SignIn } from '../../core/login/assisted.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import { FormDraft } from './draft.ts'
import { FormImports, type Fetched } from './imports.ts'
import { FormLogin } from './login.ts'
import type { SeveralAccounts } from './several.ts'
import { fetchFrom } from './sources.ts'
import { formView } from './view.ts'
import { onceShowable } from '../windows/once-showable.ts'
import { createPageWindow } from '../windows/pages.ts'
import { RefusedError, send, serve, type RequestLock } from '../windows/router.ts'

/** What the form shares with the rest of the app. */
export interface FormActions {
  readonly copyToken: (name: string) => Promise<Outcome>
  readonly clearClipboard: () => void
  /** Returns what shows the page for signing in to an account. */
  readonly signIn: (name: string) => SignIn
}

/** Holds a form's window and everything that ends with it. */
interface OpenForm {
  readonly window: BrowserWindow
  readonly imports: FormImports
  readonly draft: FormDraft
  readonly login: FormLogin
  /** Null until the user has chosen several files. */
  several: SeveralAccounts | null
  isFetching: boolean
}

/**
 * Shows the window in which the user types an account's details. Closing destroys it, so that the page's memory of
 * the secrets and the imported secrets are gone. A test login ends with it.
 */
export class AccountForm {
  readonly #services: Services
  readonly #onClosed: () => void
  readonly #actions: FormActions
  #form: OpenForm | null = null

  /**
   * @param onClosed is called when a form closes, saved or not, and no other form replaces it
   * @param actions what the form shares with the rest of the app
   */
  constructor(services: Services, lock: RequestLock, onClosed: () => void, actions: FormActions) {
    this.#services = services
    this.#onClosed = onClosed
    this.#actions = actions
    serve('account-form', () => this.#form?.window ?? null, accountFormContract, this.#handlers(), lock)
  }

  /**
   * Opens the form, empty for null. An open form comes to the front. A form of another account replaces it, unless
   * the user has typed into it.
   */
  open(account: string | null): void {
    const { window, draft } = this.#form ?? {}
    if (window === undefined || draft === undefined) {
      this.#show(account)
      return
    }
    window.focus()
    if (draft.editing === account) return
    const openNext = (): void => this.#show(account)
    // Prepended, so that this form's own listener sees that another form has replaced it.
    window.prependOnceListener('closed', openNext)
    // The page keeps the window open and asks when the user has typed something.
    window.webContents.once('will-prevent-unload', () => window.off('closed', openNext))
    window.close()
  }

  /** Closes the form for quitting and discards the typed values. */
  destroy(): void {
    const form = this.#form
    this.#form = null
    form?.window.destroy()
  }

  #show(account: string | null): void {
    const window = createPageWindow('account-form', {
      width: 640,
      height: 720,
      minWidth: 360,
      minHeight: 400,
      title: account === null ? 'Add an account' : `Change ${account}`,
      fullscreenable: false,
    })
    const imports = new FormImports(this.#services)
    const draft = new FormDraft(this.#services, imports, account)
    const login = new FormLogin(this.#services, this.#actions.signIn, (progress) => {
      if (!window.isDestroyed()) send('account-form', window, accountFormContract, 'testProgressed', progress)
    })
    const form: OpenForm = { window, imports, draft, login, several: null, isFetching: false }
    this.#form = form
    onceShowable(window, this.#services.clock, () => {
      window.show()
    })
    window.on('page-title-updated', (event) => {
      event.preventDefault()
    })
    window.on('closed', () => {
      login.cancel()
      imports.clear()
      form.several?.clear()
      if (this.#form !== form) return
      this.#form = null
      this.#onClosed()
    })
  }

  #handlers(): Handlers<typeof accountFormContract> {
    return {
      describe: () => formView(this.#services, this.#open.draft.editing),
      check: (draft) => this.#open.draft.check(draft),
      importFrom: ({ source, brokerId, at }) => this.#importFrom(source, brokerId, at),
      importFile: ({ file, name, brokerId }) => this.#read({ bytes: file, from: name }, brokerId),
      choose: ({ choice, brokerId }) => this.#open.imports.choose(choice, this.#broker(brokerId)),
      clearClipboard: () => {
        this.#actions.clearClipboard()
      },
      openPage: async ({ brokerId, page }) => {
        const { openPage } = await import('../open-page.ts')
        await openPage(this.#broker(brokerId), page)
      },
      copyToken: () => this.#actions.copyToken(this.#open.draft.editing ?? ''),
      takeEnv: () => this.#open.imports.takeEnv(),
      drop: ({ field }) => {
        this.#open.imports.drop(field)
      },
      readSeveral: ({ source }) => this.#readSeveral(source),
      saveSeveral: async ({ row, ...draft }) => {
        const { several } = this.#open
        if (several === null) throw new RefusedError()
        return { wrong: await several.save(row, draft) }
      },
      save: (draft) => this.#save(draft),
      test: (draft) => this.#test(draft),
      cancelTest: () => {
        this.#open.login.cancel()
      },
      answerCode: ({ code }) => this.#answerCode(code),
      close: () => {
        this.#destroySoon(this.#open)
      },
    }
  }

  get #open(): OpenForm {
    if (this.#form === null) throw new RefusedError()
    return this.#form
  }

  async #importFrom(source: ImportSource, brokerId: string, at: Point | null): Promise<ImportOutcome> {
    try {
      const outcome = await this.#fetching(async ({ window }) => {
        const fetched = await fetchFrom(source, window, this.#services.clock, at)
        return fetched === null ? null : this.#read(fetched, brokerId)
      })
      return outcome ?? { kind: 'nothing' }
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return { kind: 'wrong', message: `TokenTray ${Object.values(error.errors).join('; ')}.` }
    }
  }

  #readSeveral(source: 'files' | 'folder'): Promise<SeveralTable | null> {
    return this.#fetching(async (form) => {
      // Loaded when first used, because few users add several accounts.
      const [{ SeveralAccounts }, { chooseSeveral }] = await Promise.all([
        import('./several.ts'),
        import('./several-files.ts'),
      ])
      const files = await chooseSeveral(source, form.window)
      if (files === null || form.window.isDestroyed()) return null
      form.several ??= new SeveralAccounts(this.#services)
      return form.several.read(files)
    })
  }

  /** Fetches what the user chooses; null while another choice is open, or when they cancel. */
  async #fetching<T>(fetch: (form: OpenForm) => Promise<T | null>): Promise<T | null> {
    const form = this.#open
    if (form.isFetching) return null
    form.isFetching = true
    try {
      return await fetch(form)
    } finally {
      form.isFetching = false
    }
  }

  #read(fetched: Fetched, brokerId: string): Promise<ImportOutcome> {
    const { draft, imports } = this.#open
    return imports.read(fetched, this.#broker(brokerId), draft.editing !== null)
  }

  /** Returns the account's broker, or the chosen one of a new account. */
  #broker(brokerId: string): Broker {
    const { accounts } = this.#services
    const { editing } = this.#open.draft
    return editing === null ? accounts.broker(brokerId) : accounts.open(editing).broker
  }

  async #save(draft: AccountDraft): Promise<SaveOutcome> {
    const form = this.#open
    const outcome = await form.draft.save(draft)
    if (outcome.ok) this.#destroySoon(form)
    return outcome
  }

  async #test(draft: AccountDraft): Promise<TestOutcome> {
    const form = this.#open
    const entered = form.draft.entersSecrets(draft)
    const saved = await form.draft.save(draft)
    if (!saved.ok) return saved
    const name = form.draft.editing
    if (name === null || form.window.isDestroyed()) throw new RefusedError()
    form.window.setTitle(`Change ${name}`)
    return { ok: true, test: await form.login.run(name, entered) }
  }

  #answerCode(code: string): Outcome {
    try {
      this.#open.login.answer(code)
      return { ok: true }
    } catch (error) {
      if (!(error instanceof LoginError)) throw error
      return { ok: false, problem: error.toProblem(this.#services.clock.now()) }
    }
  }

  /** Destroys the window after the reply is sent, because the page waits for it. */
  #destroySoon({ window }: OpenForm): void {
    setImmediate(() => {
      if (!window.isDestroyed()) window.destroy()
    })
  }
}
