import { useSyncExternalStore } from 'react'
import type { ComponentType } from 'react'
import { lateStyles } from './styles.ts'

export type Part<P extends object> = ComponentType<P> & { readonly fetch: () => Promise<void> }

/**
 * Creates a component whose code is loaded when it is first shown; until then it renders nothing. Not React's
 * `lazy`, because it delays a loaded component by up to 300 ms.
 */
export function part<P extends object>(load: () => Promise<ComponentType<P>>): Part<P> {
  let loaded: ComponentType<P> | null = null
  let loading: Promise<void> | null = null
  const waiting = new Set<() => void>()

  const fetch = (): Promise<void> => {
    loading ??= Promise.all([load(), lateStyles()]).then(
      ([component]) => {
        loaded = component
        for (const notify of waiting) notify()
      },
      () => {
        loading = null
      },
    )
    return loading
  }
  const subscribe = (notify: () => void) => {
    waiting.add(notify)
    void fetch()
    return () => {
      waiting.delete(notify)
    }
  }
  const snapshot = () => loaded

  function LoadedPart(props: P) {
    const Loaded = useSyncExternalStore(subscribe, snapshot, snapshot)
    return Loaded === null ? null : <Loaded {...props} />
  }
  return Object.assign(LoadedPart, { fetch })
}
