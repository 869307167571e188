/** These functions run inside the page, so they must not refer to anything outside of themselves. */

declare global {
  interface Window {
    /** Added by Playwright: calls the made-up bridge. */
    readonly callBridge: (method: string, args: unknown[]) => Promise<unknown>
    /** Calls the listeners of a bridge method. */
    tellPage: (method: string, message: unknown) => void
  }
}

/**
 * Replaces the preload script: forwards the page's bridge calls to the made-up bridge outside.
 * A method that receives a function registers a listener.
 */
export function standInForPreload(globals: Readonly<Record<string, string>>): void {
  const name = globals[location.pathname.slice(1).replace('.html', '')]
  if (name === undefined) return
  const listeners: { method: string; listener: (message: unknown) => void }[] = []
  window.tellPage = (method, message) => {
    for (const entry of listeners) if (entry.method === method) entry.listener(message)
  }
  const method =
    (called: string) =>
    (...args: unknown[]): unknown => {
      const [first] = args
      if (typeof first !== 'function') return window.callBridge(called, args)
      const entry = {
        method: called,
        listener: (message: unknown) => void Reflect.apply(first, null, [message]),
      }
      listeners.push(entry)
      return () => {
        listeners.splice(listeners.indexOf(entry), 1)
      }
    }
  const bridge = new Proxy(
    {},
    {
      get: (_target, called) =>
        typeof called === 'string' && called !== 'then' ? method(called) : undefined,
    },
  )
  Object.defineProperty(window, name, { value: bridge })
}

/** Resolves when the latest message to the page is painted, with lazy parts and styles. */
export async function whenPainted(): Promise<void> {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const links = () => [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')]
  const look = () => `${performance.getEntriesByType('resource').length} ${document.body.outerHTML}`
  for (let steady = 0, last = ''; steady < 3;) {
    await nextFrame()
    const now = look()
    steady = now === last && links().every(({ sheet }) => sheet !== null) ? steady + 1 : 0
    last = now
  }
}

/** Calls the listeners of a bridge method with the message. */
export function tellPage([method, message]: readonly [method: string, message: unknown]): void {
  window.tellPage(method, message)
}
