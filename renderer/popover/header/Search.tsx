import { Icon } from '../../shared/Icon.tsx'
import css from './Search.module.css'

interface SearchProps {
  query: string
  onQuery: (query: string) => void
  /** The number of accounts found, and of all. */
  found: number
  of: number
  /** Whether it takes no room until it is typed in. */
  hides: boolean
}

/** Returns whether letters search. One account is found without. */
export const isSearchable = (accounts: readonly unknown[]): boolean => accounts.length > 1

/** Finds accounts by name, broker or state. */
export function Search({ query, onQuery, found, of, hides }: SearchProps) {
  return (
    <form
      className={css['search']}
      role="search"
      data-hides={hides && query === ''}
      onSubmit={(event) => {
        event.preventDefault()
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
        aria-keyshortcuts="Control+F"
        onChange={(event) => {
          onQuery(event.target.value)
        }}
      />
      <span role="status">{query === '' ? '' : `${found} of ${of}`}</span>
    </form>
  )
}
