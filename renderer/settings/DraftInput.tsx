import { useState } from 'react'
import type { InputHTMLAttributes } from 'react'

interface DraftInputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** What is in force. */
  value: string
  /** Whether a text may be put in force while it is still being typed. */
  isWhole: (text: string) => boolean
  commit: (text: string) => void
}

/** An input that takes effect as soon as what it says makes sense, and complains only when it is left. */
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
