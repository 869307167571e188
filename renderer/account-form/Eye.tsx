/** Shows an eye, crossed out while the secret is visible. */
export function Eye({ crossed }: { crossed: boolean }) {
  return (
    <svg viewBox="0 0 16 16" stroke="currentColor" fill="none" strokeWidth="1.4" aria-hidden="true">
      <path d="M1.2 8S3.6 3.4 8 3.4 14.8 8 14.8 8 12.4 12.6 8 12.6 1.2 8 1.2 8z" strokeLinejoin="round" />
      <circle cx="8" cy="8" r="2.1" />
      {crossed && <path d="m2.6 13.4 10.8-10.8" strokeLinecap="round" />}
    </svg>
  )
}
