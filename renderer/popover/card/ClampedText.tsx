import { useState } from 'react'

/** Longer texts are clamped to a few lines, characters. */
const LONG = 160

/** Shows foreign text as plain text in its own writing direction, clamped until the user expands it. */
export function ClampedText({ text, label }: { text: string; label: string }) {
  const [whole, setWhole] = useState(false)
  const long = text.length > LONG || text.split('\n').length > 3
  return (
    <>
      <bdi className="foreign" dir="auto" data-cut={long && !whole}>
        {text}
      </bdi>
      {long && (
        <button
          type="button"
          className="link"
          aria-expanded={whole}
          aria-label={`${whole ? 'Show less' : 'Show all'} of ${label}`}
          onClick={() => {
            setWhole(!whole)
          }}
        >
          {whole ? 'Show less' : 'Show all'}
        </button>
      )}
    </>
  )
}
