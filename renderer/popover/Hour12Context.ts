import { createContext } from 'react'

/** Whether times are told as "6:00 am" in place of "06:00", as the user has chosen. */
export const Hour12Context = createContext(false)
