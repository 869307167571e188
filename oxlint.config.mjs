import { defineConfig } from 'oxlint'

const tests = ['**/*.test.ts', '**/*.test.tsx', 'tests/**', 'practice/**/test-client.ts']

/**
 * Says which part of the house may import from which. `notOurs` are folders and files of ours that `files` must not
 * import, as they appear in an import's path; `notPackages` are packages.
 * @typedef {{ files: string[], notOurs: string[], notPackages?: string[] }} House
 */

const roots = ['**/main.ts', '**/cli.ts', '**/app/**', '**/services/**', '**/preload/**']
const forAdapters = ['tough-cookie', 'socks', 'zxing-wasm*']
const inAndOut = ['node:fs', 'node:fs/*', 'node:net', 'node:http', 'node:https', 'node:child_process']

/** The rooms of the domain from the ground up: none imports from a later one. */
const rooms = ['concurrency', 'time', 'totp', 'brokers', 'state', 'accounts', 'login', 'schedule', 'update']

/** @type {House} */
const core = {
  files: ['electron/core/**'],
  notOurs: ['**/adapters/**', '**/shell/**', '**/cli/**', '**/practice/**', '**/renderer/**', ...roots],
  notPackages: ['electron', 'keytar', ...forAdapters, ...inAndOut],
}

/**
 * The arrows that docs/architecture.md draws. A path that crosses parts names them.
 * @type {House[]}
 */
const house = [
  // The files beside the rooms are ports, errors and values, and stand below them all.
  { ...core, notOurs: [...core.notOurs, ...rooms.map((room) => `./${room}/**`)] },
  ...rooms.map((room, index) => ({
    ...core,
    files: [`electron/core/${room}/**`],
    notOurs: [...core.notOurs, ...rooms.slice(index + 1).map((later) => `**/${later}/**`)],
  })),
  {
    files: ['electron/contract/**'],
    // But for `Secret`: what a page sends in is wrapped where it is checked.
    notOurs: [
      '**/core/**',
      '!**/core/secret.ts',
      '**/adapters/**',
      '**/shell/**',
      '**/cli/**',
      '**/practice/**',
      ...roots,
    ],
    notPackages: ['electron', 'node:*'],
  },
  {
    files: ['electron/adapters/**'],
    notOurs: ['**/shell/**', '**/cli/**', '**/practice/**', '**/renderer/**', ...roots],
    notPackages: ['electron'],
  },
  {
    files: ['electron/shell/**'],
    notOurs: [
      '**/adapters/**',
      '**/app/**',
      '**/cli/**',
      '**/practice/**',
      '**/renderer/**',
      '**/main.ts',
      '**/preload/**',
    ],
    notPackages: ['keytar', ...forAdapters],
  },
  {
    // What it needs of the machine is opened by services/, which the app shares.
    files: ['electron/cli/**', 'electron/cli.ts'],
    notOurs: [
      '**/adapters/**',
      '**/app/**',
      '**/shell/**',
      '**/practice/**',
      // The commands about them.
      '!./practice/**',
      '**/renderer/**',
      '**/main.ts',
      '**/preload/**',
    ],
    notPackages: ['electron', 'keytar', ...forAdapters],
  },
  {
    // Both doors share it, so that neither Electron nor a terminal is needed for it.
    files: ['electron/services/**'],
    notOurs: [
      '**/app/**',
      '**/shell/**',
      '**/cli/**',
      '**/renderer/**',
      '**/main.ts',
      '**/cli.ts',
      '**/preload/**',
    ],
    notPackages: ['electron', 'keytar', ...forAdapters],
  },
  {
    files: ['electron/app/**', 'electron/main.ts'],
    notOurs: ['**/cli/**', '**/practice/**', '**/renderer/**', '**/cli.ts', '**/preload/**'],
    notPackages: ['keytar', ...forAdapters],
  },
  {
    files: ['electron/preload/**'],
    notOurs: ['**/core/**', '**/adapters/**', '**/shell/**', '**/cli/**', '**/practice/**', ...roots],
    notPackages: ['zod', 'zod/*', 'node:*'],
  },
  {
    files: ['renderer/**'],
    notOurs: ['**/core/**', '**/adapters/**', '**/shell/**', '**/cli/**', '**/practice/**', ...roots],
    notPackages: ['electron', 'zod', 'zod/*', 'node:*'],
  },
  {
    // The pages as they are built, never their sources.
    files: ['gallery/**'],
    notOurs: ['**/adapters/**', '**/cli/**', '**/practice/**', '**/renderer/**', ...roots],
    notPackages: ['keytar', ...forAdapters],
  },
  { files: ['practice/**'], notOurs: ['**/electron/**', '**/renderer/**'], notPackages: ['electron'] },
]

/** @param {House} part */
const restrict = ({ notOurs, notPackages = [] }) =>
  /** @type {const} */ ([
    'error',
    {
      // Exact names: as a pattern, `electron` would match our own folder of that name.
      paths: notPackages.filter((name) => !name.includes('*')),
      patterns: [...notOurs, ...notPackages.filter((name) => name.includes('*'))],
    },
  ])

