/** Seeded random numbers: the same seed gives the same world on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [low, high], both included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Items with their weights; weights need not add up to one. */
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  /** Mean 0, deviation 1. */
  normal(): number;
  /** exp(normal) around a median; `spread` is the deviation of the logarithm. */
  logNormal(median: number, spread: number): number;
  /** Counts with more variance than Poisson: variance = mean + mean² / shape. */
  negativeBinomial(mean: number, shape: number): number;
  /** An independent stream for one part, so that a change in one part leaves the others as they were. */
  fork(name: string): Random;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    // A Weyl sequence through two multiply-xorshift rounds; 32 bits are plenty for a made-up world.
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick,
    weighted: (items) => {
      let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        rest -= weight;
        if (rest < 0) return item;
      }
      return pick(items)[0];
    },
    normal,
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
    negativeBinomial: (mean, shape) => poisson(mean <= 0 ? 0 : mean * (gamma(shape) / shape)),
    fork: (name) => createRandom(Math.imul(seed ^ hash(name), 0x85ebca6b)),
  };

  function poisson(mean: number): number {
    const floor = Math.exp(-mean);
    let product = next();
    let count = 0;
    while (product > floor) {
      count += 1;
      product *= next();
    }
    return count;
  }

  /** Marsaglia and Tsang's squeeze for shape >= 1, scale 1. */
  function gamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
