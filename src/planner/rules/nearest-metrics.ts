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
  const scored = namesIn(catalogue).map(({ id, names }) => ({
    id,
    score: Math.max(...names.map((name) => overlap(name, asked))),
  }));
  const near = scored
    .filter(({ score }) => score > 0.2)
    .sort((left, right) => right.score - left.score)
    .map(({ id }) => id);
  return [...new Set([...first, ...near])].filter((id) => catalogue.metrics.has(id)).slice(0, 3);
}

interface Spelled {
  readonly id: string;
  readonly names: readonly ReadonlySet<string>[];
}

const spelled = new WeakMap<Catalogue, readonly Spelled[]>();

/** Built once per catalogue: every part of a question that is refused looks for what is near. */
function namesIn(catalogue: Catalogue): readonly Spelled[] {
  const known = spelled.get(catalogue);
  if (known) return known;
  const all = [...catalogue.metrics.values()].map(({ id, label, synonyms }) => ({
    id,
    names: [label, ...synonyms].map((name) => trigrams(wordsOf(name))),
  }));
  spelled.set(catalogue, all);
  return all;
}

function trigrams(words: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of words) {
    const padded = ` ${word} `;
    for (let start = 0; start + 3 <= padded.length; start += 1) found.add(padded.slice(start, start + 3));
  }
  return found;
}

/** Share of the name's trigrams that the question has. */
function overlap(name: ReadonlySet<string>, asked: ReadonlySet<string>): number {
  let shared = 0;
  for (const gram of name) if (asked.has(gram)) shared += 1;
  return name.size === 0 ? 0 : shared / name.size;
}