/** Rules that the type checker answers: `strict-type-checked` and `stylistic-type-checked` of typescript-eslint. */
const byTypes = [
  'await-thenable',
  'dot-notation',
  'no-array-delete',
  'no-base-to-string',
  'no-deprecated',
  'no-duplicate-type-constituents',
  'no-floating-promises',
  'no-for-in-array',
  'no-implied-eval',
  'no-meaningless-void-operator',
  'no-misused-promises',
  'no-misused-spread',
  'no-mixed-enums',
  'no-redundant-type-constituents',
  'no-unnecessary-boolean-literal-compare',
  'no-unnecessary-condition',
  'no-unnecessary-template-expression',
  'no-unnecessary-type-arguments',
  'no-unnecessary-type-assertion',
  'no-unnecessary-type-conversion',
  'no-unnecessary-type-parameters',
  'no-unsafe-argument',
  'no-unsafe-assignment',
  'no-unsafe-call',
  'no-unsafe-enum-comparison',
  'no-unsafe-member-access',
  'no-unsafe-return',
  'no-unsafe-unary-minus',
  'no-useless-default-assignment',
  'non-nullable-type-assertion-style',
  'prefer-find',
  'prefer-includes',
  'prefer-nullish-coalescing',
  'prefer-optional-chain',
  'prefer-reduce-type-parameter',
  'prefer-regexp-exec',
  'prefer-return-this-type',
  'prefer-string-starts-ends-with',
  'related-getter-setter-pairs',
  'require-await',
  'restrict-plus-operands',
  'switch-exhaustiveness-check',
  'unbound-method',
  'use-unknown-in-catch-callback-variable',
]

/** The rest of typescript-eslint's `strict` and `stylistic`. */
const bySyntax = [
  'adjacent-overload-signatures',
  'array-type',
  'ban-ts-comment',
  'ban-tslint-comment',
  'class-literal-property-style',
  'consistent-generic-constructors',
  'consistent-indexed-object-style',
  'no-confusing-non-null-assertion',
  'no-duplicate-enum-values',
  'no-dynamic-delete',
  'no-empty-object-type',
  'no-explicit-any',
  'no-extra-non-null-assertion',
  'no-extraneous-class',
  'no-inferrable-types',
  'no-invalid-void-type',
  'no-misused-new',
  'no-namespace',
  'no-non-null-asserted-nullish-coalescing',
  'no-non-null-asserted-optional-chain',
  'no-non-null-assertion',
  'no-this-alias',
  'no-unnecessary-type-constraint',
  'no-unsafe-declaration-merging',
  'no-unsafe-function-type',
  'no-wrapper-object-types',
  'prefer-as-const',
  'prefer-for-of',
  'prefer-function-type',
  'prefer-literal-enum-member',
  'prefer-namespace-keyword',
  'triple-slash-reference',
  'unified-signatures',
]

/** What eslint-plugin-react-hooks recommends with the latest React. */
const ofReact = [
  'error-boundaries',
  'exhaustive-deps',
  'globals',
  'immutability',
  'incompatible-library',
  'preserve-manual-memoization',
  'purity',
  'refs',
  'rules-of-hooks',
  'set-state-in-effect',
  'set-state-in-render',
  'static-components',
  'unsupported-syntax',
  'use-memo',
  'void-use-memo',
]

/**
 * Makes errors of a plugin's rules.
 * @param {string} plugin
 * @param {readonly string[]} names
 */
const errors = (plugin, names) =>
  Object.fromEntries(names.map((name) => [`${plugin}/${name}`, /** @type {const} */ ('error')]))

export default defineConfig({
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  plugins: ['typescript', 'react', 'import', 'oxc'],
  categories: { correctness: 'error' },
  env: { builtin: true },
  ignorePatterns: ['dist/', 'release/', 'test-results/', 'gallery/out/'],
  rules: {
    ...errors('typescript', bySyntax),
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    // Circles of imports, of types too.
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    'no-array-constructor': 'error',
    // Secrets and hostile text are searched for such characters.
    'no-control-regex': 'off',
    'no-empty-function': 'error',
    // Vitest's fixtures begin with `{}` where they use no other.
    'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
    'no-unused-expressions': 'error',
    'no-unused-vars': 'error',
    'no-useless-constructor': 'error',
    'typescript/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
  },
  overrides: [
    {
      // In plain JavaScript, which runs before anything is installed, types come from JSDoc and tsc checks them.
      files: ['**/*.ts', '**/*.tsx'],
      rules: {
        ...errors('typescript', byTypes),
        'no-console': 'error',
        'typescript/no-require-imports': 'error',
        'typescript/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
        'typescript/only-throw-error': ['error', { allowThrowingUnknown: true, allowThrowingAny: true }],
        'typescript/prefer-promise-reject-errors': [
          'error',
          { allowThrowingUnknown: true, allowThrowingAny: true },
        ],
        'typescript/restrict-template-expressions': ['error', { allowNumber: true }],
        'typescript/return-await': ['error', 'error-handling-correctness-only'],
      },
    },
    { files: ['**/*.tsx'], rules: errors('react', ofReact) },
    ...house.map((part) => ({
      files: part.files,
      excludeFiles: tests,
      rules: { 'no-restricted-imports': restrict(part) },
    })),
    {
      // The domain knows nothing of the machine it runs on, the time of day included.
      files: ['electron/core/**', 'electron/contract/**'],
      excludeFiles: tests,
      rules: {
        'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'setInterval', 'process'],
        'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'Take a Clock.' }],
      },
    },
    {
      // Vitest's asymmetric matchers, such as `expect.any(Number)`, are typed as any.
      files: tests,
      rules: { 'typescript/no-unsafe-assignment': 'off' },
    },
  ],
})
