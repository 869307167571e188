import { InputError } from '../../core/errors.ts'

/** A command for `spawn`; `verbatim` when the arguments are one command line that is quoted already. */
export interface Start {
  readonly file: string
  readonly args: readonly string[]
  readonly verbatim: boolean
}

type FileExists = (file: string) => boolean

/**
 * Returns how to start a command on Windows. Batch files, such as `npm`, need its shell, because Windows itself finds
 * and starts only programs.
 * @throws InputError for an argument that can't be passed to a batch file
 */
export function windowsStart(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  exists: FileExists,
): Start {
  const batch = findBatchFile(file, env, exists)
  if (batch === null) return { file, args, verbatim: false }
  const line = `"${scriptName(batch)}"${args.map((arg) => ` ${batchArgument(arg)}`).join('')}`
  // /s removes the outer quotes; /e:on and /v:off make the meaning of arguments independent of settings.
  return {
    file: variable(env, 'ComSpec') ?? 'cmd.exe',
    args: ['/e:on', '/v:off', '/d', '/s', '/c', `"${line}"`],
    verbatim: true,
  }
}

/** Finds the batch file that a name means; null when it means a program, or no file. */
function findBatchFile(file: string, env: NodeJS.ProcessEnv, exists: FileExists): string | null {
  if (/\.(bat|cmd)$/i.test(file)) return findOnPath(file, [''], env, exists) ?? file
  if (/\.[a-z\d]{1,4}$/i.test(file) && findOnPath(file, [''], env, exists) !== null) return null
  const found = findOnPath(file, ['.com', '.exe', '.bat', '.cmd'], env, exists)
  return found !== null && /\.(bat|cmd)$/.test(found) ? found : null
}

/** Searches the path and not the current folder, where a foreign file of a known name may lie. */
function findOnPath(
  file: string,
  endings: readonly string[],
  env: NodeJS.ProcessEnv,
  exists: FileExists,
): string | null {
  const hasFolder = /[\\/:]/.test(file)
  const folders = hasFolder
    ? ['']
    : (variable(env, 'Path') ?? '').split(';').filter((folder) => folder !== '')
  for (const folder of folders) {
    const base = hasFolder ? file : `${folder.replaceAll('"', '').replace(/[\\/]$/, '')}\\${file}`
    const found = endings.map((ending) => base + ending).find(exists)
    if (found !== undefined) return found
  }
  return null
}

/** Reads a variable of Windows, whose names are case-insensitive. */
function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const entry = Object.entries(env).find(([key]) => key.toLowerCase() === name.toLowerCase())
  return entry?.[1]
}

function scriptName(file: string): string {
  if (!/[%"\r\n]/.test(file)) return file
  throw new InputError({
    COMMAND: `can’t be the batch file ${JSON.stringify(file)}, whose name means something else to Windows’ shell`,
  })
}

/**
 * Quotes an argument so that `cmd.exe` passes it to a batch file unchanged. Quotes it unless it is surely harmless, and
 * doubles a quote. `%cd:~,%` expands to nothing, and keeps the percent sign before it from beginning a name. The batch
 * file itself may still change it.
 * (https://flatt.tech/research/posts/batbadbut-you-cant-securely-execute-commands-on-windows/ and the way in which
 * Rust's standard library does it.)
 */
function batchArgument(argument: string): string {
  if (/[\0\r\n]/.test(argument)) {
    throw new InputError({ COMMAND: 'has an argument of several lines, which no batch file can be given' })
  }
  const escaped = argument.replaceAll(/(\\*)"/g, '$1$1""').replaceAll('%', '%%cd:~,%')
  const isPlain = argument !== '' && !argument.endsWith('\\') && /^[\w#$*+\-./:?@\\]*$/.test(argument)
  return isPlain ? escaped : `"${escaped.replace(/\\+$/, '$&$&')}"`
}
