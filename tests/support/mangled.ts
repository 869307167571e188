import fc from 'fast-check'

/** Number of inputs for each parser; `npm run fuzz` sets it. */
export const fuzzRuns = Number(process.env['FUZZ_RUNS'] ?? 300)

/** Far more processor time than any input may take, µs; the machine's load plays no part in it. */
const SLOW_US = 5_000_000

/** Time limit for the test of one parser, ms. */
export const FUZZ_TIMEOUT_MS = 60_000 + fuzzRuns * 60

/** Pieces of text that parsers often mishandle. */
const pieces = [
  ...['"', "'", '\\', '\n', '\r\n', '=', '#', '%', '%zz', '&', '+', '<', '{', '}', '[', ']', ':', '/', ' '],
  ...[
    'null',
    'true',
    '-1',
    '0',
    '1e999',
    '99999999999999999999',
    '__proto__',
    'constructor',
    'attempts left',
  ],
  ...['\u0000', '\u0007', '\u007f', '\u0085', '\u200b', '\u2028', '\u202e', '\ufeff', '\ud800', '😀', 'é'],
]

const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 8 }))

/** Generates any text: letters, any characters, control characters and punctuation, or a repeated piece. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...pieces), maxLength: 60 }),
  fc.tuple(piece, fc.nat(3_000)).map(([text, times]) => text.repeat(times)),
)

const edit = fc.record({
  kind: fc.constantFrom('delete', 'insert', 'swap', 'repeat'),
  at: fc.nat(2_000),
  length: fc.nat(12),
  text: piece,
  times: fc.oneof(fc.nat(4), fc.nat(1_000)),
})

/**
 * Generates the examples with a few places deleted, inserted, swapped or repeated, and rarely any other text.
 */
export function mangled(...examples: readonly string[]): fc.Arbitrary<string> {
  const edited = fc
    .tuple(fc.constantFrom(...examples), fc.array(edit, { maxLength: 5 }))
    .map(([example, edits]) => edits.reduce(applied, example))
  return fc.oneof({ weight: 4, arbitrary: edited }, { weight: 1, arbitrary: anyText })
}

type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never

function applied(text: string, { kind, at, length, text: inserted, times }: Edit): string {
  const start = at % (text.length + 1)
  const end = start + length
  const [before, place, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)]
  switch (kind) {
    case 'insert':
      return before + inserted + place + after
    case 'swap':
      return after + place + before
    case 'repeat':
      return before + place.repeat(times) + after
    case 'delete':
      return before + after
  }
}

/**
 * Generates JSON of the right shape in which one value at any depth is replaced, or which is mangled as text.
 */
export function mangledJson(...examples: readonly string[]): fc.Arbitrary<string> {
  const replaced = fc
    .tuple(fc.constantFrom(...examples), fc.nat(40), fc.oneof(fc.jsonValue(), anyText))
    .map(([json, at, other]) => withOtherValue(json, at, other))
  return fc.oneof(replaced, mangled(...examples))
}

/**
 * Replaces one value of a JSON text.
 * @param at the place of the value, counted through all depths
 */
export function withOtherValue(json: string, at: number, other: unknown): string {
  let left = at
  return JSON.stringify(JSON.parse(json), (_key, value: unknown) => (left-- === 0 ? other : value))
}

/**
 * Gives `action` one input after another.
 * Each call must end in time, with a result or with an error that the parser is allowed to throw.
 */
export async function fuzz<T>(
  inputs: fc.Arbitrary<T>,
  allowed: new (...details: never[]) => Error,
  action: (input: T) => unknown,
): Promise<void> {
  const property = fc.asyncProperty(inputs, async (input) => {
    const began = process.cpuUsage()
    try {
      await action(input)
    } catch (error) {
      if (!(error instanceof allowed)) throw error
    }
    const { user, system } = process.cpuUsage(began)
    if (user + system > SLOW_US) throw new Error('took too long')
  })
  await fc.assert(property, { numRuns: fuzzRuns })
}
