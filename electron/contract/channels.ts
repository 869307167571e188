/**
 * The names of everything that crosses the bridge.
 *
 * This file imports nothing on purpose: a sandboxed preload script may only require Electron's own modules,
 * and one that reaches for anything else dies without a word.
 */

/** Requests from the popover. */
export const popoverChannels = {
  getState: 'state:get',
  login: 'account:login',
  cancelLogin: 'account:cancel-login',
  answerCode: 'account:answer-code',
  copyToken: 'account:copy-token',
  copyCode: 'account:copy-code',
  copyDiagnostics: 'account:copy-diagnostics',
  addPractice: 'account:add-practice',
  removeAccount: 'account:remove',
  openAccountForm: 'account-form:open',
  hide: 'popover:hide',
} as const

/** Requests from the account form: it can send secrets in and read none back. */
export const accountFormChannels = {
  describe: 'account-form:describe',
  save: 'account-form:save',
  close: 'account-form:close',
} as const

/** Pushed from the main process to the popover: the whole `AppState`, each time it changes. */
export const stateChanged = 'state:changed'
