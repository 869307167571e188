import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { contactSheet, folders, scales } from './contact-sheet.ts'
import { writeApng } from './apng.ts'
import { OUT, PICTURES, pictureName, README_PICTURES } from './files.ts'
import { morning } from './morning.ts'
import { readPng, withHeight, writePng } from './png.ts'
import { serveGallery } from './serve.ts'
import { readmePictures } from './readme.ts'
import { sentence, themesOf, type Scene } from './scene.ts'
import { scenes } from './scenes/all.ts'
import { Stage } from './stage.ts'

/** The options of `npm run gallery`. */
export interface GalleryRun {
  /** Path of the Electron executable. */
  readonly executablePath: string
  /** The arguments after `npm run gallery --`. */
  readonly args: readonly string[]
  /** Builds the pages; resolves with whether it ended well. */
  readonly build: () => Promise<boolean>
  readonly say: (line: string) => void
}

const usage = `npm run gallery                every state in both themes on one page, at 100 % and 200 %
npm run gallery -- WORD …      only the states with these words
npm run gallery -- --serve     serves that page, and takes the pictures anew after each change of the pages
npm run gallery -- --update    takes the pictures anew that npm test compares with
npm run gallery -- --readme    takes the README's pictures anew`

const known = ['--update', '--readme', '--serve']

/** Takes the requested pictures and prints their place. Resolves with the exit code. */
export async function gallery({ executablePath, args, build, say }: GalleryRun): Promise<number> {
  const options = args.filter((arg) => arg.startsWith('--'))
  const words = args.filter((arg) => !arg.startsWith('--'))
  if (options.some((option) => !known.includes(option))) {
    say(usage)
    return 2
  }
  const wanted = scenes.filter((scene) => words.every((word) => sentence(scene).includes(word)))
  const stage = await Stage.open(executablePath)
  try {
    if (options.includes('--readme')) await takeForReadme(stage, say)
    if (options.includes('--update')) await takeForTests(stage, wanted, words.length === 0, say)
    if (options.length === 0) await takeAll(stage, wanted, say)
    if (options.includes('--serve')) {
      await takeAll(stage, wanted, say)
      const retake = async (): Promise<void> => {
        if (await build()) await takeAll(stage, wanted, say)
      }
      await serveGallery({ retake, say })
    }
  } finally {
    await stage.close()
  }
  return 0
}

async function takeAll(stage: Stage, wanted: readonly Scene[], say: GalleryRun['say']): Promise<void> {
  await rm(OUT, { recursive: true, force: true })
  for (const scale of scales) await mkdir(path.join(OUT, folders[scale]), { recursive: true })
  for (const scene of wanted) {
    await stage.show(scene)
    for (const theme of themesOf(scene)) {
      for (const scale of scales) {
        const file = path.join(OUT, folders[scale], pictureName(scene, theme))
        await writeFile(file, await stage.picture(theme, scale))
      }
    }
  }
  const page = path.join(OUT, 'index.html')
  await writeFile(page, contactSheet(wanted))
  say(`${wanted.length} states: ${page}`)
}

async function takeForTests(
  stage: Stage,
  wanted: readonly Scene[],
  isAll: boolean,
  say: GalleryRun['say'],
): Promise<void> {
  // Removes the pictures of scenes that no longer exist.
  if (isAll) await rm(PICTURES, { recursive: true, force: true })
  await mkdir(PICTURES, { recursive: true })
  let bytes = 0
  for (const scene of wanted) {
    await stage.show(scene)
    for (const theme of themesOf(scene)) {
      const picture = writePng(readPng(await stage.picture(theme)))
      bytes += picture.length
      await writeFile(path.join(PICTURES, pictureName(scene, theme)), picture)
    }
  }
  say(`${wanted.length} states, ${(bytes / 1e6).toFixed(1)} MB: ${PICTURES}`)
}

async function takeForReadme(stage: Stage, say: GalleryRun['say']): Promise<void> {
  await mkdir(README_PICTURES, { recursive: true })
  for (const { name, scene, theme } of readmePictures) {
    await stage.show(scene)
    const file = path.join(README_PICTURES, name)
    await writeFile(file, writePng(readPng(await stage.picture(theme, 2))))
    say(file)
  }
  await writeMorning(stage, say)
}

/** Takes the README's moving picture; a popover that is less high than the highest gets more background. */
async function writeMorning(stage: Stage, say: GalleryRun['say']): Promise<void> {
  const pictures = []
  for (const { scene } of morning) {
    await stage.show(scene)
    pictures.push(readPng(await stage.picture('light', 2)))
  }
  const height = Math.max(...pictures.map((picture) => picture.height))
  const frames = pictures.map((picture, index) => ({
    picture: withHeight(picture, height),
    ms: morning[index]?.ms ?? 0,
  }))
  const file = path.join(README_PICTURES, 'morning.png')
  const bytes = writeApng(frames)
  await writeFile(file, bytes)
  say(`${file}, ${(bytes.length / 1000).toFixed(0)} kB`)
}
