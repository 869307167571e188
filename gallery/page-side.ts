/** What runs inside the page. Nothing in these functions may refer to anything outside of them. */

declare global {
  interface Window {
    /** Set by Playwright: calls the made-up bridge. */
    readonly callBridge: (method: string, args: unknown[]) => Promise<unknown>
    /** Calls those who listen to the bridge, by the method they have listened with. */
    tellPage: (method: string, message: unknown) => void
  }
}

/**
 * Takes the preload script's place: whatever the page asks of its bridge goes to the made-up one outside. A method
 * that is given a function is one for listening.
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

/** Resolves when what the page has last been told is on the screen, with the parts and styles it fetches late. */
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

/** Calls those who listen to the bridge, with the message after the method that they have listened with. */
export function tellPage([method, message]: readonly [method: string, message: unknown]): void {
  window.tellPage(method, message)
}
