import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

// Fixes the fonts, because the machine's own fonts would change every picture.
// Uses one folder instead of all fonts with rejections, because there Electron 42 finds no font and its page
// crashes.
const config = (cache: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts/truetype/dejavu</dir>
  <selectfont>
    <rejectfont><glob>*/DejaVuSerif*</glob></rejectfont>
  </selectfont>
  <cachedir>${cache}</cachedir>
  <match target="pattern">
    <edit name="family" mode="prepend_first" binding="strong"><string>DejaVu Sans</string></edit>
  </match>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
</fontconfig>
`

export interface Fonts {
  readonly env: Readonly<Record<string, string>>
  readonly remove: () => Promise<void>
}

/** Sets up the only font of all pictures, independent of the machine's fonts. */
export async function oneFont(): Promise<Fonts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tokentray-fonts-'))
  const file = path.join(folder, 'fonts.conf')
  await writeFile(file, config(path.join(folder, 'cache')))
  return { env: { FONTCONFIG_FILE: file }, remove: () => rm(folder, { recursive: true }) }
}
