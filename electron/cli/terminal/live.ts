import type { Paint } from './paint.ts'
import { cut, rendered, type Styled } from './styled.ts'

// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html: clear the line, one line up.
export const CLEAR_LINE = '\r\u001b[2K'
const UP = '\u001b[1A'

/** The stream of a terminal, as much of it as a block of lines needs. */
export interface LiveStream {
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

/** Shows lines at the end of a terminal that are replaced in place, below whatever is printed meanwhile. */
export class LiveBlock {
  readonly #stream: LiveStream
  readonly #paint: Paint
  #lines: readonly Styled[] = []
  /** How many lines are on the screen. */
  #drawn = 0
  #isHidden = false

  constructor(stream: LiveStream, paint: Paint) {
    this.#stream = stream
    this.#paint = paint
  }

  /** Replaces the block; without lines removes it. */
  show(lines: readonly Styled[]): void {
    this.#lines = lines
    if (!this.#isHidden) this.#stream.write(this.#erased() + this.#drawing())
  }

  /** Prints above the block. */
  print(text: string, stream: LiveStream = this.#stream): void {
    const before = this.#erased()
    if (before !== '') this.#stream.write(before)
    stream.write(text)
    const after = this.#isHidden ? '' : this.#drawing()
    if (after !== '') this.#stream.write(after)
  }

  /** Removes the block from the screen until `resume`, because a prompt uses its lines. */
  pause(): void {
    this.#stream.write(this.#erased())
    this.#isHidden = true
  }

  resume(): void {
    this.#isHidden = false
    this.show(this.#lines)
  }

  #erased(): string {
    const drawn = this.#drawn
    this.#drawn = 0
    return drawn === 0 ? '' : CLEAR_LINE + `${UP}${CLEAR_LINE}`.repeat(drawn - 1)
  }

  #drawing(): string {
    const { columns = 0, rows = 0 } = this.#stream
    // A terminal without a known size reports 0. The block must never scroll, because lines above can't be reached.
    const room = Math.max(1, (rows || 24) - 2)
    const more = this.#lines.length - room
    const shown = more > 0 ? [...this.#lines.slice(0, room - 1), `  … and ${more + 1} more`] : this.#lines
    this.#drawn = shown.length
    const width = (columns || 80) - 1
    return shown.map((line) => rendered(cut(line, width), this.#paint)).join('\n')
  }
}
