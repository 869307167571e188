import { refuseOldNode } from './node-version.mjs'

refuseOldNode()
// Imported lazily, because an old Node could not even parse it.
void import('./dev-app.mjs').then(({ main }) => main())
