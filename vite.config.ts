import react from '@vitejs/plugin-react'
import { chmod, rm } from 'node:fs/promises'
import path from 'node:path'
import { defineConfig, type EnvironmentOptions } from 'vite'
import { accountFormContract } from './electron/contract/account-form.ts'
import { namesOf, type Contract } from './electron/contract/contract.ts'
import { popoverContract } from './electron/contract/popover.ts'
import { signInContract } from './electron/contract/sign-in.ts'
import { settingsContract } from './electron/contract/settings.ts'
import { bundledPackages } from './scripts/bundled-packages.mjs'
import { pageSizes } from './scripts/page-sizes.mjs'
import { quickStart } from './scripts/quick-start.mjs'

/** The mode that `npm run dev` builds in. */
const DEV_MODE = 'development'

const from = (file: string): string => path.resolve(import.meta.dirname, file)

/**
 * Code that runs in Node or in Electron's main process. Everything but what is native comes into the bundle.
 * @param together groups of modules that go into a chunk each, with all that they import and no earlier chunk has
 */
const node = (
  input: Record<string, string>,
  format: 'es' | 'cjs',
  extension: string,
  together: readonly (readonly string[])[] = [],
): EnvironmentOptions => ({
  consumer: 'server',
  resolve: { noExternal: true, external: ['electron', 'keytar'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: from('dist'),
    emptyOutDir: false,
    minify: true,
    rolldownOptions: {
      input,
      output: {
        format,
        entryFileNames: `[name].${extension}`,
        chunkFileNames: `chunks/[name]-[hash].${extension}`,
        ...(together.length > 0 && {
          codeSplitting: {
            groups: together.map((modules, index) => ({
              name: `together-${String(index)}`,
              test: (id: string) => modules.includes(id),
              priority: together.length - index,
            })),
          },
        }),
      },
    },
  },
})

/**
 * A page's preload script, in an environment of its own: a sandboxed one has to be a single file, and several in one
 * build would share a chunk. It can't load the contract, so that the contract's names are written into it.
 */
const preload = (input: Record<string, string>, contract: Contract): EnvironmentOptions => ({
  ...node(input, 'cjs', 'cjs'),
  define: { CONTRACT_NAMES: JSON.stringify(namesOf(contract)) },
})

const packages = bundledPackages()

export default defineConfig(({ mode }) => ({
  root: from('renderer'),
  base: './',
  publicDir: false,
  define: { IS_DEV_BUILD: String(mode === DEV_MODE) },
  // Names count in every page's budget. Readable ones are for who changes the pages.
  css: { modules: { ...(mode !== DEV_MODE && { generateScopedName: '[hash:base64:5]' }) } },
  plugins: [react(), pageSizes(), quickStart(), packages.plugin],
  builder: {
    buildApp: async (builder) => {
      await rm(from('dist'), { recursive: true, force: true })
      for (const environment of Object.values(builder.environments)) await builder.build(environment)
      await packages.write(from('dist/licenses.md'))
      await chmod(from('dist/cli.js'), 0o755)
    },
  },
  environments: {
    client: {
      build: {
        target: 'chrome130',
        outDir: from('dist/renderer'),
        emptyOutDir: false,
        // The pages' content security policy allows no data: addresses.
        assetsInlineLimit: 0,
        // Lets a page ask for all its files at once; Chromium needs no help with that.
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: [
            from('renderer/popover.html'),
            from('renderer/account-form.html'),
            from('renderer/settings.html'),
            from('renderer/sign-in.html'),
          ],
          output: {
            codeSplitting: {
              groups: [
                { name: 'packages', test: /node_modules/ },
                { name: 'shared', test: /renderer\/shared\/|electron\/contract\//, minShareCount: 2 },
              ],
            },
          },
        },
      },
    },
    // The icon first, and the app behind it in one file, for the same reason as the command line's below.
    main: node({ main: from('electron/main.ts') }, 'es', 'js', [
      [
        from('electron/app/prepare.ts'),
        from('electron/shell/start-mode.ts'),
        from('electron/shell/tray/tray-picture.ts'),
      ],
      [from('electron/app/start-app.ts')],
    ]),
    // A process of its own, in one file.
    qrReader: node({ 'qr-reader': from('electron/adapters/qr-reader.ts') }, 'es', 'js'),
    // Apart from the app; what scripts call most in one file, and what a login needs beside it in another: every
    // file more is a millisecond at each start.
    cli: node({ cli: from('electron/cli.ts') }, 'es', 'js', [
      [
        from('electron/services/services.ts'),
        from('electron/adapters/timed-keytar.ts'),
        from('electron/cli/token/status.ts'),
        from('electron/cli/token/token.ts'),
      ],
      [
        from('electron/cli/login/login.ts'),
        from('electron/services/try-keychain.ts'),
        from('electron/adapters/routed-fetch.ts'),
        from('electron/core/brokers/kit/json-api.ts'),
        from('electron/core/brokers/kit/refusals.ts'),
      ],
      [from('electron/core/totp/generate.ts')],
    ]),
    preload: preload({ preload: from('electron/preload/popover.ts') }, popoverContract),
    settingsPreload: preload({ 'settings-preload': from('electron/preload/settings.ts') }, settingsContract),
    signInPreload: preload({ 'sign-in-preload': from('electron/preload/sign-in.ts') }, signInContract),
    formPreload: preload(
      { 'account-form-preload': from('electron/preload/account-form.ts') },
      accountFormContract,
    ),
  },
}))
