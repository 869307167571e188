import '../shared/system-font.ts'
import { StrictMode } from 'react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { ProblemBanner } from '../shared/ProblemBanner.tsx'
import { Page } from './Page.tsx'

const bridge = window.settings

async function page(): Promise<ReactNode> {
  try {
    return <Page bridge={bridge} first={await bridge.describe()} />
  } catch {
    const next = 'Close this window and open it again; if it stays so, restart TokenTray.'
    return <ProblemBanner problem={{ message: 'The settings could not be opened.', next }} />
  }
}

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<StrictMode>{await page()}</StrictMode>)
