import type { BrokerView } from '../../electron/contract/account-form.ts'
import { badgeColours } from '../shared/badge.ts'
import { cssVars } from '../shared/css-vars.ts'
import { classes } from '../shared/classes.ts'
import shared from '../shared/badge.module.css'
import css from './BrokerBadge.module.css'

/** Shows a broker's initials in its colour, for use beside its name. */
export function BrokerBadge({ broker }: { broker: Pick<BrokerView, 'initials' | 'colour'> }) {
  const { behind, front } = badgeColours(broker.colour)
  return (
    <span
      className={classes(shared['badge'], css['badge'])}
      aria-hidden="true"
      style={cssVars({ '--behind': behind, '--front': front })}
    >
      {broker.initials}
    </span>
  )
}
