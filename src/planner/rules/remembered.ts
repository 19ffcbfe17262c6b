/**
 * A function of a text alone, whose last answers are kept: the parts of a question are read many times over.
 *
 * @param most so many texts are kept, and then all are forgotten: bounded, whatever people type
 */
export function remembered<T>(most: number, find: (text: string) => T): (text: string) => T {
  const kept = new Map<string, { readonly found: T }>();
  return (text) => {
    const known = kept.get(text);
    if (known) return known.found;
    if (kept.size >= most) kept.clear();
    const found = find(text);
    kept.set(text, { found });
    return found;
  };
}

/**
 * A function of a text in a world (who asks, when, over which data): its answers are kept until another world comes. The
 * same part of a question is asked for by many rules.
 */
export function rememberedIn<A, T>(
  find: (asked: A) => T,
  {
    worldOf,
    textOf,
  }: { readonly worldOf: (asked: A) => readonly unknown[]; readonly textOf: (asked: A) => string },
): (asked: A) => T {
  let world: readonly unknown[] = [];
  let kept = new Map<string, { readonly found: T }>();
  return (asked) => {
    const here = worldOf(asked);
    if (here.length !== world.length || here.some((one, index) => one !== world[index])) {
      world = here;
      kept = new Map();
    }
    const text = textOf(asked);
    const known = kept.get(text) ?? { found: find(asked) };
    kept.set(text, known);
    return known.found;
  };
}
