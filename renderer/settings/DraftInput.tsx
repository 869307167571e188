import { useState } from 'react'
import type { InputHTMLAttributes } from 'react'

interface DraftInputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** The value in effect. */
  value: string
  /** Returns whether a text is complete enough to take effect while the user types. */
  isWhole: (text: string) => boolean
  commit: (text: string) => void
}

/** Shows an input that takes effect as soon as its text is complete, and reports an error only on blur. */
export function DraftInput({ value, isWhole, commit, ...input }: DraftInputProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const [left, setLeft] = useState(false)
  const isWrong = draft !== null && !isWhole(draft)

  const leave = (): void => {
    if (draft === null) return
    if (isWrong) commit(draft)
    else setDraft(null)
    setLeft(isWrong)
  }

  return (
    <input
      {...input}
      value={draft ?? value}
      aria-invalid={isWrong && left}
      onChange={({ target }) => {
        setDraft(target.value)
        setLeft(false)
        if (isWhole(target.value)) commit(target.value)
      }}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave()
      }}
    />
  )
}
