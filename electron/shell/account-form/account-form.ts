import type { BrowserWindow } from 'electron'
import type { Services } from '../../services/services.ts'
import {
  accountFormContract as contract,
  type AccountDraft,
  type LookOutcome,
  type LookPlace,
  type SaveOutcome,
  type TestOutcome,
} from '../../contract/account-form.ts'
import { accountFormChannels as channels, testProgressed } from '../../contract/channels.ts'
import type { Outcome } from '../../contract/requests.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import { FormDraft } from './draft.ts'
import { FormImports, type Fetched } from './imports.ts'
import { FormLogin } from './login.ts'
import { fetchFrom } from './places.ts'
import { formView } from './view.ts'
import { onceShowable } from '../windows/once-showable.ts'
import { createPageWindow } from '../windows/pages.ts'
import { RefusedError, route, serve, type Route } from '../windows/router.ts'

/** What belongs to one window and ends with it. */
interface OpenForm {
  readonly window: BrowserWindow
  readonly imports: FormImports
  readonly draft: FormDraft
  readonly login: FormLogin
  isFetching: boolean
}

/**
 * The window in which an account's details are typed. It is destroyed when closed, and with it the memory of the
 * page that has held the secrets, and what it has imported. A test login ends with it.
 */
export class AccountForm {
  readonly #services: Services
  readonly #onClosed: () => void
  #form: OpenForm | null = null

  /** @param onClosed is called when a form is gone, saved or not, and none takes its place */
  constructor(services: Services, onClosed: () => void) {
    this.#services = services
    this.#onClosed = onClosed
    serve('account-form', () => this.#form?.window ?? null, this.#routes())
  }

  /**
   * Opens the form, empty for null, else for that account. An open one is brought to the front, and makes way for
   * that of another account if nothing is lost by it.
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
    // First, so that this form is known not to be the last.
    window.prependOnceListener('closed', openNext)
    // The page holds the window back when something was typed, and asks.
    window.webContents.once('will-prevent-unload', () => window.off('closed', openNext))
    window.close()
  }

  /** Closes the form, whatever was typed: for quitting. */
  destroy(): void {
    const form = this.#form
    this.#form = null
    form?.window.destroy()
  }

  #show(account: string | null): void {
    const window = createPageWindow('account-form', {
      width: 480,
      height: 720,
      minWidth: 360,
      minHeight: 400,
      title: account === null ? 'Add your broker' : `Details of ${account}`,
      fullscreenable: false,
    })
    const imports = new FormImports(this.#services)
    const draft = new FormDraft(this.#services, imports, account)
    const login = new FormLogin(this.#services, (progress) => {
      if (!window.isDestroyed()) window.webContents.send(testProgressed, progress)
    })
    const form: OpenForm = { window, imports, draft, login, isFetching: false }
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
      if (this.#form !== form) return
      this.#form = null
      this.#onClosed()
    })
  }

  #routes(): Record<keyof typeof contract, Route> {
    return {
      [channels.describe]: route(contract[channels.describe], () =>
        formView(this.#services, this.#open.draft.editing),
      ),
      [channels.check]: route(contract[channels.check], (draft) => this.#open.draft.look(draft)),
      [channels.look]: route(contract[channels.look], ({ place, brokerId }) => this.#look(place, brokerId)),
      [channels.lookInto]: route(contract[channels.lookInto], ({ file, name, brokerId }) =>
        this.#lookInto({ bytes: file, from: name }, brokerId),
      ),
      [channels.choose]: route(contract[channels.choose], ({ choice }) => {
        this.#open.imports.choose(choice)
        return undefined
      }),
      [channels.takeEnv]: route(contract[channels.takeEnv], () => this.#open.imports.takeEnv()),
      [channels.drop]: route(contract[channels.drop], ({ field }) => {
        this.#open.imports.drop(field)
        return undefined
      }),
      [channels.save]: route(contract[channels.save], (draft) => this.#save(draft)),
      [channels.test]: route(contract[channels.test], (draft) => this.#test(draft)),
      [channels.cancelTest]: route(contract[channels.cancelTest], () => {
        this.#open.login.cancel()
        return undefined
      }),
      [channels.answerCode]: route(contract[channels.answerCode], ({ code }) => this.#answer(code)),
      [channels.close]: route(contract[channels.close], () => {
        this.#destroySoon(this.#open)
        return undefined
      }),
    }
  }

  get #open(): OpenForm {
    if (this.#form === null) throw new RefusedError()
    return this.#form
  }

  async #look(place: LookPlace, brokerId: string): Promise<LookOutcome> {
    const form = this.#open
    if (form.isFetching) return { kind: 'nothing' }
    form.isFetching = true
    try {
      const fetched = await fetchFrom(place, form.window, this.#services.clock)
      return fetched === null ? { kind: 'nothing' } : await this.#lookInto(fetched, brokerId)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return { kind: 'wrong', message: `TokenTray ${Object.values(error.errors).join('; ')}.` }
    } finally {
      form.isFetching = false
    }
  }

  #lookInto(fetched: Fetched, brokerId: string): Promise<LookOutcome> {
    const { draft, imports } = this.#open
    const { accounts } = this.#services
    const broker = draft.editing === null ? accounts.broker(brokerId) : accounts.open(draft.editing).broker
    return imports.lookInto(fetched, broker, draft.editing !== null)
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
    form.window.setTitle(`Details of ${name}`)
    return { ok: true, test: await form.login.run(name, entered) }
  }

  #answer(code: string): Outcome {
    try {
      this.#open.login.answer(code)
      return { ok: true }
    } catch (error) {
      if (!(error instanceof LoginError)) throw error
      return { ok: false, problem: error.toProblem(this.#services.clock.now()) }
    }
  }

  /** After the answer has left: the page waits for it. */
  #destroySoon({ window }: OpenForm): void {
    setImmediate(() => {
      if (!window.isDestroyed()) window.destroy()
    })
  }
}
