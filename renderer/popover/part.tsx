import { useSyncExternalStore } from 'react'
import type { ComponentType } from 'react'
import { lateStyles } from './styles.ts'

export type Part<P extends object> = ComponentType<P> & { readonly fetch: () => Promise<void> }

/**
 * A part of the page that few need: it is fetched when it is first shown, and until then there is nothing in its
 * place. Not React's `lazy`, which holds such parts back for 300 ms once it has shown that they are missing.
 */
export function part<P extends object>(load: () => Promise<ComponentType<P>>): Part<P> {
  let loaded: ComponentType<P> | null = null
  let loading: Promise<void> | null = null
  const waiting = new Set<() => void>()

  const fetch = (): Promise<void> => {
    loading ??= Promise.all([load(), lateStyles()]).then(
      ([component]) => {
        loaded = component
        for (const tell of waiting) tell()
      },
      () => {
        loading = null
      },
    )
    return loading
  }
  const subscribe = (tell: () => void) => {
    waiting.add(tell)
    void fetch()
    return () => {
      waiting.delete(tell)
    }
  }
  const snapshot = () => loaded

  function LoadedPart(props: P) {
    const Loaded = useSyncExternalStore(subscribe, snapshot, snapshot)
    return Loaded === null ? null : <Loaded {...props} />
  }
  return Object.assign(LoadedPart, { fetch })
}
