import type { Linter } from 'eslint'
import { defineConfig } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const tests = ['**/*.test.ts', '**/*.test.tsx', 'tests/**', 'practice/**/test-client.ts']

interface House {
  readonly files: string[]
  /** Folders and files of ours that these must not import, as they appear in an import's path. */
  readonly notOurs: string[]
  /** Packages that these must not import. */
  readonly notPackages?: string[]
}

const roots = ['**/main.ts', '**/cli.ts', '**/app/**', '**/services/**', '**/preload/**']
const forAdapters = ['tough-cookie', 'socks', 'zxing-wasm*']
const inAndOut = ['node:fs', 'node:fs/*', 'node:net', 'node:http', 'node:https', 'node:child_process']

/** The rooms of the domain from the ground up: none imports from a later one. */
const rooms = ['concurrency', 'time', 'totp', 'brokers', 'state', 'accounts', 'login', 'schedule', 'update']

const core: House = {
  files: ['electron/core/**'],
  notOurs: ['**/adapters/**', '**/shell/**', '**/cli/**', '**/practice/**', '**/renderer/**', ...roots],
  notPackages: ['electron', 'keytar', ...forAdapters, ...inAndOut],
}

/** Which part of the house may import from which; docs/architecture.md draws it. A path that crosses parts names them. */
const house: House[] = [
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

const restrict = ({ notOurs, notPackages = [] }: House): Linter.RuleEntry => [
  'error',
  {
    // Exact names: as a pattern, `electron` would match our own folder of that name.
    paths: notPackages.filter((name) => !name.includes('*')),
    patterns: [...notOurs, ...notPackages.filter((name) => name.includes('*'))],
  },
]

export default defineConfig(
  { ignores: ['dist/', 'release/', 'test-results/', 'gallery/out/', 'node_modules/'] },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingUnknown: true, allowThrowingAny: true },
      ],
      '@typescript-eslint/only-throw-error': [
        'error',
        { allowThrowingUnknown: true, allowThrowingAny: true },
      ],
      '@typescript-eslint/consistent-type-definitions': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.tsx'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  ...house.map((part) => ({
    files: part.files,
    ignores: tests,
    rules: { 'no-restricted-imports': restrict(part) },
  })),
  {
    // The domain knows nothing of the machine it runs on, the time of day included.
    files: ['electron/core/**', 'electron/contract/**'],
    ignores: tests,
    rules: {
      'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'setInterval', 'process'],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'Take a Clock.' }],
    },
  },
  {
    // Plain JavaScript that runs before anything is installed; its types are checked by tsc through JSDoc.
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-console': 'off' },
  },
  {
    files: tests,
    // Vitest's asymmetric matchers, such as `expect.any(Number)`, are typed as any.
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
)
