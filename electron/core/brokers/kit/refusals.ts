import type { ProblemKind } from '../../../contract/state.ts'
import { LoginError, type LoginErrorDetails } from '../../errors.ts'
import type { EntryKind } from '../broker.ts'
import { commonMeaning, judgesNoEntry, mayBeAboutEntry } from './refusal-words.ts'
import { isGone } from './replies.ts'

/** What a broker's envelope says, read by the broker's own `Envelope` reader. */
export interface Envelope {
  /** The broker's code or type of the refusal; empty for none. */
  readonly code: string
  /** The broker's message; empty for none. */
  readonly words: string
  /** Whether the envelope calls itself a refusal, whatever the HTTP status. */
  readonly isRefusal: boolean
  /** The status that the envelope of a 2xx reply states; absent where the HTTP status counts. */
  readonly status?: number
}

type Texts = Pick<LoginErrorDetails, 'message' | 'next'>

interface Meaning<Kind extends ProblemKind> extends Omit<LoginErrorDetails, 'brokerWords' | 'cause'> {
  readonly kind: Kind
  /** Returns texts that depend on the broker's words. */
  readonly explain?: (words: string) => Texts
}

/** The kinds that call an entry wrong. */
type BlamingKind = 'bad-credentials' | 'bad-totp'

interface Conditions<Step extends string> {
  /** The steps of the row; every step when absent. */
  readonly in?: readonly Step[]
  /** Exact codes, or a family of them. */
  readonly codes?: readonly string[] | RegExp
  readonly words?: RegExp
  readonly statuses?: readonly number[]
  /** True for a row that goes after what words mean at every broker. */
  readonly last?: true
}

/** A row that calls an entry wrong. It needs a code or words, because a status alone is about no entry. */
type BlamingRow<Step extends string> = Meaning<BlamingKind> &
  Conditions<Step> &
  ({ readonly codes: readonly string[] | RegExp } | { readonly words: RegExp }) & {
    /** Other entries of the same request that this refusal shows as accepted. */
    readonly accepts?: readonly EntryKind[]
  }

/** A row about anything but an entry. Without conditions it is the meaning of every other refusal. */
type OtherRow<Step extends string> = Meaning<Exclude<ProblemKind, BlamingKind>> & Conditions<Step>

export type RefusalRow<Step extends string> = BlamingRow<Step> | OtherRow<Step>

/** What a broker's refusals mean. */
export interface RefusalTable<Step extends string> {
  /** The entries that the requests of a step carry. A step that is absent carries none and blames none. */
  readonly carries: Readonly<Partial<Record<Step, readonly EntryKind[]>>>
  /**
   * The first row whose conditions all hold gives the meaning. A row by codes or words goes before what words mean at
   * every broker, unless it is `last`; a row by status alone, or without conditions, after it.
   */
  readonly rows: readonly RefusalRow<Step>[]
  /** Texts for rows, and for meanings that all brokers share, without texts of their own. */
  readonly texts?: Readonly<Partial<Record<ProblemKind, Texts>>>
}

/** A refusal's error, and the entries that the refusal shows as accepted. */
export interface Refusal {
  readonly error: LoginError
  readonly accepted: readonly EntryKind[]
}

const blames = <Step extends string>(row: RefusalRow<Step>): row is BlamingRow<Step> =>
  row.kind === 'bad-credentials' || row.kind === 'bad-totp'

/**
 * Returns what a refusal in a step means. An entry is called wrong only in a step that carries one, under a status of
 * a refused entry, by a code or words that the table has for it. Words about a missing field or a limit blame none. A pause, an outage or a route that is gone judges no
 * entry, whatever the words.
 */
export function readRefusal<Step extends string>(
  table: RefusalTable<Step>,
  step: Step,
  httpStatus: number,
  envelope: Envelope,
): Refusal {
  const { code, words } = envelope
  const status = (httpStatus < 300 ? envelope.status : undefined) ?? httpStatus
  const carriesEntry = (table.carries[step] ?? []).length > 0
  const isJudged = status < 500 && status !== 429 && !isGone(status)
  const row = table.rows.find((candidate) => {
    if (candidate.in?.includes(step) === false) return false
    if (candidate.codes !== undefined && !isAmong(candidate.codes, code)) return false
    if (candidate.words?.test(words) === false) return false
    if (candidate.statuses?.includes(status) === false) return false
    return blames(candidate)
      ? carriesEntry && mayBeAboutEntry(status) && (candidate.codes !== undefined || !judgesNoEntry(words))
      : isJudged || candidate.statuses !== undefined
  })
  const isAboutEntry = row !== undefined && blames(row)
  const isExact = row !== undefined && !isAboutEntry && row.last !== true && (isByContent(row) || !isJudged)
  const shared = isExact ? null : commonMeaning(status, words, isAboutEntry)
  // What all brokers share knows less of a status than a row about it.
  const isUnknown = shared?.kind === 'protocol-changed' && row?.statuses !== undefined && isJudged
  const common = isUnknown ? null : shared
  const { kind, ...details } = common ?? row ?? { kind: 'protocol-changed' as const }
  return {
    error: new LoginError(kind, {
      ...table.texts?.[kind],
      ...detailsOf(details),
      ...(common === null && row?.explain?.(words)),
      ...(words !== '' && { brokerWords: words }),
    }),
    accepted: common === null && isAboutEntry ? (row.accepts ?? []) : [],
  }
}

const isByContent = ({ codes, words }: Conditions<string>): boolean =>
  codes !== undefined || words !== undefined

const isAmong = (codes: readonly string[] | RegExp, code: string): boolean =>
  codes instanceof RegExp ? codes.test(code) : codes.includes(code)

/** Returns a row's details without its conditions. */
function detailsOf({ message, next, notJudged, coolDownMs, mayBeGood, final }: LoginErrorDetails) {
  return {
    ...(message !== undefined && { message }),
    ...(next !== undefined && { next }),
    ...(notJudged !== undefined && { notJudged }),
    ...(coolDownMs !== undefined && { coolDownMs }),
    ...(mayBeGood !== undefined && { mayBeGood }),
    ...(final !== undefined && { final }),
  }
}
