/** A WebAssembly file as a `data:` address, which the bundler makes of it. */
declare module '*.wasm?url&inline' {
  const address: string
  export default address
}
