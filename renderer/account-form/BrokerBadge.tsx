import type { BrokerView } from '../../electron/contract/account-form.ts'
import { badgeColours } from '../shared/badge.ts'
import { cssVars } from '../shared/css-vars.ts'
import { classes } from '../shared/classes.ts'
import shared from '../shared/badge.module.css'
import css from './BrokerBadge.module.css'

interface BrokerBadgeProps {
  broker: Pick<BrokerView, 'initials' | 'colour'>
  /** True in a list. */
  small?: boolean
}

/** Shows a broker's initials in its colour, for use beside its name. */
export function BrokerBadge({ broker, small = false }: BrokerBadgeProps) {
  const { behind, front } = badgeColours(broker.colour)
  return (
    <span
      className={classes(shared['badge'], css[small ? 'small' : 'badge'])}
      aria-hidden="true"
      style={cssVars({ '--behind': behind, '--front': front })}
    >
      {broker.initials}
    </span>
  )
}
