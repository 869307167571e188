import type {
  AccountDraft,
  DraftView,
  FormView,
  LookOutcome,
  LookPlace,
  SaveOutcome,
  TestOutcome,
  TestProgress,
} from './account-form.ts'
import type { Outcome } from './requests.ts'
import type { AppState, Morning } from './state.ts'

/** What the preload script gives the popover as `window.tokentray`. */
export interface PopoverBridge {
  getState(): Promise<AppState>
  /** Calls `listener` with each new state; the function returned stops it. */
  onState(listener: (state: AppState) => void): () => void
  /** Calls `listener` with the name of an account that the user wants to see; the function returned stops it. */
  onAccountWanted(listener: (name: string) => void): () => void
  login(name: string): Promise<Outcome>
  cancelLogin(name: string): Promise<Outcome>
  /** Hands a login the code that it waits for. One of the wrong length is refused, and the login goes on waiting. */
  answerCode(name: string, code: string): Promise<Outcome>
  copyToken(name: string): Promise<Outcome>
  copyCode(name: string): Promise<Outcome>
  /** Puts what is known of the last login on the clipboard, for support. It holds no secret. */
  copyDiagnostics(name: string): Promise<Outcome>
  addPractice(): Promise<Outcome>
  removeAccount(name: string): Promise<Outcome>
  /** Puts an account in the list before another, or at the end for null. */
  moveAccount(name: string, before: string | null): Promise<Outcome>
  /** Whether the schedule logs an account in. */
  setMorning(name: string, morning: Morning): Promise<Outcome>
  /** No login by itself for the rest of `today`, or until a day (`YYYY-MM-DD`). */
  pauseSchedule(until: string): Promise<Outcome>
  resumeSchedule(): Promise<Outcome>
  /** Looks whether the keychain can be used now; the state that follows tells. */
  checkKeychain(): Promise<void>
  /** The user has read it and wants it gone for good. */
  dismissNotice(notice: string): Promise<void>
  /** Opens the account form in its own window: empty for null, else for that account. */
  openAccountForm(name: string | null): Promise<void>
  openSettings(): Promise<void>
  /** Tells how high the page would like its window to be, in CSS pixels. */
  fit(height: number): Promise<void>
  hide(): Promise<void>
}

/** What the preload script gives the account form as `window.accountForm`. */
export interface AccountFormBridge {
  describe(): Promise<FormView>
  /** Looks at what was typed so far; nothing is kept. */
  check(draft: AccountDraft): Promise<DraftView>
  /** Has the main process look for a TOTP secret or a `.env` file; what it finds stays there. */
  look(place: LookPlace, brokerId: string): Promise<LookOutcome>
  /** The same with what was dropped on the page or pasted into it. */
  lookInto(file: Uint8Array, name: string, brokerId: string): Promise<LookOutcome>
  /** Takes one of several TOTP secrets that were found; null for none of them. */
  choose(choice: number | null): Promise<void>
  /** Takes the values of the `.env` file that was last looked at; those of settings come back, by field. */
  takeEnv(): Promise<Record<string, string>>
  /** Lets go of a field's imported value. */
  drop(field: string): Promise<void>
  save(draft: AccountDraft): Promise<SaveOutcome>
  /** Saves, and then logs in. */
  test(draft: AccountDraft): Promise<TestOutcome>
  cancelTest(): Promise<void>
  /** Hands the test login the code that it waits for. */
  answerCode(code: string): Promise<Outcome>
  /** Calls `listener` with each step of a test login; the function returned stops it. */
  onTestProgress(listener: (progress: TestProgress) => void): () => void
  /** Closes the window, whatever was typed. */
  close(): Promise<void>
}
