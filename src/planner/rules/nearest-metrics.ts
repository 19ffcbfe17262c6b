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
  const scored = [...catalogue.metrics.values()].map((metric) => {
    const names = [metric.label, ...metric.synonyms];
    return {
      id: metric.id,
      score: Math.max(...names.map((name) => overlap(trigrams(wordsOf(name)), asked))),
    };
  });
  const near = scored
    .filter(({ score }) => score > 0.2)
    .sort((left, right) => right.score - left.score)
    .map(({ id }) => id);
  return [...new Set([...first, ...near])].filter((id) => catalogue.metrics.has(id)).slice(0, 3);
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
