import type { AccountView } from '../../electron/contract/state.ts'
import { cssVars } from '../shared/css-vars.ts'
import { badgeColours } from './badge.ts'

export function Badge({ account }: { account: Pick<AccountView, 'brokerName' | 'initials' | 'colour'> }) {
  const { behind, front } = badgeColours(account.colour)
  return (
    <span
      className="badge"
      role="img"
      aria-label={account.brokerName}
      title={account.brokerName}
      style={cssVars({ '--behind': behind, '--front': front })}
    >
      {account.initials}
    </span>
  )
}
