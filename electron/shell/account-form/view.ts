import type { Services } from '../../services/services.ts'
import type { BrokerView, FieldView, FormView } from '../../contract/account-form.ts'
import { inSentence } from '../../contract/words.ts'
import { filledFields, type Account } from '../../core/state/account.ts'
import { isForCodesAlone } from '../../core/accounts/codes-alone.ts'
import { proxyAddress } from '../../core/accounts/proxy.ts'
import { isTypedThere } from '../../core/accounts/validate.ts'
import type { Broker, Field } from '../../core/brokers/broker.ts'
import { hostsOf } from '../../core/brokers/pages.ts'
import { olderBrokers, popularBrokers } from '../../core/brokers/registry.ts'
import type { StateStore } from '../../core/state/state.ts'
import { dayOf, type IstDay } from '../../core/time/ist.ts'
import { earliestTime } from '../../core/schedule/run-time.ts'

export interface ViewServices {
  readonly accounts: Pick<Services['accounts'], 'list'>
  readonly brokers: Services['brokers']
  readonly clock: Pick<Services['clock'], 'now'>
  readonly store: Pick<StateStore, 'state'>
}

/** Returns the form's content: the account being changed, or every broker for a new account. */
export function formView(
  { accounts, brokers, clock, store }: ViewServices,
  editing: string | null,
): FormView {
  const taken = accounts.list.map(({ name }) => name)
  const account = accounts.list.find(({ name }) => name === editing)
  const { hour12, schedule } = store.state.settings
  const today = dayOf(clock.now())
  return {
    brokers: popularFirst([...brokers.values()]).map((broker) => brokerView(broker, taken, today)),
    editing: account
      ? {
          name: account.name,
          brokerId: account.brokerId,
          values: account.settings,
          endpoints: account.endpoints,
          proxy: proxyAddress(account.proxy),
          secretsSetAt: account.secretsSetAt,
          mode: account.mode ?? 'unattended',
          ownTime: schedule.times[account.name] ?? null,
          termsAcceptedAt: account.termsAcceptedAt,
        }
      : null,
    morningRun:
      account && isWithoutLogin(account, brokers)
        ? null
        : { on: schedule.on, usualTime: schedule.at, hour12 },
  }
}

function isWithoutLogin(account: Account, brokers: Services['brokers']): boolean {
  const broker = brokers.get(account.brokerId)
  return broker !== undefined && isForCodesAlone(broker, filledFields(account))
}

function brokerView(broker: Broker, taken: readonly string[], today: IstDay): BrokerView {
  const { id, name, initials, colour, endpoints, terms } = broker
  return {
    id,
    name,
    initials,
    colour,
    needs: needsOf(broker),
    suggestedName: freeName(id, taken),
    fields: broker.fields.map(fieldView),
    modes: ['unattended', ...(broker.assisted === undefined ? [] : ['assisted' as const])],
    endpoints: Object.entries(endpoints).map(([key, url]) => ({ key, url })),
    pages: hostsOf(broker),
    older: olderBrokers.includes(id),
    earliestTime: earliestTime(broker, today),
    terms: { label: terms.label, sentence: terms.sentence, source: terms.source },
  }
}

const fieldView = ({ name, label, help, initial, kind, optional }: Field): FieldView => ({
  name,
  label,
  help,
  secret: kind !== 'setting',
  totp: kind === 'totp',
  optional: optional === true || initial !== undefined,
  typedThere: isTypedThere({ kind }),
})

/** Returns the popular brokers in their order, then the others by name. */
function popularFirst(brokers: readonly Broker[]): Broker[] {
  const rank = ({ id }: Broker): number =>
    popularBrokers.includes(id) ? popularBrokers.indexOf(id) : popularBrokers.length
  return brokers.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

/** Returns what a login needs in a few words: "API key and secret, user ID, password, TOTP". */
function needsOf({ fields }: Broker): string {
  const labels = fields
    .filter(({ kind, optional, initial }) => kind === 'totp' || (optional !== true && initial === undefined))
    .map(({ kind, label }) => (kind === 'totp' ? 'TOTP' : inSentence(label.replace(/ \(.*\)$/, ''))))
  return labels.join(', ').replaceAll(/\b(\w+) (\w+), \1 (\w+)(?=,|$)/g, '$1 $2 and $3')
}

/** Returns a name that is not taken: the given one, or that with a number. */
export function freeName(base: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${String(number)}`
    if (!taken.includes(name)) return name
  }
}
