import { describe, expect, test } from 'vitest'
import { InputError } from '../../core/errors.ts'
import { windowsStart } from './batch-file.ts'

const env = {
  PATH: 'C:\\Windows;"C:\\Program Files\\nodejs";C:\\Tools\\',
  COMSPEC: 'C:\\Windows\\system32\\cmd.exe',
}

function started(file: string, args: readonly string[] = [], there: readonly string[] = []) {
  return windowsStart(file, args, env, (name) => there.includes(name))
}

/** The command line for the shell, without what is always the same. */
function line(file: string, args: readonly string[], there: readonly string[] = [file]): string | undefined {
  const start = started(file, args, there)
  expect(start).toMatchObject({ file: 'C:\\Windows\\system32\\cmd.exe', verbatim: true })
  expect(start.args.slice(0, -1)).toEqual(['/e:on', '/v:off', '/d', '/s', '/c'])
  return start.args.at(-1)
}

describe('on Windows', () => {
  test.each(['python', 'python.exe', 'C:\\Python\\python.exe', 'python3.11', 'nothing-of-that-name'])(
    '%s is started as it is',
    (file) => {
      const there = ['C:\\Tools\\python.exe', 'C:\\Python\\python.exe']
      expect(started(file, ['a b', '%PATH%'], there)).toEqual({
        file,
        args: ['a b', '%PATH%'],
        verbatim: false,
      })
    },
  )

  test('npm is found where it is and run by the shell', () => {
    const npm = 'C:\\Program Files\\nodejs\\npm.cmd'
    expect(line('npm', ['run', 'strategy'], [npm])).toBe(`""${npm}" run strategy"`)
    expect(line('npm.cmd', ['run'], [npm])).toBe(`""${npm}" run"`)
  })

  test('a program comes before a batch file in the same folder, and an earlier folder before a later one', () => {
    const there = ['C:\\Tools\\tool.exe', 'C:\\Tools\\tool.bat']
    expect(started('tool', [], there).verbatim).toBe(false)
    expect(line('tool', [], ['C:\\Windows\\tool.bat', ...there])).toBe('""C:\\Windows\\tool.bat""')
  })

  test('a batch file of the current folder is run by its path and never by its name alone', () => {
    expect(started('strategy', [], ['strategy.bat', '.\\strategy.bat']).verbatim).toBe(false)
    expect(line('.\\strategy', [], ['.\\strategy.bat'])).toBe('"".\\strategy.bat""')
    expect(line('C:\\my strategies\\Run.BAT', [])).toBe('""C:\\my strategies\\Run.BAT""')
  })

  test.each([
    ['plain-1.2', 'plain-1.2'],
    ['', '""'],
    ['two words', '"two words"'],
    ['a&calc', '"a&calc"'],
    ['^<>|()', '"^<>|()"'],
    ['"&calc&"', '"""&calc&"""'],
    ['%PATH%', '"%%cd:~,%PATH%%cd:~,%"'],
    ['C:\\folder\\', '"C:\\folder\\\\"'],
    ['say \\"hi\\"', '"say \\\\""hi\\\\"""'],
    ['!x!', '"!x!"'],
    ['₹', '"₹"'],
  ])('a batch file is given %j as %s', (argument, quoted) => {
    expect(line('C:\\a.bat', [argument])).toBe(`""C:\\a.bat" ${quoted}"`)
  })

  test.each(['two\nlines', 'two\rlines', 'nul\0'])('a batch file is not given %j', (argument) => {
    expect(() => started('C:\\a.bat', [argument], ['C:\\a.bat'])).toThrow(InputError)
  })

  test('a batch file whose name means something to the shell is not run', () => {
    expect(() => started('C:\\%x%.bat', [], ['C:\\%x%.bat'])).toThrow(InputError)
  })
})
