import css from './Ring.module.css'
/**
 * Shows the share of a code's time that is left, from 1 to 0. It moves once a second with the seconds beside it. A
 * running animation costs several percent of a core, because even a stepped one makes the browser draw all the time.
 */
export function Ring({ left }: { left: number }) {
  return (
    <svg className={css['ring']} viewBox="0 0 20 20" aria-hidden="true">
      <circle className={css['track']} cx="10" cy="10" r="8" />
      <circle
        className={css['left']}
        cx="10"
        cy="10"
        r="8"
        pathLength="100"
        strokeDashoffset={100 - 100 * left}
      />
    </svg>
  )
}
