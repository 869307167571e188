import { useState } from 'react'
import type { AccountFormBridge, FormView, TestResult } from '../../electron/contract/account-form.ts'
import { ProblemBanner } from '../shared/ProblemBanner.tsx'
import { AccountForm } from './AccountForm.tsx'
import { BrokerChoice } from './BrokerChoice.tsx'
import { SeveralAccounts } from './SeveralAccounts.tsx'
import { useSeveral } from './useSeveral.ts'

interface Shown {
  readonly view: FormView
  /** Null until the user has chosen a broker. */
  readonly brokerId: string | null
  /** Counts the shown forms, so that each starts with empty inputs. */
  readonly round: number
  readonly result: TestResult | null
  /** Values of settings from a `.env` file. */
  readonly filled: Readonly<Record<string, string>>
}

/** Asks for the broker, then shows its form. After a save for a test login the account's own form replaces it. */
export function Page({ bridge, view: first }: { bridge: AccountFormBridge; view: FormView }) {
  const [shown, setShown] = useState<Shown>({
    view: first,
    brokerId: first.editing?.brokerId ?? null,
    round: 0,
    result: null,
    filled: {},
  })
  const [isSeveral, setIsSeveral] = useState(false)
  // Held here, so that the table is as the user left it when they come back to it.
  const several = useSeveral(bridge)
  const { view, brokerId, round, result, filled } = shown
  const broker = view.brokers.find(({ id }) => id === brokerId)

  const choose = (chosen: string | null, values: Readonly<Record<string, string>> = {}): void => {
    setShown({ ...shown, brokerId: chosen, round: round + 1, filled: values })
  }
  const tested = async (outcome: TestResult): Promise<void> => {
    const next = await bridge.describe()
    document.title = title(next)
    setShown({
      view: next,
      brokerId: next.editing?.brokerId ?? brokerId,
      round: round + 1,
      result: outcome,
      filled: {},
    })
  }

  if (view.brokers.length === 0)
    return <ProblemBanner problem={{ message: 'No broker to choose from.', next: '' }} />
  if (isSeveral) {
    return (
      <SeveralAccounts
        bridge={bridge}
        brokers={view.brokers}
        several={several}
        onBack={() => {
          setIsSeveral(false)
        }}
      />
    )
  }
  if (broker === undefined) {
    return (
      <BrokerChoice
        brokers={view.brokers}
        onChoose={choose}
        onSeveral={() => {
          setIsSeveral(true)
        }}
        onCancel={() => void bridge.close()}
      />
    )
  }
  return (
    <AccountForm
      key={round}
      bridge={bridge}
      broker={broker}
      editing={view.editing}
      morningRun={view.morningRun}
      result={result}
      filled={filled}
      onBroker={choose}
      onTested={tested}
    />
  )
}

/** Returns the page's title, which screen readers announce. */
export const title = ({ editing }: FormView): string =>
  editing === null ? 'Add an account' : `Change ${editing.name}`
