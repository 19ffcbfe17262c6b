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

/** @param seed 32 bits of it count */
export function createRandom(seed: number): Random {
  return randomOf(seed >>> 0, 0x9e3779b9);
}

/** A stream is told apart by 64 bits, so that the forks of a hundred thousand parts never share one. */
function randomOf(high: number, low: number): Random {
  const next = uniform(high, low);
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
    fork: (name) => randomOf(hash(name, high), hash(name, low ^ 0x5bd1e995)),
  };

  /** By multiplying uniforms; a large mean is cut into pieces, because e^-mean leaves the range of a number at 745. */
  function poisson(mean: number): number {
    let count = 0;
    for (let rest = mean; rest > 0; rest -= POISSON_PIECE)
      count += smallPoisson(Math.min(rest, POISSON_PIECE));
    return count;
  }

  function smallPoisson(mean: number): number {
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

const POISSON_PIECE = 50;

/** Doty-Humphrey's sfc32: three words of chaotic state and a counter, which keeps the shortest cycle above 2^32. */
function uniform(high: number, low: number): () => number {
  let a = high | 0;
  let b = low | 0;
  let c = 0x2545f491;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

/** FNV-1a over the characters, then a finaliser that spreads every bit. */
function hash(text: string, start: number): number {
  let value = 0x811c9dc5 ^ start;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
