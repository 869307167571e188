// For `node --require`: breaks a function that every program needs, as a bug of ours would.
JSON.stringify = () => {
  throw new Error('made-up bug')
}
