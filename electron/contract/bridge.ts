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
