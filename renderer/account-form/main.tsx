import { StrictMode } from 'react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { ProblemBanner } from '../shared/ProblemBanner.tsx'
import { AccountForm } from './AccountForm.tsx'

const bridge = window.accountForm

async function page(): Promise<ReactNode> {
  try {
    const view = await bridge.describe()
    document.title = view.editing === null ? 'Add an account' : `Change ${view.editing.name}`
    return <AccountForm bridge={bridge} view={view} />
  } catch {
    const next = 'Close this window and open it again; if it stays so, restart TokenTray.'
    return <ProblemBanner problem={{ message: 'The form could not be opened.', next }} />
  }
}

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<StrictMode>{await page()}</StrictMode>)
