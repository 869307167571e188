import lateUrl from './late.css?url'
import narrowUrl from './narrow.css?url'

let late: Promise<void> | null = null

/** Loads the styles of all components that are loaded when first shown. */
export const lateStyles = (): Promise<void> => (late ??= add(lateUrl))

/** Loads the styles for a narrow window once it is narrow, as it is with a large zoom. */
export function watchWidth(): void {
  const narrow = window.matchMedia('(max-width: 280px)')
  const loadIfNarrow = (): void => {
    if (!narrow.matches) return
    narrow.removeEventListener('change', loadIfNarrow)
    void add(narrowUrl)
  }
  narrow.addEventListener('change', loadIfNarrow)
  loadIfNarrow()
}

function add(url: string): Promise<void> {
  // Tests render to text without a document.
  if (typeof document === 'undefined') return Promise.resolve()
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url })
    // A component without styles is better than none.
    link.onload = link.onerror = () => {
      resolve()
    }
    document.head.append(link)
  })
}
