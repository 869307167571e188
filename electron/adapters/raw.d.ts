/** A script's text, which the bundler makes of it. */
declare module '*.js?raw' {
  const text: string
  export default text
}
