import type { App } from './app.ts'
import { readyCard } from './ready.ts'

/** Adds a practice account by its button, as a newcomer does, and waits until it is logged in. */
export async function tryPractice(app: App): Promise<void> {
  const popover = await app.popover()
  await popover.getByRole('button', { name: 'Try it with a practice account' }).click()
  await readyCard(popover, 'practice').waitFor()
}
