import type { Page } from 'playwright-core'
import type { KiteConnectPractice } from '../../practice/kite-connect.ts'

/** Fills the account form for an account at a practice broker, by typing, up to the last field. */
export async function fillAccountForm(form: Page, name: string, broker: KiteConnectPractice): Promise<void> {
  const { credentials, endpoints } = broker
  await form.getByRole('button', { name: /Zerodha Kite Connect/ }).click()
  await form.getByRole('radio', { name: 'TokenTray', exact: true }).check()
  await form.getByText('Advanced').click()
  await form.getByRole('checkbox', { name: /I accept the risk/ }).check()
  const fields: [label: string, value: string][] = [
    ['Account name', name],
    ['API key', credentials.api_key],
    ['API secret', credentials.api_secret],
    ['User ID', credentials.user_id],
    ['Password', credentials.password],
    ['Zerodha website', endpoints.web],
    ['Zerodha API', endpoints.api],
    ['External TOTP secret optional', credentials.totp_secret],
  ]
  for (const [label, value] of fields) {
    const field = form.getByRole('textbox', { name: label, exact: true })
    await field.click()
    // The form suggests a name for a new account.
    await field.clear()
    await form.keyboard.type(value)
  }
}
