/**
 * Numbers in [0, 1) that are the same for the same text: a hash of the text (FNV-1a) begins a linear congruential
 * generator with the constants of Numerical Recipes, whose upper bits are used.
 */
export function seededRandom(text: string): () => number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 4) / 0x10000000;
  };
}
