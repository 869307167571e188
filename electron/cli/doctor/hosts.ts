import type { HostCheck } from '../../services/hosts.ts'

export function hostLine({ host, proxy, ms, family, problem }: HostCheck): string {
  const way = proxy === null ? '' : ` through ${proxy}`
  if (problem !== null) return `${host}${way}: not reached. ${problem.message} ${problem.next}`
  return `${host}${way}: reached in ${ms ?? 0} ms${family === null ? '' : ` over IPv${family}`}`
}
