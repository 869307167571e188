import { refuseOldNode } from './node-version.mjs'

refuseOldNode()
// Loaded only now: an old Node could not even read it.
import('./start-app.mjs').then(({ main }) => main())
