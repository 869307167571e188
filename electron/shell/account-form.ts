import type { BrowserWindow } from 'electron'
import type { Services } from '../compose.ts'
import type { AccountDraft, BrokerView, FormView, SaveOutcome } from '../contract/requests.ts'
import { accountFormContract as contract } from '../contract/requests.ts'
import { accountFormChannels as channels } from '../contract/channels.ts'
import type { Broker } from '../core/brokers/broker.ts'
import { proxyAddress } from '../core/accounts/proxy.ts'
import { InputError, LoginError } from '../core/errors.ts'
import { createPageWindow } from './pages.ts'
import { route, serve, type Route } from './router.ts'

/**
 * The window in which an account's details are typed. It is destroyed when closed, and with it the memory of the
 * page that has held the secrets.
 */
export class AccountForm {
  readonly #services: Services
  readonly #onSaved: () => void
  #window: BrowserWindow | null = null
  #editing: string | null = null

  constructor(services: Services, onSaved: () => void) {
    this.#services = services
    this.#onSaved = onSaved
    const routes: Record<keyof typeof contract, Route> = {
      [channels.describe]: route(contract[channels.describe], () => this.#describe()),
      [channels.save]: route(contract[channels.save], (draft) => this.#save(draft)),
      [channels.close]: route(contract[channels.close], () => {
        this.#window?.close()
        return undefined
      }),
    }
    serve('account-form', () => this.#window, routes)
  }

  /** Opens the form, empty for null, else for that account; an open one is brought to the front. */
  open(account: string | null): void {
    if (this.#window !== null && this.#editing === account) {
      this.#window.focus()
      return
    }
    this.#window?.destroy()
    this.#editing = account
    const window = createPageWindow('account-form', {
      width: 480,
      height: 720,
      title: account === null ? 'Add your broker' : `Details of ${account}`,
      fullscreenable: false,
    })
    this.#window = window
    window.once('ready-to-show', () => {
      window.show()
    })
    window.on('page-title-updated', (event) => {
      event.preventDefault()
    })
    window.on('closed', () => {
      if (this.#window === window) this.#window = null
    })
  }

  #describe(): FormView {
    const { accounts, brokers } = this.#services
    const account = accounts.list.find(({ name }) => name === this.#editing)
    return {
      brokers: [...brokers.values()].map(brokerView),
      editing: account
        ? {
            name: account.name,
            brokerId: account.brokerId,
            values: account.settings,
            endpoints: account.endpoints,
            proxy: proxyAddress(account.proxy),
            secretsSetAt: account.secretsSetAt,
            termsAccepted: account.termsAcceptedAt !== null,
          }
        : null,
    }
  }

  async #save(draft: AccountDraft): Promise<SaveOutcome> {
    const { accounts, clock, engine } = this.#services
    try {
      if (this.#editing === null) await accounts.add(draft)
      else {
        engine.cancel(this.#editing)
        await accounts.change(this.#editing, draft)
      }
    } catch (error) {
      if (error instanceof InputError) return { ok: false, errors: { ...error.errors } }
      if (error instanceof LoginError) return { ok: false, problem: error.toProblem(clock.now()) }
      throw error
    }
    const window = this.#window
    // After the answer has left: the page waits for it.
    setImmediate(() => {
      window?.destroy()
      this.#onSaved()
    })
    return { ok: true }
  }
}

function brokerView(broker: Broker): BrokerView {
  return {
    id: broker.id,
    name: broker.name,
    fields: broker.fields.map(({ name, label, help, initial, kind, optional = false }) => ({
      name,
      label,
      help,
      secret: kind !== 'setting',
      optional: optional || initial !== undefined,
    })),
    endpoints: Object.entries(broker.endpoints).map(([key, url]) => ({ key, url })),
    terms: { sentence: broker.terms.sentence, source: broker.terms.source },
  }
}
