import { InputError } from '../../core/errors.ts'

/** How a command is handed to the system; `verbatim` when the arguments are one command line and quoted already. */
export interface Start {
  readonly file: string
  readonly args: readonly string[]
  readonly verbatim: boolean
}

type IsThere = (file: string) => boolean

/**
 * How Windows can start a command. It starts programs by itself, and looks for no other kind of file; `npm` and many a
 * strategy are batch files, which only its shell runs.
 * @throws InputError for an argument that can't be handed to a batch file
 */
export function windowsStart(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  isThere: IsThere,
): Start {
  const batch = findBatchFile(file, env, isThere)
  if (batch === null) return { file, args, verbatim: false }
  const line = `"${scriptName(batch)}"${args.map((arg) => ` ${batchArgument(arg)}`).join('')}`
  // The outer quotes are taken off by /s; /e:on and /v:off make what an argument means independent of settings.
  return {
    file: variable(env, 'ComSpec') ?? 'cmd.exe',
    args: ['/e:on', '/v:off', '/d', '/s', '/c', `"${line}"`],
    verbatim: true,
  }
}

/** The batch file that a name stands for; null when it is a program, or nothing that is there. */
function findBatchFile(file: string, env: NodeJS.ProcessEnv, isThere: IsThere): string | null {
  if (/\.(bat|cmd)$/i.test(file)) return findOnPath(file, [''], env, isThere) ?? file
  if (/\.[a-z\d]{1,4}$/i.test(file) && findOnPath(file, [''], env, isThere) !== null) return null
  const found = findOnPath(file, ['.com', '.exe', '.bat', '.cmd'], env, isThere)
  return found !== null && /\.(bat|cmd)$/.test(found) ? found : null
}

/** Not in the current folder, where a stranger's file of a known name may lie. */
function findOnPath(
  file: string,
  endings: readonly string[],
  env: NodeJS.ProcessEnv,
  isThere: IsThere,
): string | null {
  const hasFolder = /[\\/:]/.test(file)
  const folders = hasFolder
    ? ['']
    : (variable(env, 'Path') ?? '').split(';').filter((folder) => folder !== '')
  for (const folder of folders) {
    const base = hasFolder ? file : `${folder.replaceAll('"', '').replace(/[\\/]$/, '')}\\${file}`
    const found = endings.map((ending) => base + ending).find(isThere)
    if (found !== undefined) return found
  }
  return null
}

/** The names of Windows' variables are the same in capitals and small letters. */
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
 * An argument as `cmd.exe` hands it to a batch file unchanged. Quoted unless it is surely harmless; a quote is doubled;
 * `%cd:~,%` is a piece of a variable that is empty, and keeps the percent sign behind it from beginning a name. What
 * becomes of it within the batch file is that file's affair.
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
