import { refuseOldNode } from './node-version.mjs'

refuseOldNode()
// Imported lazily, because an old Node could not even parse it.
void import('./start-app.mjs').then(({ main }) => main())
