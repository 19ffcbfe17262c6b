/** Weights by number of the word; of length 1 as a vector. */
export type WordVector = ReadonlyMap<number, number>;

/** Of a text's words the weightiest are looked up. */
const WORDS_LOOKED_UP = 12;
/** For each word at most so many groups, the newest, are considered. */
const GROUPS_PER_WORD = 100;
/** Of all groups that share a word, those that share most weight are compared in full. */
const COMPARED = 25;

/** TF-IDF of texts: weight = ln ((1 + N) / (1 + df)) of each different word; a word in every text weighs nothing. */
export function weighTexts(texts: readonly (readonly string[])[]): readonly WordVector[] {
  const numbers = new Map<string, number>();
  const frequencies: number[] = [];
  const sets = texts.map((words) => {
    const own = new Set<number>();
    for (const word of words) {
      const number = numbers.get(word) ?? numbers.size;
      numbers.set(word, number);
      own.add(number);
    }
    for (const number of own) frequencies[number] = (frequencies[number] ?? 0) + 1;
    return own;
  });
  return sets.map((own) => {
    const weights = [...own].map(
      (number) => [number, Math.log((1 + texts.length) / (1 + frequencies[number]!))] as const,
    );
    const length = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0));
    return new Map(length === 0 ? [] : weights.map(([number, weight]) => [number, weight / length]));
  });
}

/**
 * Puts each text, in order, into the group whose first text it is most like, or opens a new one. Only groups that share
 * one of its 12 weightiest words are looked at, at most 100 per word, and at most 25 are compared: the work grows with
 * the number of texts, not with its square.
 *
 * @param likeness least cosine
 * @returns indexes by group, each ascending; texts without a word are in none
 */
export function groupTexts(vectors: readonly WordVector[], likeness: number): readonly (readonly number[])[] {
  const groups: number[][] = [];
  const groupsOfWord = new Map<number, number[]>();
  for (const [index, vector] of vectors.entries()) {
    if (vector.size === 0) continue;
    const heaviest = [...vector].sort((a, b) => b[1] - a[1]).slice(0, WORDS_LOOKED_UP);
    const best = findGroup(vector, heaviest, { groups, groupsOfWord, vectors });
    if (best !== null && best.cosine >= likeness) {
      groups[best.group]!.push(index);
      continue;
    }
    const group = groups.push([index]) - 1;
    for (const [word] of heaviest) {
      const known = groupsOfWord.get(word);
      if (known === undefined) groupsOfWord.set(word, [group]);
      else known.push(group);
    }
  }
  return groups;
}

function findGroup(
  vector: WordVector,
  heaviest: readonly (readonly [word: number, weight: number])[],
  {
    groups,
    groupsOfWord,
    vectors,
  }: {
    readonly groups: readonly (readonly number[])[];
    readonly groupsOfWord: ReadonlyMap<number, readonly number[]>;
    readonly vectors: readonly WordVector[];
  },
): { readonly group: number; readonly cosine: number } | null {
  const shared = new Map<number, number>();
  for (const [word, weight] of heaviest)
    for (const group of groupsOfWord.get(word)?.slice(-GROUPS_PER_WORD) ?? [])
      shared.set(group, (shared.get(group) ?? 0) + weight);
  const likely = [...shared].sort((a, b) => b[1] - a[1]).slice(0, COMPARED);
  let best: { group: number; cosine: number } | null = null;
  for (const [group] of likely) {
    const cosine = cosineOf(vector, vectors[groups[group]![0]!]!);
    if (best === null || cosine > best.cosine) best = { group, cosine };
  }
  return best;
}

function cosineOf(a: WordVector, b: WordVector): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0);
  return sum;
}
