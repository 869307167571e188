import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Outcome } from '../../electron/contract/requests.ts'
import { isStale } from '../../electron/contract/countdown.ts'
import type { SignInBridge, SignInView } from '../../electron/contract/sign-in.ts'
import { Button } from '../shared/Button.tsx'
import { Code } from '../shared/Code.tsx'
import text from '../shared/text.module.css'
import { useClock, useNow } from '../shared/useNow.ts'
import css from './Strip.module.css'

/** Shows whose page is below, and what to type there: the user ID and the current code. */
export function Strip({ bridge }: { bridge: SignInBridge }) {
  const [view, setView] = useState<SignInView | null>(null)
  const [said, setSaid] = useState('')
  const strip = useRef<HTMLElement>(null)
  const clock = useClock()
  const endsAt = view?.code?.endsAt ?? null
  const isOver = useNow((now) => endsAt !== null && isStale(endsAt, now))

  useEffect(() => {
    let isShown = true
    const refresh = async (): Promise<void> => {
      // Refused while TokenTray is locked, when the strip shows nothing.
      const next = await bridge.describe().catch(() => null)
      if (!isShown) return
      if (next?.code) clock.align(next.code.endsAt)
      setView(next)
    }
    void refresh()
    const stop = bridge.on('moved', () => void refresh())
    return () => {
      isShown = false
      stop()
    }
  }, [bridge, clock, isOver])

  useLayoutEffect(() => {
    const height = strip.current?.offsetHeight ?? 0
    if (height > 0) void bridge.fit({ height })
  })

  const copy = (what: string, request: () => Promise<Outcome>): void => {
    void request().then(
      (outcome) => {
        setSaid(outcome.ok ? `${what} copied` : outcome.problem.message)
      },
      () => {
        setSaid(`${what} not copied`)
      },
    )
  }

  if (view === null) return null
  const { account, host, loginId, code } = view
  return (
    <main className={css['strip']} ref={strip}>
      <h1 className={css['where']}>
        <bdi>{host}</bdi> <span className={text['muted']}>for {account}</span>
      </h1>
      <div className={css['line']}>
        {loginId !== null && (
          <span className={css['entry']}>
            <span className={text['muted']}>{loginId.label}</span> <bdi>{loginId.value}</bdi>
            <Button
              look="small"
              aria-label={`Copy ${loginId.label}`}
              onClick={() => copy(loginId.label, bridge.copyLoginId)}
            >
              Copy
            </Button>
          </span>
        )}
        {code !== null && (
          <span className={css['entry']}>
            <Code code={code} small />
            <Button look="small" onClick={() => copy('Code', bridge.copyCode)}>
              Copy code
            </Button>
          </span>
        )}
        <span role="status" className={text['help']}>
          {said}
        </span>
      </div>
    </main>
  )
}
