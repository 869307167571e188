/**
 * The time a code has left, from 1 to 0. It moves once a second, together with the seconds beside it: a running
 * animation, even one that only steps, makes the browser produce frames all the time, and that alone costs
 * several percent of a core.
 */
export function Ring({ left }: { left: number }) {
  return (
    <svg className="ring" viewBox="0 0 20 20" aria-hidden="true">
      <circle className="ring-track" cx="10" cy="10" r="8" />
      <circle
        className="ring-left"
        cx="10"
        cy="10"
        r="8"
        pathLength="100"
        strokeDashoffset={100 - 100 * left}
      />
    </svg>
  )
}
