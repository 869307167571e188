import '../shared/system-font.ts'
import { StrictMode } from 'react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { createClock, pageClockSource } from '../shared/clock.ts'
import { ClockContext } from '../shared/useNow.ts'
import { ProblemBanner } from '../shared/ProblemBanner.tsx'
import { Page, title } from './Page.tsx'

const bridge = window.accountForm

async function page(): Promise<ReactNode> {
  try {
    const view = await bridge.describe()
    document.title = title(view)
    return <Page bridge={bridge} view={view} />
  } catch {
    const next = 'Close this window and open it again; if it stays so, restart TokenTray.'
    return <ProblemBanner problem={{ message: 'The form could not be opened.', next }} />
  }
}

const root = document.getElementById('root')
if (root !== null) {
  const clock = createClock(pageClockSource())
  createRoot(root).render(
    <StrictMode>
      <ClockContext value={clock}>{await page()}</ClockContext>
    </StrictMode>,
  )
}
