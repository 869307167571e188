import react from '@vitejs/plugin-react'
import { chmod, rm } from 'node:fs/promises'
import path from 'node:path'
import { defineConfig, type EnvironmentOptions } from 'vite'

const from = (file: string): string => path.resolve(import.meta.dirname, file)

/** Code that runs in Node or in Electron's main process. Everything but what is native comes into the bundle. */
const node = (
  input: Record<string, string>,
  format: 'es' | 'cjs',
  extension: string,
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
      },
    },
  },
})

export default defineConfig({
  root: from('renderer'),
  base: './',
  publicDir: false,
  plugins: [react()],
  builder: {
    buildApp: async (builder) => {
      await rm(from('dist'), { recursive: true, force: true })
      for (const environment of Object.values(builder.environments)) await builder.build(environment)
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
        modulePreload: { polyfill: false },
        rolldownOptions: { input: [from('renderer/popover.html'), from('renderer/account-form.html')] },
      },
    },
    main: node({ main: from('electron/main.ts'), cli: from('electron/cli.ts') }, 'es', 'js'),
    // One environment each: a sandboxed preload has to be a single file, and two in one build would share a chunk.
    preload: node({ preload: from('electron/preload.ts') }, 'cjs', 'cjs'),
    formPreload: node({ 'account-form-preload': from('electron/account-form-preload.ts') }, 'cjs', 'cjs'),
  },
})
