// For `node --require`: what no program can do without does not work, as with a bug of ours.
JSON.stringify = () => {
  throw new Error('made-up bug')
}
