import type { Catalogue } from '../../catalogue/catalogue.ts';
import { isLength, lengthOf } from './compose/length-conditions.ts';
import type { LengthWords } from './slots/lengths.ts';
import type { StateOf } from './slots/stays.ts';
import type { Meaning, Vocabulary } from './vocabulary.ts';

/** What words of a catalogue say of lengths of time: rows that last, figures and columns that are told as lengths. */
export function lengthWords(catalogue: Catalogue, vocabulary: Vocabulary): LengthWords {
  const meanings = meaningsIn(vocabulary);
  return {
    lasts: (word) => {
      const entities = new Set(meanings([word]).flatMap((one) => entityOfMeaning(catalogue, one) ?? []));
      return [...entities].some((entity) => lengthOf({ catalogue, entity }, null) !== null);
    },
    isLength: (words) =>
      meanings(words).some((one) => {
        if (one.kind === 'metric') return catalogue.metrics.get(one.id)?.format.kind === 'duration';
        return one.kind === 'dimension' && isLength(catalogue.dimensions.get(one.id));
      }),
  };
}

/** States by their names; "open" is said of all that is not over. */
export function stateWords(catalogue: Catalogue, vocabulary: Vocabulary): StateOf {
  const meanings = meaningsIn(vocabulary);
  return (words) => {
    if (words.length === 1 && /^(?:open|unsolved|running|active|ongoing)$/.test(words[0] ?? '')) return null;
    const states = meanings(words).flatMap((one) => {
      const dimension = one.kind === 'value' ? catalogue.dimensions.get(one.dimension) : undefined;
      return one.kind === 'value' && dimension && /(?:^|\.)(?:status|stage|state)$/.test(dimension.path)
        ? [dimension.values[0]?.value === one.value]
        : [];
    });
    return states.length === 0 ? null : { isFirst: states.every(Boolean) };
  };
}

const meaningsIn =
  ({ phrases, keyOf }: Vocabulary) =>
  (words: readonly string[]): readonly Meaning[] =>
    phrases.get(words.map(keyOf).join(' '))?.meanings ?? [];

function entityOfMeaning(catalogue: Catalogue, one: Meaning): string | undefined {
  switch (one.kind) {
    case 'entity':
      return one.id;
    case 'value': {
      const dimension = catalogue.dimensions.get(one.dimension);
      return dimension?.path === 'kind' ? dimension.entity : undefined;
    }
    case 'dimension':
      return undefined;
    case 'metric': {
      const metric = catalogue.metrics.get(one.id);
      return metric?.type === 'simple' ? metric.entity : undefined;
    }
  }
}
