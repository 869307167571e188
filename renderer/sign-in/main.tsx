import '../shared/system-font.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createClock, pageClockSource } from '../shared/clock.ts'
import { ClockContext } from '../shared/useNow.ts'
import { Strip } from './Strip.tsx'

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <ClockContext value={createClock(pageClockSource())}>
        <Strip bridge={window.signIn} />
      </ClockContext>
    </StrictMode>,
  )
}
