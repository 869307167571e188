import type * as z from 'zod/mini'

/** One request of a page: the shapes that the router holds the request and its reply to. */
export interface Exchange {
  readonly request: z.ZodMiniType
  readonly reply: z.ZodMiniType
}

/** Everything that one page and the main process say to each other, by name. */
export interface Contract {
  readonly requests: Readonly<Record<string, Exchange>>
  /** What the main process sends without being asked. */
  readonly events: Readonly<Record<string, z.ZodMiniType>>
}

type Call<E extends Exchange> =
  undefined extends z.input<E['request']>
    ? () => Promise<z.output<E['reply']>>
    : (request: z.input<E['request']>) => Promise<z.output<E['reply']>>

/** What the preload script gives a page: a function per request, and one to listen for events. */
export type Bridge<C extends Contract> = { readonly [N in keyof C['requests']]: Call<C['requests'][N]> } & {
  /** Calls `listener` with what each `event` carries; the function returned stops it. */
  on<N extends keyof C['events']>(event: N, listener: (payload: z.output<C['events'][N]>) => void): () => void
}

/** What the main process does with a checked request. */
export type Handler<E extends Exchange> = (
  request: z.output<E['request']>,
) => z.input<E['reply']> | Promise<z.input<E['reply']>>

/** A handler per request, under the request's name. */
export type Handlers<C extends Contract> = { readonly [N in keyof C['requests']]: Handler<C['requests'][N]> }

/** The names in a contract: all that a preload script knows of it. */
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
