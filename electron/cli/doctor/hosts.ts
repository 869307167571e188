import type { HostCheck } from '../../services/hosts.ts'
import type { Line } from './line.ts'

/** Returns the line about a host, below its account's. */
export function hostLine({ host, proxy, ms, family, problem }: HostCheck): Line {
  const way = proxy === null ? '' : ` through ${proxy}`
  const found =
    problem === null
      ? `reached in ${ms ?? 0} ms${family === null ? '' : ` over IPv${family}`}`
      : `not reached. ${problem.message} ${problem.next}`
  return { text: `  ${host}${way}: ${found}`, isWell: problem === null }
}
