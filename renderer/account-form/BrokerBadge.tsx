import type { BrokerView } from '../../electron/contract/account-form.ts'
import { badgeColours } from '../shared/badge.ts'
import { cssVars } from '../shared/css-vars.ts'

/** A broker's initials in its colour; its name stands beside them. */
export function BrokerBadge({ broker }: { broker: Pick<BrokerView, 'initials' | 'colour'> }) {
  const { behind, front } = badgeColours(broker.colour)
  return (
    <span className="badge" aria-hidden="true" style={cssVars({ '--behind': behind, '--front': front })}>
      {broker.initials}
    </span>
  )
}
