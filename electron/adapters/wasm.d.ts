/** A WebAssembly file that the bundler inlines as a `data:` address. */
declare module '*.wasm?url&inline' {
  const address: string
  export default address
}
