import { parseArgs } from 'node:util'
import { simulate, type Report } from './mornings.ts'

const { values } = parseArgs({
  options: {
    mornings: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000_000)) },
  },
})
const mornings = wholeNumber('mornings', values.mornings)
const seed = wholeNumber('seed', values.seed)

print(`Living through ${mornings} mornings, seed ${seed} …`)
const begun = performance.now()
const report = await simulate(mornings, seed)
tell(report)
print(`${((performance.now() - begun) / 1000).toFixed(1)} s`)
process.exitCode = report.violation === null ? 0 : 1

function tell({ counts, requests, violation }: Report): void {
  const { failures, ...numbers } = counts
  for (const [what, count] of Object.entries(numbers)) print(`${what.padEnd(24)}${String(count)}`)
  print(`${'requests'.padEnd(24)}${String(requests)}`)
  for (const [kind, count] of [...failures].sort(([, a], [, b]) => b - a)) {
    print(`  ended with ${kind.padEnd(22)}${String(count)}`)
  }
  if (violation === null) print('No rule was broken.')
  else print(`BROKEN on morning ${violation.morning}: ${violation.message}. Again with: --seed ${seed}`)
}

function wholeNumber(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  print(`--${option} wants a whole number, not “${text}”.`)
  process.exit(2)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
