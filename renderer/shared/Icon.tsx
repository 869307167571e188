import type { ReactNode } from 'react'

/** The shapes that tell states apart without colour. */
export type Shape =
  'disc' | 'ring' | 'half' | 'arc' | 'bang' | 'cross' | 'query' | 'pause' | 'cut' | 'more' | 'plus'

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
  plus: <path d="M8 2.5v11M2.5 8h11" strokeWidth="1.8" strokeLinecap="round" />,
}

export function Icon({ shape }: { shape: Shape }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" stroke="currentColor" aria-hidden="true">
      {drawings[shape]}
    </svg>
  )
}
