/** One thing that was measured, and what it may be at most. */
export interface Budget {
  readonly what: string
  readonly limit: number
  readonly measured: number
  /** `× bare`, `% of a core`, … */
  readonly unit: string
  /** The numbers behind a ratio, for whoever wonders. */
  readonly from?: string
}

export const isKept = ({ measured, limit }: Budget): boolean => measured <= limit

/** The one in the middle. Throws when there is none. */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
  if (middle === undefined) throw new Error('Nothing was measured.')
  return middle
}

/** All budgets as a table: what, how much at most, how much it was, whether that is kept. */
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
