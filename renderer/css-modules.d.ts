declare module '*.module.css' {
  /** The built class names by those in the file. */
  const css: Readonly<Record<string, string>>
  export default css
}
