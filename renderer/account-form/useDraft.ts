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
  /** Inputs whose errors are shown from the start. */
  readonly insistOn: readonly string[]
}

export interface Draft {
  readonly form: RefObject<HTMLFormElement | null>
  /** Returns the inputs' current values; callers pass them on and never store them. */
  readonly read: () => TypedDraft | null
  /** The main process's view of the draft; null until the first one arrives. */
  readonly view: DraftView | null
  /** The errors that the user should see now, by input. */
  readonly errors: Errors
  /** Warnings about unusual values that are accepted, by input. */
  readonly hints: Errors
  readonly showErrors: (errors: Errors) => void
  /** The text of the live region. */
  readonly announcement: string
  readonly forgotten: readonly string[]
  readonly forget: (field: string, forget: boolean) => void
  readonly checks: RefObject<Checks | null>
}

/**
 * Checks values while the user types. React never holds them, because they are read from the inputs only for a check
 * by the main process.
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
        return {
          errors: long,
          enterAgain: [],
          hints: {},
          imported: {},
          totp: null,
          choices: [],
          chosen: null,
        }
      },
      sort: (found) => sortErrors(found, broker, editing !== null).byInput,
      isEmpty: (input) => inputOf(form.current, input)?.value.trim() === '',
      show: (next, visibleErrors, visibleHints) => {
        const words = codeAnnouncement(totp, next.totp)
        const code = next.totp?.code ?? next.choices[0]?.code
        if (code !== undefined) clock.align(code.endsAt)
        totp = next.totp
        if (words !== null) setAnnouncement(words)
        setView(next)
        setErrors(visibleErrors)
        setHints(visibleHints)
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
