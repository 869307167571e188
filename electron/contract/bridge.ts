import type { AccountDraft, FormView, Outcome, SaveOutcome } from './requests.ts'
import type { AppState } from './state.ts'

/** What the preload script gives the popover as `window.tokentray`. */
export interface PopoverBridge {
  getState(): Promise<AppState>
  /** Calls `listener` with each new state; the function returned stops it. */
  onState(listener: (state: AppState) => void): () => void
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
  /** Opens the account form in its own window: empty for null, else for that account. */
  openAccountForm(name: string | null): Promise<void>
  hide(): Promise<void>
}

/** What the preload script gives the account form as `window.accountForm`. */
export interface AccountFormBridge {
  describe(): Promise<FormView>
  save(draft: AccountDraft): Promise<SaveOutcome>
  close(): Promise<void>
}
