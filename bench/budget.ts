/** A measured quantity and its limit. */
export interface Budget {
  readonly what: string
  readonly limit: number
  readonly measured: number
  /** `× bare`, `% of a core`, … */
  readonly unit: string
  /** The numbers behind a ratio, for the reader. */
  readonly from?: string
}

export const isKept = ({ measured, limit }: Budget): boolean => measured <= limit

/**
 * Returns the median.
 * @throws Error without values
 */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
  if (middle === undefined) throw new Error('Nothing was measured.')
  return middle
}

/** Returns a table of all budgets: quantity, limit, measured value and verdict. */
export function table(budgets: readonly Budget[]): string {
  const rows = budgets.map((budget) => [
    budget.what,
    `${budget.limit} ${budget.unit}`,
    `${budget.measured.toFixed(2)} ${budget.unit}`,
    isKept(budget) ? 'kept' : 'MISSED',
    budget.from ?? '',
  ])
  const all = [['what', 'at most', 'measured', '', ''], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n')
}
