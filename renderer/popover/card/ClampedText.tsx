import { useState } from 'react'
import { Button } from '../../shared/Button.tsx'
import css from './ClampedText.module.css'

/** Longer texts are clamped to a few lines, characters. */
const LONG = 160

/** Shows foreign text as plain text in its own writing direction, clamped until the user expands it. */
export function ClampedText({ text, label }: { text: string; label: string }) {
  const [expanded, setExpanded] = useState(false)
  const long = text.length > LONG || text.split('\n').length > 3
  return (
    <>
      <bdi className={css['foreign']} dir="auto" data-cut={long && !expanded}>
        {text}
      </bdi>
      {long && (
        <Button
          look="link"
          aria-expanded={expanded}
          aria-label={`${expanded ? 'Show less' : 'Show all'} of ${label}`}
          onClick={() => {
            setExpanded(!expanded)
          }}
        >
          {expanded ? 'Show less' : 'Show all'}
        </Button>
      )}
    </>
  )
}
