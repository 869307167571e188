/** Written in by the build (`vite.config.ts`): true only in what `npm run dev` builds. */
declare const IS_DEV_BUILD: boolean
