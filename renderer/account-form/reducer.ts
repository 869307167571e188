import type {
  BrokerView,
  DraftView,
  EnvPreview,
  FormView,
  ImportOutcome,
  TestProgress,
  TestResult,
} from '../../electron/contract/account-form.ts'
import type { LoginMode } from '../../electron/contract/fields.ts'
import { codeAnnouncement } from './code-words.ts'
import { fieldInput, type Errors } from './draft.ts'
import { refusalOf, type Refusal } from './refusal.ts'

/** Holds the message of an import, for the place in the form where the import was started. */
export interface ImportMessage {
  readonly at: 'totp' | 'top'
  readonly tone: 'bad' | 'info'
  readonly words: readonly string[]
  /** True while the clipboard still holds what was imported. */
  readonly onClipboard?: boolean
}

/** Describes in words why the form could not be saved. */
export interface Failure {
  readonly message: string
  readonly next: string
}

/** Holds what the form shows. What is typed stays in the inputs, and React never has it. */
export interface FormState {
  /** Whether something would be lost by leaving. */
  readonly isChanged: boolean
  /** The login mode as currently chosen. */
  readonly mode: LoginMode
  /** What the user wants to leave for, while the form asks whether to. */
  readonly leaving: 'close' | 'broker' | null
  /** The main process's view of the draft; null until the first one arrives. */
  readonly view: DraftView | null
  /** The errors that the user should see now, by input. */
  readonly errors: Errors
  /** Warnings about unusual values that are accepted, by input. */
  readonly hints: Errors
  /** The value that the broker refused in the test before, until it is changed. */
  readonly refusal: Refusal | null
  /** Whether the form lists its errors at the top, since a save was refused. */
  readonly listsErrors: boolean
  /** Fields whose stored secrets the save deletes. */
  readonly forgotten: readonly string[]
  readonly isImporting: boolean
  /** The message of the last import. */
  readonly importMessage: ImportMessage | null
  readonly preview: EnvPreview | null
  readonly busy: 'save' | 'test' | null
  readonly progress: TestProgress | null
  readonly failure: Failure | null
  /** The text of the live region. */
  readonly announcement: string
}

export type FormEvent =
  | { readonly is: 'typed'; readonly input: string }
  /** Errors and hints are those to be seen, by input. */
  | { readonly is: 'checked'; readonly view: DraftView; readonly errors: Errors; readonly hints: Errors }
  | { readonly is: 'modeChosen'; readonly mode: LoginMode }
  | { readonly is: 'secretChosen' }
  | { readonly is: 'forgetting'; readonly field: string; readonly forget: boolean }
  | { readonly is: 'importStarted' }
  | { readonly is: 'imported'; readonly at: ImportMessage['at']; readonly outcome: ImportOutcome }
  | { readonly is: 'clipboardCleared' }
  | { readonly is: 'previewClosed' }
  | { readonly is: 'previewTaken' }
  | { readonly is: 'started'; readonly what: 'save' | 'test' }
  | { readonly is: 'progressed'; readonly progress: TestProgress }
  /** The save was refused: by input, or as a whole. */
  | { readonly is: 'refused'; readonly errors: Errors }
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'leaving'; readonly what: 'close' | 'broker' }
  | { readonly is: 'stayed' }

interface Opened {
  readonly broker: BrokerView
  readonly editing: FormView['editing']
  readonly result: TestResult | null
  readonly filled: Readonly<Record<string, string>>
}

/** Returns the state of a form that was just opened. */
export const openedForm = ({ broker, editing, result, filled }: Opened): FormState => ({
  isChanged: Object.keys(filled).length > 0,
  mode: editing?.mode ?? (Object.keys(filled).length > 0 ? 'unattended' : usualMode(broker)),
  leaving: null,
  view: null,
  errors: {},
  hints: {},
  refusal: refusalOf(result, broker),
  listsErrors: false,
  forgotten: [],
  isImporting: false,
  importMessage: null,
  preview: null,
  busy: null,
  progress: null,
  failure: null,
  announcement: '',
})

/** Returns who signs in to a new account: the user, where the broker's staff want no program to. */
export const usualMode = ({ modes, terms }: BrokerView): LoginMode =>
  terms.label === 'staff say not allowed' && modes.includes('assisted') ? 'assisted' : 'unattended'

/** Returns the form's state after an event. */
export function formReducer(state: FormState, event: FormEvent): FormState {
  switch (event.is) {
    case 'typed':
      return {
        ...state,
        isChanged: true,
        refusal: event.input === state.refusal?.input ? null : state.refusal,
      }
    case 'checked': {
      const { view, errors, hints } = event
      const words = codeAnnouncement(state.view?.totp ?? null, view.totp)
      return { ...state, view, errors, hints, announcement: words ?? state.announcement }
    }
    case 'modeChosen':
      return { ...state, mode: event.mode }
    case 'secretChosen':
      return { ...state, isChanged: true }
    case 'forgetting': {
      const others = state.forgotten.filter((field) => field !== event.field)
      return { ...state, isChanged: true, forgotten: event.forget ? [...others, event.field] : others }
    }
    case 'importStarted':
      return { ...state, isImporting: true, importMessage: null }
    case 'imported':
      return { ...state, isImporting: false, ...afterImport(event.at, event.outcome) }
    case 'clipboardCleared':
      return { ...state, importMessage: null }
    case 'previewClosed':
      return { ...state, preview: null }
    case 'previewTaken':
      return { ...state, preview: null, isChanged: true }
    case 'started':
      return { ...state, busy: event.what, failure: null, listsErrors: false }
    case 'progressed':
      // A test saves the draft first.
      return { ...state, isChanged: false, progress: event.progress }
    case 'refused':
      return { ...state, busy: null, failure: null, errors: event.errors, listsErrors: true }
    case 'failed':
      return { ...state, busy: null, failure: event.failure }
    case 'leaving':
      return { ...state, leaving: event.what }
    case 'stayed':
      return { ...state, leaving: null }
  }
}

function afterImport(at: ImportMessage['at'], outcome: ImportOutcome): Partial<FormState> {
  switch (outcome.kind) {
    case 'wrong':
      return { importMessage: { at, tone: 'bad', words: [outcome.message] } }
    case 'env':
      return { preview: outcome.preview }
    case 'secrets':
      return {
        isChanged: true,
        importMessage: {
          ...{ at: 'totp', tone: 'info' },
          ...{ words: outcome.notes, onClipboard: outcome.onClipboard },
        },
      }
    case 'nothing':
      return {}
  }
}

/** Returns the errors to show, the broker's refusal among them. */
export const shownErrors = ({ refusal, errors }: FormState): Errors =>
  refusal === null ? errors : { [refusal.input]: refusal.words, ...errors }

/** Returns the inputs whose errors are shown from the start: those that a `.env` file has filled. */
export const filledInputs = (filled: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(filled).map(fieldInput)
