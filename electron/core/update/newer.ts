/** Returns whether a version is newer than another; a version that is no three numbers is never newer. */
export function isNewer(version: string, than: string): boolean {
  const [theirs, ours] = [numbersOf(version), numbersOf(than)]
  if (theirs === null || ours === null) return false
  const differing = theirs.findIndex((number, index) => number !== ours[index])
  return differing !== -1 && (theirs[differing] ?? 0) > (ours[differing] ?? 0)
}

/** Returns the three numbers of a version; null for another form. */
export function numbersOf(version: string): number[] | null {
  return /^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(version) ? version.split('.').map(Number) : null
}
