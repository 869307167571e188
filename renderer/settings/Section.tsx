import type { ReactNode } from 'react'
import css from './Section.module.css'

interface SectionProps {
  id: string
  title: string
  children: ReactNode
}

/** Shows a part of the settings under its title. */
export function Section({ id, title, children }: SectionProps) {
  return (
    <section className={css['section']} aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  )
}
