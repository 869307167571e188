import { defineConfig } from 'eslint/config'
import importX from 'eslint-plugin-import-x'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const tests = ['**/*.test.ts', '**/*.test.tsx', 'tests/**', 'practice/**/by-hand.ts']

/** Which folder may import from which; see docs/architecture.md. Everything that is not named here is free. */
const houseRules = [
  { target: './electron/core', from: './electron', except: ['./core', './contract'] },
  { target: './electron/core', from: './practice' },
  { target: './electron/contract', from: './electron', except: ['./contract'] },
  { target: './electron/adapters', from: './electron', except: ['./core', './adapters', './contract'] },
  { target: './electron/shell', from: './electron/adapters' },
  { target: './electron/shell', from: './electron/cli' },
  { target: './electron/cli', from: './electron/shell' },
  {
    target: ['./electron/preload.ts', './electron/account-form-preload.ts'],
    from: './electron',
    except: ['./contract'],
  },
  { target: './renderer', from: './electron', except: ['./contract'] },
  { target: './renderer', from: './practice' },
  { target: './practice', from: ['./electron', './renderer'] },
  { target: ['./electron/shell', './electron/adapters', './electron/cli'], from: './renderer' },
  // Practice brokers are started by their host and by nobody else.
  { target: './electron/shell', from: './practice' },
  { target: './electron/cli', from: './practice' },
]

export default defineConfig(
  { ignores: ['dist/', 'release/', 'test-results/', 'node_modules/'] },
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
  {
    files: ['electron/**', 'renderer/**', 'practice/**'],
    ignores: tests,
    plugins: { 'import-x': importX },
    rules: { 'import-x/no-restricted-paths': ['error', { zones: houseRules }] },
  },
  {
    // The page and the domain know nothing of Electron, the domain nothing of the machine it runs on.
    files: [
      'electron/core/**',
      'electron/contract/**',
      'electron/adapters/**',
      'electron/cli/**',
      'practice/**',
    ],
    ignores: tests,
    rules: { 'no-restricted-imports': ['error', { paths: ['electron'] }] },
  },
  {
    files: ['electron/core/**', 'electron/contract/**'],
    ignores: tests,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: ['electron', 'keytar', 'tough-cookie'],
          patterns: ['node:fs*', 'node:net', 'node:http*', 'node:child_process'],
        },
      ],
      'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'setInterval', 'process'],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'Take a Clock.' }],
    },
  },
  {
    files: ['renderer/**'],
    ignores: tests,
    rules: {
      'no-restricted-imports': ['error', { paths: ['electron', 'zod', 'zod/mini'], patterns: ['node:*'] }],
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
