import { Button } from '../shared/Button.tsx'
import css from './Sections.module.css'

/** Lists the sections; each leads to its own. An address of its own would not be the page's any more. */
export function Sections({ sections }: { sections: readonly (readonly [id: string, title: string])[] }) {
  return (
    <nav className={css['sections']} aria-label="Sections">
      <ul>
        {sections.map(([id, title]) => (
          <li key={id}>
            <Button
              look="link"
              onClick={() => {
                const heading = document.getElementById(id)
                heading?.focus({ preventScroll: true })
                heading?.scrollIntoView()
              }}
            >
              {title}
            </Button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
