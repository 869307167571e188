import { Icon } from '../../shared/Icon.tsx'
import css from './Search.module.css'

interface SearchProps {
  query: string
  onQuery: (query: string) => void
  /** The number of accounts found, and of all. */
  found: number
  of: number
  /** Focuses the first account found. */
  onEnter: () => void
}

/** Returns whether the page has a search input, because not all accounts fit into the window. */
export const isSearchable = (accounts: readonly unknown[]): boolean => accounts.length > 8

/** Finds accounts by name, broker or state. */
export function Search({ query, onQuery, found, of, onEnter }: SearchProps) {
  return (
    <form
      className={css['search']}
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        onEnter()
      }}
    >
      <Icon shape="lens" />
      <input
        type="search"
        value={query}
        maxLength={100}
        spellCheck={false}
        autoComplete="off"
        placeholder={`Search ${of} accounts`}
        aria-label="Search accounts"
        aria-keyshortcuts="/ Control+F"
        onChange={(event) => {
          onQuery(event.target.value)
        }}
      />
      <span role="status">{query === '' ? '' : `${found} of ${of}`}</span>
    </form>
  )
}
