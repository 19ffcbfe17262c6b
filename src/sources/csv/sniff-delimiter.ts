/** Separators seen in exports, the usual one first. */
export const delimiters = [',', ';', '\t', '|'] as const;

/** @returns how often each separator stands outside quotes in a header line */
export function countDelimiters(header: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>(delimiters.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const character of header) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return counts;
}

/**
 * Names the separator that a header was probably written with.
 *
 * @returns null when the declared one occurs about as often as another, or when no other does (a table of one column)
 */
export function betterDelimiter(header: string, declared: string): string | null {
  const counts = countDelimiters(header);
  const own = counts.get(declared) ?? 0;
  const others = [...counts].filter(([delimiter, count]) => delimiter !== declared && count > 0);
  others.sort((a, b) => b[1] - a[1]);
  const [best] = others;
  if (best === undefined) return null;
  // "Name, first;City;Country" is separated by semicolons, "id,name,a;b" is not.
  return own === 0 || (best[1] >= 2 && best[1] > own * 2 - 1) ? best[0] : null;
}

/** How a separator is written in a message or a mapping. */
export function nameOfDelimiter(delimiter: string): string {
  return delimiter === '\t' ? '"\\t" (tab)' : `"${delimiter}"`;
}
