import lateUrl from './late.css?url'
import narrowUrl from './narrow.css?url'

let late: Promise<void> | null = null

/** The styles of everything that is fetched when it is first shown. */
export const lateStyles = (): Promise<void> => (late ??= add(lateUrl))

/** Fetches the styles for a narrow window as soon as there is one: it is, for those who enlarge everything. */
export function watchWidth(): void {
  const narrow = window.matchMedia('(max-width: 280px)')
  const look = (): void => {
    if (!narrow.matches) return
    narrow.removeEventListener('change', look)
    void add(narrowUrl)
  }
  narrow.addEventListener('change', look)
  look()
}

function add(url: string): Promise<void> {
  // Rendered to text, as tests do, there is nothing to style.
  if (typeof document === 'undefined') return Promise.resolve()
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url })
    // Better without its styles than not at all.
    link.onload = link.onerror = () => {
      resolve()
    }
    document.head.append(link)
  })
}
