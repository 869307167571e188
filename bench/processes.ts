import { readdirSync, readFileSync } from 'node:fs'

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

/**
 * The processor time that a family has used so far, s. Of every thread by itself, to the nanosecond: the sums of whole
 * processes are counted in ticks of 10 ms, of which something that wakes up once a second may need none or one each
 * time (https://docs.kernel.org/scheduler/sched-stats.html).
 */
export function cpuSeconds(pid: number): number {
  const nanoseconds = familyOf(pid).flatMap((member) =>
    threadsOf(member).map((thread) => ranFor(member, thread)),
  )
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e9
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

/** How long a thread has run, ns; nothing when it is gone. */
function ranFor(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  } catch {
    return 0
  }
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
