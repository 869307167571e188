import type { Services } from '../../services/services.ts'
import type { BrokerView, FieldView, FormView } from '../../contract/account-form.ts'
import { inSentence } from '../../contract/words.ts'
import { filledFields, type Account } from '../../core/state/account.ts'
import { isForCodesAlone } from '../../core/accounts/codes-alone.ts'
import { proxyAddress } from '../../core/accounts/proxy.ts'
import { isTypedThere } from '../../core/accounts/validate.ts'
import type { Broker, Field } from '../../core/brokers/broker.ts'
import { fieldOfKind } from '../../core/brokers/field-of-kind.ts'
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
    brokers: [...brokers.values()].map((broker) => brokerView(broker, taken, today)),
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
    logsInWith: logsInWith(broker),
    suggestedName: freeName(id, taken),
    fields: broker.fields.map(fieldView),
    assisted: broker.assisted !== undefined,
    endpoints: Object.entries(endpoints).map(([key, url]) => ({ key, url })),
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

/** Returns the inputs of a login in words: "User ID, password and a TOTP code". */
function logsInWith(broker: Broker): string {
  const { fields, identity } = broker
  const person = fields.find(({ name }) => name === identity)?.label ?? identity
  const guarded = fieldOfKind(broker, 'guarded')
  const totp = fieldOfKind(broker, 'totp')
  const code = totp?.optional === true ? 'a TOTP code, or one that you type' : 'a TOTP code'
  const rest = [...(guarded ? [inSentence(guarded.label)] : []), ...(totp ? [code] : [])]
  return rest.length === 2 ? `${person}, ${rest.join(' and ')}` : [person, ...rest].join(' and ')
}

function freeName(base: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${String(number)}`
    if (!taken.includes(name)) return name
  }
}
