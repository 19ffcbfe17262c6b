/** A gamma variate with mean = shape (Marsaglia and Tsang 2000). */
export function drawGamma(shape: number, random: () => number): number {
  if (shape < 1) return drawGamma(shape + 1, random) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** Standard normal (Box and Muller). */
export function drawNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function drawPoisson(mean: number, random: () => number): number {
  // Sums of Poisson counts are Poisson counts; exp(-mean) must not vanish.
  if (mean > 500) return drawPoisson(mean / 2, random) + drawPoisson(mean / 2, random);
  if (mean <= 0) return 0;
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

/** Negative binomial: variance = mean + mean^2 / shape. */
export function drawNegBin(mean: number, shape: number, random: () => number): number {
  return mean <= 0 ? 0 : drawPoisson((mean * drawGamma(shape, random)) / shape, random);
}
