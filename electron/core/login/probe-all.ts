import { InputError, LoginError } from '../errors.ts'
import type { Tokens } from '../accounts/tokens.ts'
import type { LoginEngine } from './engine.ts'

export interface ProbeDeps {
  readonly accounts: { readonly list: readonly { readonly name: string }[] }
  readonly engine: Pick<LoginEngine, 'probe'>
  readonly tokens: Pick<Tokens, 'freshness'>
}

/**
 * Asks the brokers about every token that looks alive, so that none is called good on yesterday's word. What they
 * answer is in the state afterwards; one that can't be asked does not keep the others from it.
 * @returns what went wrong
 */
export async function probeAlive(
  { accounts, engine, tokens }: ProbeDeps,
  signal: AbortSignal,
): Promise<LoginError[]> {
  const problems = await Promise.all(
    accounts.list.map(async ({ name }) => {
      try {
        if (['fresh', 'expiring', 'unverified'].includes(tokens.freshness(name)))
          await engine.probe(name, signal)
        return []
      } catch (error) {
        // Removed while it was asked about, or of a broker that this version does not know.
        if (error instanceof InputError) return []
        if (error instanceof LoginError) return [error]
        throw error
      }
    }),
  )
  return problems.flat()
}
