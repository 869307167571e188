import type { ReactNode } from 'react'
import type { StatusShape } from '../../electron/contract/status.ts'
import css from './Icon.module.css'

/** The shapes of states, and those of buttons. */
export type Shape = StatusShape | 'more' | 'plus' | 'gear' | 'lens' | 'up' | 'down' | 'fold' | 'copy'

const outline = <circle cx="8" cy="8" r="6" fill="none" strokeWidth="2" />

const drawings: Record<Shape, ReactNode> = {
  disc: <circle cx="8" cy="8" r="6" fill="currentColor" stroke="none" />,
  ring: outline,
  half: (
    <>
      {outline}
      <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" stroke="none" />
    </>
  ),
  arc: <path d="M8 2a6 6 0 1 1-6 6" fill="none" strokeWidth="2" strokeLinecap="round" />,
  bang: (
    <path
      d="M8 1.2 15.4 14.6H.6zM7.2 5.8h1.6v4.6H7.2zM7.1 11.5h1.8v1.7H7.1z"
      fill="currentColor"
      fillRule="evenodd"
      stroke="none"
    />
  ),
  cross: (
    <>
      {outline}
      <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" strokeWidth="1.6" />
    </>
  ),
  query: (
    <>
      {outline}
      <path d="M6.2 6.6a1.9 1.9 0 1 1 2.7 1.7c-.7.4-.9.6-.9 1.2M8 10.6v1.5" fill="none" strokeWidth="1.4" />
    </>
  ),
  pause: <path d="M5 2.5v11m6-11v11" strokeWidth="3" />,
  cut: (
    <>
      {outline}
      <path d="m3.8 12.2 8.4-8.4" strokeWidth="2" />
    </>
  ),
  more: <path d="M2.5 8h.01M8 8h.01M13.5 8h.01" strokeWidth="2.6" strokeLinecap="round" />,
  key: (
    <>
      <circle cx="5" cy="8" r="3" fill="none" strokeWidth="1.8" />
      <path d="M8 8h7M12.5 8v3.2" fill="none" strokeWidth="1.8" />
    </>
  ),
  gear: (
    <path
      d="M6.6 2.7L6.9 1.0L9.1 1.0L9.4 2.7L10.8 3.2L12.2 2.3L13.7 3.8L12.8 5.2L13.3 6.6L15.0 6.9L15.0 9.1L13.3 9.4L12.8 10.8L13.7 12.2L12.2 13.7L10.8 12.8L9.4 13.3L9.1 15.0L6.9 15.0L6.6 13.3L5.2 12.8L3.8 13.7L2.3 12.2L3.2 10.8L2.7 9.4L1.0 9.1L1.0 6.9L2.7 6.6L3.2 5.2L2.3 3.8L3.8 2.3L5.2 3.2zM8 5.7a2.3 2.3 0 1 0 .01 0z"
      fill="none"
      strokeWidth="1.3"
      strokeLinejoin="round"
    />
  ),
  lens: (
    <>
      <circle cx="6.8" cy="6.8" r="4.6" fill="none" strokeWidth="1.6" />
      <path d="m10.3 10.3 4 4" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
  up: <path d="M8 13.5v-11M3.5 7 8 2.5 12.5 7" fill="none" strokeWidth="1.8" strokeLinecap="round" />,
  down: <path d="M8 2.5v11M3.5 9 8 13.5 12.5 9" fill="none" strokeWidth="1.8" strokeLinecap="round" />,
  fold: <path d="m4 6 4 4 4-4" fill="none" strokeWidth="1.8" strokeLinecap="round" />,
  copy: <path d="M6 5.5h7.5v8H6zM3.5 10.5h-1v-8H10v1" fill="none" strokeWidth="1.5" strokeLinejoin="round" />,
  plus: <path d="M8 2.5v11M2.5 8h11" strokeWidth="1.8" strokeLinecap="round" />,
}

export function Icon({ shape }: { shape: Shape }) {
  return (
    <svg className={css['icon']} viewBox="0 0 16 16" stroke="currentColor" aria-hidden="true">
      {drawings[shape]}
    </svg>
  )
}
