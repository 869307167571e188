/** These functions run inside the page, so they must not refer to anything outside of themselves. */

declare global {
  interface Window {
    /** Added by Playwright: calls the made-up bridge. */
    readonly callBridge: (method: string, args: unknown[]) => Promise<unknown>
    /** Calls the listeners of an event. */
    tellPage: (event: string, payload: unknown) => void
  }
}

/** Takes the preload script's place: passes what the page asks of its bridge to the made-up one outside. */
export function standInForPreload(globals: Readonly<Record<string, string>>): void {
  const name = globals[location.pathname.slice(1).replace('.html', '')]
  if (name === undefined) return
  const listeners: { event: unknown; listener: (payload: unknown) => void }[] = []
  window.tellPage = (event, payload) => {
    for (const entry of listeners) if (entry.event === event) entry.listener(payload)
  }
  const method =
    (called: string) =>
    (...args: unknown[]): unknown => {
      const [event, listen] = args
      // A function can't leave the page.
      if (called !== 'on' || typeof listen !== 'function') return window.callBridge(called, args)
      const entry = { event, listener: (payload: unknown) => void Reflect.apply(listen, null, [payload]) }
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

/** Hides the caret of a field, because it blinks. */
export function hideCaret(): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('*, ::before, ::after { caret-color: transparent !important }')
  document.adoptedStyleSheets.push(sheet)
}

/** Resolves when the latest message to the page is painted, with styles that load later. */
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

/** Calls the listeners of an event with what it carries. */
export function tellPage([event, payload]: readonly [event: string, payload: unknown]): void {
  window.tellPage(event, payload)
}
