import { useEffect, useRef, useState, type RefObject } from 'react'
import type {
  AccountFormBridge,
  BrokerView,
  DraftView,
  FormView,
  TypedDraft,
} from '../../electron/contract/account-form.ts'
import { useClock } from '../shared/useNow.ts'
import { Checks } from './checks.ts'
import { codeAnnouncement } from './code-words.ts'
import { draftFrom, tooLong, type Errors } from './draft.ts'
import { sortErrors } from './errors.ts'

interface DraftOptions {
  readonly bridge: AccountFormBridge
  readonly broker: BrokerView
  readonly editing: FormView['editing']
  /** Inputs whose errors are seen from the beginning. */
  readonly insistOn: readonly string[]
}

export interface Draft {
  readonly form: RefObject<HTMLFormElement | null>
  /** Returns what the inputs hold now, to be passed on and never kept. */
  readonly read: () => TypedDraft | null
  /** What the main process says of it; null until it has said something. */
  readonly view: DraftView | null
  /** The errors that the user should see now, by input. */
  readonly errors: Errors
  /** What looks odd and is taken all the same, by input. */
  readonly hints: Errors
  readonly showErrors: (errors: Errors) => void
  /** For a screen reader. */
  readonly announcement: string
  readonly forgotten: readonly string[]
  readonly forget: (field: string, forget: boolean) => void
  readonly checks: RefObject<Checks | null>
}

/**
 * Checks what is typed as it is typed. React never holds the values: they are read from the inputs when the main
 * process checks them.
 */
export function useDraft({ bridge, broker, editing, insistOn }: DraftOptions): Draft {
  const clock = useClock()
  const form = useRef<HTMLFormElement>(null)
  const checks = useRef<Checks>(null)
  const forgottenNow = useRef<readonly string[]>([])
  const [forgotten, setForgotten] = useState<readonly string[]>([])
  const [view, setView] = useState<DraftView | null>(null)
  const [errors, setErrors] = useState<Errors>({})
  const [hints, setHints] = useState<Errors>({})
  const [announcement, setAnnouncement] = useState('')

  const read = (): TypedDraft | null =>
    form.current && draftFrom(new FormData(form.current), broker, editing, forgottenNow.current)

  useEffect(() => {
    let totp: DraftView['totp'] = null
    const made = new Checks({
      check: async () => {
        if (form.current === null) throw new Error('the form is gone')
        const draft = draftFrom(new FormData(form.current), broker, editing, forgottenNow.current)
        const long = tooLong(draft)
        if (Object.keys(long).length === 0) return bridge.check(draft)
        return { errors: long, hints: {}, imported: {}, totp: null, choices: [], chosen: null }
      },
      sort: (found) => sortErrors(found, broker, editing !== null).byInput,
      isEmpty: (input) => inputOf(form.current, input)?.value.trim() === '',
      show: (next, seen, odd) => {
        const said = codeAnnouncement(totp, next.totp)
        const code = next.totp?.code ?? next.choices[0]?.code
        if (code !== undefined) clock.align(code.endsAt)
        totp = next.totp
        if (said !== null) setAnnouncement(said)
        setView(next)
        setErrors(seen)
        setHints(odd)
      },
      later: (ms, callback) => {
        const timer = setTimeout(callback, ms)
        return () => {
          clearTimeout(timer)
        }
      },
      now: () => Date.now(),
    })
    made.insist(insistOn)
    checks.current = made
    void made.refresh()
    return () => {
      made.stop()
    }
  }, [bridge, broker, clock, editing, insistOn])

  return {
    form,
    read,
    view,
    errors,
    hints,
    showErrors: (found) => {
      checks.current?.insist(Object.keys(found))
      setErrors(found)
    },
    announcement,
    forgotten,
    forget: (field, forget) => {
      const others = forgottenNow.current.filter((other) => other !== field)
      forgottenNow.current = forget ? [...others, field] : others
      setForgotten(forgottenNow.current)
      void checks.current?.refresh()
    },
    checks,
  }
}

/** Returns an input of the form by its name. */
export function inputOf(form: HTMLFormElement | null, name: string): HTMLInputElement | null {
  const element = form?.elements.namedItem(name)
  return element instanceof HTMLInputElement ? element : null
}
