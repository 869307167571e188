import type { Broker, LoginContext, OwnerContext, TokenBundle } from '../broker.ts'

/** The module of a broker's calls. */
interface Calls {
  login(context: LoginContext): Promise<TokenBundle>
  probe(context: OwnerContext, token: TokenBundle): Promise<void>
}

/** Returns a broker's calls, which are loaded on first use, so that start-up stays short. */
export const lazyCalls = (load: () => Promise<Calls>): Pick<Broker, 'load' | 'login' | 'probe'> => ({
  load,
  login: async (context) => (await load()).login(context),
  probe: async (context, token) => (await load()).probe(context, token),
})
