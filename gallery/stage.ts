import path from 'node:path'
import { _electron, type CDPSession, type ElectronApplication, type Page } from 'playwright-core'
import { axeScript } from './accessibility.ts'
import { oneFont, type Fonts } from './fonts.ts'
import { NOW } from './made-up.ts'
import { hideCaret, standInForPreload, whenPainted } from './page-side.ts'
import { globals, windowSizes, type Scene, type Theme } from './scene.ts'

const SANDBOX_OFF = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const MAIN = path.join(import.meta.dirname, 'stage-main.mjs')
/** Height limit of a picture, px; longer pages are scrolled. */
const MAX_HEIGHT = 2400
/** Most pictures that are taken until two in a row are equal. */
const MAX_TRIES = 20
/** Time limit for a page to show something, ms. */
const PATIENCE_MS = 60_000

/** Shows the built pages in Electron's own Chromium, with a made-up bridge and a clock that stands still. */
export class Stage {
  readonly page: Page
  readonly #electron: ElectronApplication
  readonly #devtools: CDPSession
  readonly #fonts: Fonts
  #scene: Scene | null = null
  /** How much the user has enlarged the page. */
  #zoom = 1
  /** The page's bridge calls since the scene began. */
  readonly calls: { readonly method: string; readonly args: readonly unknown[] }[] = []

  private constructor(electron: ElectronApplication, page: Page, devtools: CDPSession, fonts: Fonts) {
    this.#electron = electron
    this.page = page
    this.#devtools = devtools
    this.#fonts = fonts
  }

  /**
   * Starts Electron with fonts and a time zone that are the same on every machine.
   * @param executablePath of Electron
   */
  static async open(executablePath: string): Promise<Stage> {
    const fonts = await oneFont()
    const known = Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    const env = { ...Object.fromEntries(known), ...fonts.env, TZ: 'Asia/Kolkata', LANG: 'en_GB.UTF-8' }
    const electron = await _electron.launch({
      executablePath,
      args: [...SANDBOX_OFF, '--disable-gpu', MAIN],
      env,
      timeout: PATIENCE_MS,
    })
    const page = await electron.firstWindow()
    page.setDefaultTimeout(PATIENCE_MS)
    const context = electron.context()
    const devtools = await context.newCDPSession(page)
    // A scroll bar would make the page narrower, and so higher.
    await devtools.send('Emulation.setScrollbarsHidden', { hidden: true })
    const stage = new Stage(electron, page, devtools, fonts)
    await context.exposeFunction('callBridge', (method: string, args: unknown[]) =>
      stage.#answer(method, args),
    )
    await context.addInitScript(standInForPreload, globals)
    await context.addInitScript(hideCaret)
    await context.addInitScript({ content: axeScript })
    await page.clock.setFixedTime(NOW)
    return stage
  }

  /** Reloads the scene's page, performs the scene's actions and gives the window the page's height. */
  async show(scene: Scene): Promise<void> {
    this.#scene = scene
    this.calls.length = 0
    await this.page.mouse.move(0, 0)
    this.#zoom = scene.seen === 'large' ? 2 : 1
    const width = windowSizes[scene.page].width / this.#zoom
    await this.#resize(width, windowSizes[scene.page].height / this.#zoom, 1)
    const forcedColors = scene.seen === 'forced' ? 'active' : 'none'
    await this.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce', forcedColors })
    await this.page.goto(`tokentray://app/${scene.page}.html`)
    await this.page.locator('#root > *').first().waitFor()
    await scene.act(this.page)
    await this.page.mouse.move(0, 0)
    await this.#resize(width, await this.#restingHeight(scene), 1)
  }

  /**
   * Takes a picture, once the drawing has ended.
   * @param isFinal tells of a picture that the drawing has ended, without another one to compare it with
   */
  async picture(
    theme: Theme,
    scale = 1,
    isFinal: (picture: Buffer) => boolean = () => false,
  ): Promise<Buffer> {
    await this.dress(theme)
    const size = await this.page.evaluate(() => ({ width: innerWidth, height: innerHeight }))
    await this.#resize(size.width, size.height, scale * this.#zoom)
    await this.page.evaluate(whenPainted)
    const picture = await this.#steadyPicture(isFinal)
    if (scale * this.#zoom !== 1) await this.#resize(size.width, size.height, 1)
    return picture
  }

  /** Takes pictures until one is final or two in a row are equal, because only then has the drawing ended. */
  async #steadyPicture(isFinal: (picture: Buffer) => boolean): Promise<Buffer> {
    let last = await this.#take()
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      if (isFinal(last)) return last
      const next = await this.#take()
      if (next.equals(last)) return next
      last = next
    }
    throw new Error('The page does not come to rest.')
  }

  /** Takes one picture. Playwright would ignore the scale, and takes twice as long. */
  async #take(): Promise<Buffer> {
    const { data } = await this.#devtools.send('Page.captureScreenshot', {
      format: 'png',
      optimizeForSpeed: true,
    })
    return Buffer.from(data, 'base64')
  }

  async dress(theme: Theme): Promise<void> {
    await this.page.emulateMedia({ colorScheme: theme })
  }

  async close(): Promise<void> {
    await this.#electron.close()
    await this.#fonts.remove()
  }

  #answer(method: string, args: readonly unknown[]): unknown {
    this.calls.push({ method, args })
    const bridge: object | undefined = this.#scene?.bridge
    const found: unknown = bridge && Reflect.get(bridge, method)
    if (typeof found !== 'function') throw new Error(`The made-up bridge has no ${method}.`)
    return Reflect.apply(found, bridge, args)
  }

  /** Returns the page's height once it is the same twice: a busy computer may still be laying it out. */
  async #restingHeight(scene: Scene): Promise<number> {
    for (let last: number | null = null; ;) {
      await this.page.evaluate(whenPainted)
      const height = await this.#heightOf(scene)
      if (height === last) return height
      last = height
    }
  }

  /** Returns the height that the page asks for, or its full height. */
  async #heightOf(scene: Scene): Promise<number> {
    const height = windowSizes[scene.page].height / this.#zoom
    // The page of the scene before may still have asked while this one, which never asks, was on its way.
    const isAsked = scene.page === 'popover' || scene.page === 'sign-in'
    const asked = isAsked ? this.calls.findLast(({ method }) => method === 'fit')?.args[0] : undefined
    const wished: unknown = typeof asked === 'object' && asked !== null && Reflect.get(asked, 'height')
    if (typeof wished === 'number') return Math.min(MAX_HEIGHT, Math.ceil(wished))
    const whole = await this.page.evaluate(() => document.documentElement.scrollHeight)
    return Math.min(MAX_HEIGHT, Math.max(height, whole))
  }

  async #resize(width: number, height: number, deviceScaleFactor: number): Promise<void> {
    const metrics = { width, height, deviceScaleFactor, mobile: false }
    await this.#devtools.send('Emulation.setDeviceMetricsOverride', metrics)
    // The machine's own pointer would hover over the element under it.
    await this.page.mouse.move(0, 0)
  }
}
