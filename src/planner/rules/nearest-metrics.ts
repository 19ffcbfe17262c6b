import type { Catalogue } from '../../catalogue/catalogue.ts';
import { fillerWords } from './filler-words.ts';
import { wordsOf } from './vocabulary.ts';

/** Metrics whose names look most like the question, best first; empty when nothing looks alike. */
export function nearestMetrics(
  catalogue: Catalogue,
  question: string,
  first: readonly string[] = [],
): string[] {
  const asked = trigrams(wordsOf(question).filter((word) => !fillerWords.has(word)));
  const near = scoresOf(spellingOf(catalogue), asked)
    .filter(({ score }) => score > 0.2)
    .sort((left, right) => right.score - left.score)
    .map(({ id }) => id);
  return [...new Set([...first, ...near])].filter((id) => catalogue.metrics.has(id)).slice(0, 3);
}

/** The names of all metrics, found by what they are spelled with. */
interface Spelling {
  readonly ids: readonly string[];
  readonly names: readonly { readonly of: number; readonly size: number }[];
  /** Places in `names` by trigram. */
  readonly having: ReadonlyMap<string, readonly number[]>;
}

const spellings = new WeakMap<Catalogue, Spelling>();

/** Built once per catalogue: every part of a question that is refused looks for what is near. */
function spellingOf(catalogue: Catalogue): Spelling {
  const known = spellings.get(catalogue);
  if (known) return known;
  const ids = [...catalogue.metrics.keys()];
  const names: { of: number; size: number }[] = [];
  const having = new Map<string, number[]>();
  for (const [of, { label, synonyms }] of [...catalogue.metrics.values()].entries())
    for (const name of [label, ...synonyms]) {
      const grams = trigrams(wordsOf(name));
      for (const gram of grams) {
        const places = having.get(gram);
        if (places) places.push(names.length);
        else having.set(gram, [names.length]);
      }
      names.push({ of, size: grams.size });
    }
  const spelling = { ids, names, having };
  spellings.set(catalogue, spelling);
  return spelling;
}

function trigrams(words: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of words) {
    const padded = ` ${word} `;
    for (let start = 0; start + 3 <= padded.length; start += 1) found.add(padded.slice(start, start + 3));
  }
  return found;
}

/** Per metric the largest share of a name's trigrams that the question has. */
function scoresOf(
  { ids, names, having }: Spelling,
  asked: ReadonlySet<string>,
): readonly { readonly id: string; readonly score: number }[] {
  const shared = new Uint16Array(names.length);
  for (const gram of asked) for (const name of having.get(gram) ?? []) shared[name] = (shared[name] ?? 0) + 1;
  const best = new Float64Array(ids.length);
  for (const [name, { of, size }] of names.entries())
    if (size > 0) best[of] = Math.max(best[of] ?? 0, (shared[name] ?? 0) / size);
  return ids.map((id, of) => ({ id, score: best[of] ?? 0 }));
}
