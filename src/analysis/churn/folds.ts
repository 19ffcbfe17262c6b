/** Seeded numbers in [0, 1): the same seed gives the same folds on every machine (mulberry32's mixing). */
export function seededDraw(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Deals rows out to folds so that each has its share of those who left, and all rows of a group (a customer) are in one
 * fold; a group counts as having left when any of its rows has.
 *
 * @param groups one per row; default every row by itself
 * @returns the fold of each row, 0 to `folds - 1`
 */
export function stratifiedFolds(
  labels: readonly (0 | 1)[],
  folds: number,
  seed: number,
  groups?: readonly string[],
): readonly number[] {
  const groupOf = (row: number) => groups?.[row] ?? String(row);
  const labelOfGroup = new Map<string, 0 | 1>();
  for (const [row, label] of labels.entries()) {
    const group = groupOf(row);
    if (label === 1 || !labelOfGroup.has(group)) labelOfGroup.set(group, label);
  }
  const draw = seededDraw(seed);
  const foldOfGroup = new Map<string, number>();
  for (const wanted of [1, 0] as const) {
    const names = [...labelOfGroup].flatMap(([name, label]) => (label === wanted ? [name] : []));
    for (const [place, name] of shuffled(names, draw).entries()) foldOfGroup.set(name, place % folds);
  }
  return labels.map((_, row) => foldOfGroup.get(groupOf(row)) ?? 0);
}

function shuffled<Item>(items: readonly Item[], draw: () => number): readonly Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(draw() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}
