import { createContext } from 'react'

/** True when the user has chosen times such as "6:00 am" in place of "06:00". */
export const Hour12Context = createContext(false)
