import { InputError, LoginError } from '../errors.ts'
import type { Tokens } from '../accounts/tokens.ts'
import type { LoginEngine } from './engine.ts'

export interface ProbeDeps {
  readonly accounts: { readonly list: readonly { readonly name: string }[] }
  readonly engine: Pick<LoginEngine, 'probe'>
  readonly tokens: Pick<Tokens, 'freshness'>
}

/**
 * Probes every token that may still work, so that none counts as good because of an earlier answer. The answers are
 * recorded in the state. A failed probe does not stop the others.
 * @returns the errors of the failed probes
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
        // The account was removed meanwhile, or this version does not know its broker.
        if (error instanceof InputError) return []
        if (error instanceof LoginError) return [error]
        throw error
      }
    }),
  )
  return problems.flat()
}
