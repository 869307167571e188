import { z } from 'zod'
import { variant } from './variant.ts'

/** An item of a tray menu, as a panel shows it. */
export interface MenuItem {
  readonly id: number
  /** Empty for a separator. */
  readonly label: string
  readonly enabled: boolean
  readonly children: MenuItem[]
}

const Properties = z.array(z.tuple([z.string(), variant(z.unknown())])).transform((pairs) => new Map(pairs))

/**
 * Parses a menu item as sent over the bus: its number, properties and children. Missing properties have defaults.
 */
export const MenuLayout: z.ZodType<MenuItem> = z.lazy(() =>
  z.tuple([z.number(), Properties, z.array(variant(MenuLayout))]).transform(([id, properties, children]) => ({
    id,
    // An underscore marks the access key.
    label: z.string().default('').parse(properties.get('label')).replaceAll('_', ''),
    enabled: properties.get('enabled') !== false,
    children,
  })),
)
