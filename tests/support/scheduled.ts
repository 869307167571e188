import { MemoryKeychain } from '../../electron/adapters/memory-keychain.ts'
import type { Account } from '../../electron/core/state/account.ts'
import { Accounts } from '../../electron/core/accounts/accounts.ts'
import type { Broker, LoginContext } from '../../electron/core/brokers/broker.ts'
import { LoginEngine } from '../../electron/core/login/engine.ts'
import type { Notifier, Notice } from '../../electron/core/state/notice.ts'
import { Announcer } from '../../electron/core/schedule/announce.ts'
import { MorningRun } from '../../electron/core/schedule/morning-run.ts'
import { nextRunOfAll } from '../../electron/core/schedule/next-run.ts'
import type { NotificationSettings, ScheduleSettings } from '../../electron/core/state/schedule-settings.ts'
import { nextIstHour } from '../../electron/core/time/expiry.ts'
import { Tokens } from '../../electron/core/accounts/tokens.ts'
import { ClockOffset } from '../../electron/core/totp/clock-offset.ts'
import { VirtualTime } from '../../simulator/virtual-time.ts'
import { MemoryHistory, MemoryLocks } from './harness.ts'
import { emptyReply, madeUpBroker, madeUpTokens, madeUpValues } from './made-up-broker.ts'
import { ObservableState } from './trading-desk.ts'

/** Friday 20 November 2026, a trading day. */
export const day = '2026-11-20'
export const ist = (time: string, on = day): number => Date.parse(`${on}T${time}+05:30`)

export interface ScheduledOptions {
  readonly names?: readonly string[]
  readonly broker?: Partial<Broker>
  /** Fields that every account lacks. */
  readonly without?: readonly string[]
  readonly schedule?: Partial<ScheduleSettings>
  readonly notifications?: Partial<NotificationSettings>
  readonly notifiers?: readonly Notifier[]
  /** The start of the run, on `day`. */
  readonly from?: string
  readonly isOnline?: () => boolean
  readonly mayLogIn?: () => boolean
  /** True for accounts that are added at the start of the run instead of long before. */
  readonly isNew?: boolean
}

/** Returns the schedule with accounts at a made-up broker whose tokens end at 06:00, on a virtual clock. */
export async function scheduled(options: ScheduledOptions = {}) {
  const { names = ['main'], without = [], from = '07:00:00' } = options
  const time = new VirtualTime(ist(from))
  const store = new ObservableState()
  const history = new MemoryHistory()
  const notices: Notice[] = []
  const logins: { readonly account: string; readonly at: number }[] = []
  const known = madeUpBroker()
  const broker: Broker = {
    ...known,
    fields: known.fields.map((field) =>
      without.includes(field.name) ? { ...field, optional: true } : field,
    ),
    expiresAt: (issuedAt) => nextIstHour(issuedAt, 6),
    ...options.broker,
    login: async (context: LoginContext) => {
      logins.push({ account: context.setting('user_id'), at: time.now() })
      return (await options.broker?.login?.(context)) ?? madeUpTokens
    },
  }
  const parts = {
    clock: time,
    store,
    history,
    keychain: new MemoryKeychain(),
    locks: new MemoryLocks(),
    openHttp: () => ({ send: () => Promise.resolve(emptyReply), prepare: () => Promise.resolve() }),
    troublePauses: [],
    offset: new ClockOffset(time, () => time.now()),
    brokers: new Map([[broker.id, broker]]),
  }
  const accounts = new Accounts(parts)
  for (const name of names) {
    const values = Object.fromEntries(
      Object.entries(madeUpValues).filter(([field]) => !without.includes(field)),
    )
    await accounts.add({
      name,
      brokerId: broker.id,
      values: { ...values, user_id: name },
      endpoints: {},
      acceptTerms: true,
    })
  }
  const choose = (changes: Partial<ScheduleSettings>): Promise<unknown> =>
    store.update(({ settings, ...state }) => ({
      ...state,
      settings: {
        ...settings,
        schedule: { ...settings.schedule, ...changes },
        notifications: { ...settings.notifications, ...options.notifications },
      },
    }))
  await choose(options.schedule ?? {})
  // Accounts are old unless the test is about new accounts.
  if (options.isNew !== true) {
    await store.update((state) => ({
      ...state,
      accounts: state.accounts.map((account) => ({
        ...account,
        termsAcceptedAt: ist('00:00:00', '2026-01-01'),
      })),
    }))
  }
  const engine = new LoginEngine({ ...parts, accounts })
  const notifier: Notifier = { notify: (notice) => Promise.resolve(void notices.push(notice)) }
  const begin = (): MorningRun => {
    const run = new MorningRun({
      ...parts,
      accounts,
      engine,
      tokens: new Tokens({ ...parts, accounts }),
      announcer: new Announcer({
        clock: time,
        notifiers: [...(options.notifiers ?? []), notifier],
        settings: () => store.state.settings.notifications,
      }),
      settings: () => store.state.settings.schedule,
      isOnline: options.isOnline ?? (() => true),
      mayLogIn: options.mayLogIn ?? (() => true),
    })
    run.start()
    return run
  }
  return {
    ...parts,
    accounts,
    time,
    engine,
    notices,
    logins,
    choose,
    begin,
    account: (name = 'main'): Account => accounts.open(name).account,
    run: begin(),
    nextRun: () => nextRunOfAll({ accounts, clock: time, store }),
    /** Advances time until it is `clock` in India. */
    until: (clock: string, on = day) => time.run(time.sleep(ist(clock, on) - time.now())),
  }
}
