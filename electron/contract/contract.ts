import type * as z from 'zod/mini'

/** Describes one request of a page by the schemas that the router checks the request and its reply against. */
export interface Exchange {
  readonly request: z.ZodMiniType
  readonly reply: z.ZodMiniType
}

/** Lists all messages between one page and the main process, by name. */
export interface Contract {
  readonly requests: Readonly<Record<string, Exchange>>
  /** Messages that the main process sends without a request. */
  readonly events: Readonly<Record<string, z.ZodMiniType>>
}

type Call<E extends Exchange> =
  undefined extends z.input<E['request']>
    ? () => Promise<z.output<E['reply']>>
    : (request: z.input<E['request']>) => Promise<z.output<E['reply']>>

/** Describes the object that the preload script gives a page: a function per request, and `on` for events. */
export type Bridge<C extends Contract> = { readonly [N in keyof C['requests']]: Call<C['requests'][N]> } & {
  /** Calls `listener` with the payload of each `event`; the returned function stops it. */
  on<N extends keyof C['events']>(event: N, listener: (payload: z.output<C['events'][N]>) => void): () => void
}

/** Answers a checked request in the main process. */
export type Handler<E extends Exchange> = (
  request: z.output<E['request']>,
) => z.input<E['reply']> | Promise<z.input<E['reply']>>

/** Maps each request's name to its handler. */
export type Handlers<C extends Contract> = { readonly [N in keyof C['requests']]: Handler<C['requests'][N]> }

/** Lists the names in a contract, the only part of it that a preload script gets. */
export interface Names {
  readonly requests: readonly string[]
  readonly events: readonly string[]
}

/** Returns the names in a contract. The build writes them into the page's preload script (vite.config.ts). */
export const namesOf = ({ requests, events }: Contract): Names => ({
  requests: Object.keys(requests),
  events: Object.keys(events),
})

/** Returns the IPC channel of a page's request or event. */
export const channelOf = (page: string, name: string): string => `${page}:${name}`
