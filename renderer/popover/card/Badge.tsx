import type { AccountView } from '../../../electron/contract/state.ts'
import { cssVars } from '../../shared/css-vars.ts'
import { badgeColours } from '../../shared/badge.ts'
import type { Pressed } from '../drag.ts'
import { classes } from '../../shared/classes.ts'
import shared from '../../shared/badge.module.css'
import css from './Badge.module.css'

interface BadgeProps {
  account: Pick<AccountView, 'brokerName' | 'initials' | 'colour'>
  /** Starts dragging the card; the keyboard uses Alt with the arrows or the card's menu. */
  onGrab: ((pressed: Pressed) => void) | null
}

export function Badge({ account, onGrab }: BadgeProps) {
  const { behind, front } = badgeColours(account.colour)
  return (
    <span
      className={classes(shared['badge'], css['badge'])}
      role="img"
      aria-label={account.brokerName}
      title={account.brokerName}
      data-grab={onGrab !== null}
      style={cssVars({ '--behind': behind, '--front': front })}
      onPointerDown={({ button, pointerId, clientY }) => {
        if (button === 0) onGrab?.({ pointerId, clientY })
      }}
    >
      {account.initials}
    </span>
  )
}
