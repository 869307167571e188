import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts processor time in these (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html). */
const TICKS_PER_SECOND = 100

/** The fields of `/proc/PID/stat` behind the program's name, the state first; null when the process is gone. */
function statOf(pid: number): readonly string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

/** A process with all that it has started, and they in turn. */
export function familyOf(pid: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? statOf(Number(name))?.[1] : undefined
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const family = [pid]
  // Grows while it is walked through.
  for (const member of family) {
    for (const [child, parent] of parents) if (parent === member) family.push(child)
  }
  return family
}

/** The processor time that a family has used so far, s. What ends in between is missed by its parent's sum. */
export function cpuSeconds(pid: number): number {
  const ticks = familyOf(pid).map((member) => {
    const stat = statOf(member)
    return stat === null ? 0 : Number(stat[11]) + Number(stat[12])
  })
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND
}

/** What a family holds of the memory, MB; what it shares with others is counted by its share. */
export function memoryMb(pid: number): number {
  const kilobytes = familyOf(pid).map((member) => {
    try {
      const rollup = readFileSync(`/proc/${member}/smaps_rollup`, 'utf8')
      return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
    } catch {
      return 0
    }
  })
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024
}
