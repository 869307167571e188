import { readdirSync, readFileSync } from 'node:fs'

/**
 * Returns the fields of `/proc/PID/stat` after the program's name, the state first; null for an ended process.
 */
function statOf(pid: number): readonly string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

/** Returns a process with all its descendants. */
export function familyOf(pid: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? statOf(Number(name))?.[1] : undefined
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const family = [pid]
  // The list grows during the loop.
  for (const member of family) {
    for (const [child, parent] of parents) if (parent === member) family.push(child)
  }
  return family
}

/**
 * Returns the processor time that a process tree has used so far, s.
 * Adds up the threads' times in ns. The sums of processes count in ticks of 10 ms, too coarse for a program
 * that wakes up once a second (https://docs.kernel.org/scheduler/sched-stats.html).
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

/** Returns the run time of a thread, ns; 0 for an ended thread. */
function ranFor(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  } catch {
    return 0
  }
}

/** Returns the memory of a process tree, MB. Shared memory counts by each process's share. */
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
