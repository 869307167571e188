import { useContext, useState } from 'react'
import type { AccountView, Problem, ProblemKind, Remedy } from '../../../electron/contract/state.ts'
import { toneOf } from '../../../electron/contract/status.ts'
import { houseName, istTime, namingBroker } from '../../../electron/contract/words.ts'
import { useNow } from '../../shared/useNow.ts'
import { minutesLeft } from './asked.ts'
import { Hour12Context } from '../Hour12Context.ts'
import { useActions } from '../store/ActionsContext.ts'
import { ClampedText } from './ClampedText.tsx'
import { explanations } from './explanations.ts'
import { remediesFor, remedyWords } from './remedy.ts'
import type { Actions } from '../store/actions.ts'
import type { Failure } from '../store/store.ts'
import { Button } from '../../shared/Button.tsx'
import css from './ProblemBox.module.css'

/** Problems that only a newer version fixes, so that the user should report them. */
const reportable: ReadonlySet<ProblemKind> = new Set(['protocol-changed', 'bot-wall'])

/** Shows a problem in our words and the broker's, the next step, and the buttons for it. */
export function ProblemBox({ account, problem }: { account: AccountView; problem: Problem }) {
  const { name, brokerName } = account
  const actions = useActions()
  const [explained, setExplained] = useState(false)
  const more = explanations[problem.kind]
  return (
    <div className={css['problem']} data-tone={toneOf(problem)}>
      <p className={css['happened']}>
        <bdi>{problem.message}</bdi>
      </p>
      {problem.brokerWords !== null && (
        <figure className={css['quote']}>
          <figcaption>{houseName(brokerName)} said</figcaption>
          <blockquote>
            <ClampedText text={problem.brokerWords} label={`what ${houseName(brokerName)} said of ${name}`} />
          </blockquote>
        </figure>
      )}
      <p>
        <bdi>{problem.next}</bdi>
      </p>
      {explained && (
        <div className={css['explanation']} role="note">
          {more?.map((sentence) => (
            <p key={sentence}>{namingBroker(sentence, brokerName)}</p>
          ))}
        </div>
      )}
      <div className={css['buttons']}>
        {remediesFor(problem, account).map((what) => (
          <RemedyButton key={what} account={account} problem={problem} what={what} />
        ))}
        {account.refusedAddress !== null && <CopyAddress name={name} address={account.refusedAddress} />}
        {reportable.has(problem.kind) && (
          <Button
            look="surface"
            aria-label={`Copy report (${name})`}
            onClick={() => void actions.copyDiagnostics(name)}
          >
            Copy report
          </Button>
        )}
        {more !== undefined && (
          <Button
            look="link"
            aria-expanded={explained}
            aria-label={`Why? (${name})`}
            onClick={() => {
              setExplained(!explained)
            }}
          >
            Why?
          </Button>
        )}
      </div>
    </div>
  )
}

/** Copies the address that the broker does not accept, to be registered there. */
function CopyAddress({ name, address }: { name: string; address: string }) {
  const actions = useActions()
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    const isNowCopied = await actions.copyAddress(name)
    setCopied(isNowCopied)
    if (isNowCopied) actions.say('Address copied.')
  }
  return (
    <Button look="surface" aria-label={`Copy address ${address} (${name})`} onClick={() => void copy()}>
      {isCopied ? '✓ Copied' : `Copy ${address}`}
    </Button>
  )
}

interface RemedyButtonProps {
  account: AccountView
  problem: Problem
  what: Remedy
  look?: 'surface' | 'plain'
}

/** Does one thing about a problem. A login that the broker wants to wait says until when, and counts down. */
export function RemedyButton({ account, problem, what, look = 'surface' }: RemedyButtonProps) {
  const actions = useActions()
  const hour12 = useContext(Hour12Context)
  const until = what === 'login' ? (account.pausedUntil ?? 0) : 0
  // Rounded up, so that a login at the displayed minute is not refused.
  const left = useNow((now) =>
    until > now ? ` at ${istTime(until + 59_999, hour12)} · ${minutesLeft(until, now)}` : '',
  )
  const words = remedyWords(what, problem, account)
  return (
    <Button
      look={look}
      aria-label={`${words} (${account.name})`}
      aria-disabled={left !== ''}
      onClick={() => {
        if (left === '') void applyRemedy(actions, account.name, what)
      }}
    >
      {words}
      {left}
    </Button>
  )
}

/** Does what a button says. */
function applyRemedy(actions: Actions, name: string, what: Remedy): Promise<void> {
  switch (what) {
    case 'login':
      return actions.login(name)
    case 'change':
    case 'proxy':
      return actions.openAccountForm(name)
    case 'signIn':
      return actions.signIn(name)
    case 'update':
      return actions.openSettings()
    case 'page':
      return actions.openPage(name, 'login')
    case 'developers':
      return actions.openPage(name, 'developers')
  }
}

/** Shows a failed request of the user. */
export function FailureNote({ name, failure }: { name: string; failure: Failure }) {
  return (
    <p className={css['failure']}>
      <ClampedText text={`${failure.message} ${failure.next}`} label={`what went wrong with ${name}`} />
    </p>
  )
}
