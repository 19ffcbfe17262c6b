/** Larger magnitudes are drawn at the edge: beyond this, pixel arithmetic loses its meaning. */
const largestDrawn = 1e21;

/** Brings a value into the range that can be drawn. */
export function drawableValue(value: number): number {
  return Math.min(largestDrawn, Math.max(-largestDrawn, value));
}

/** Where a value lies between two ends, 0 to 1; beyond an end it stays there. */
export function shareBetween(value: number, minimum: number, maximum: number): number {
  if (value <= minimum) return 0;
  if (value >= maximum) return 1;
  // Halved first, because the range of two huge ends overflows.
  return (value / 2 - minimum / 2) / (maximum / 2 - minimum / 2);
}
