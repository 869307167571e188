import { pictureName } from './files.ts'
import { fileName, sentence, themesOf, type Scene } from './scene.ts'

/** The folder of each size, beside the page. */
export const folders = { 1: '100', 2: '200' } as const
export const scales = [1, 2] as const
export type Scale = (typeof scales)[number]

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const figure = (scene: Scene): string => `
  <section id="${fileName(scene)}">
    <h2>${escaped(sentence(scene))}</h2>
    <div>${themesOf(scene)
      .map((theme) => {
        const name = pictureName(scene, theme)
        const srcset = `${folders[1]}/${name} 1x, ${folders[2]}/${name} 2x`
        return `
      <a href="${folders[2]}/${name}"><img srcset="${srcset}" src="${folders[1]}/${name}" alt="${theme}"></a>`
      })
      .join('')}
    </div>
  </section>`

/** Returns a page with every picture. A click on a picture shows it at 200 %. */
export const contactSheet = (scenes: readonly Scene[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>TokenTray: every state of every page</title>
<style>
  body { font: 14px/20px system-ui, sans-serif; margin: 24px; }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(800px, 1fr)); gap: 32px; }
  h2 { font-size: 14px; margin: 0 0 8px; }
  div { display: flex; gap: 16px; align-items: flex-start; }
  img { display: block; outline: 1px solid #8888; }
</style>
<h1>${scenes.length} states, in light and in dark</h1>
<p>A click on a picture shows it at 200 %.</p>
<main>${scenes.map(figure).join('')}
</main>
`
