import type { Span } from '../span.ts';
import { vocabularyOf } from '../vocabulary.ts';
import type { Draft } from './draft.ts';
import { namingDimension, personDimensions, reachable } from './reach.ts';

const follows = /^(?:with|whose|have|has|had|that|who|where|having)$/;

/** "Campaigns with a response rate over 5 %", "agents had idle time above": the figure of each of those that its name speaks of. */
export function groupByOwnNoun(draft: Draft, { indexes }: Span): void {
  const { catalogue, entity, understood } = draft;
  const { tokens } = understood.reading;
  const { keyOf, phrases } = vocabularyOf(catalogue);
  for (const index of indexes) {
    const { word, lower } = tokens[index] ?? { word: '', lower: '' };
    if (lower === word || !follows.test(tokens[index + 1]?.lower ?? '')) continue;
    const key = keyOf(word);
    const named = key.startsWith('@') ? namingDimension(catalogue, key.slice(1)) : null;
    const isPerson = (phrases.get(key)?.meanings ?? []).some(
      (one) => one.kind === 'value' && catalogue.dimensions.get(one.dimension)?.entity === 'person',
    );
    const id = isPerson ? personDimensions(catalogue, entity)[0] : named;
    const [reached] = id === null || id === undefined ? [] : reachable(catalogue, entity, [id]);
    if (reached?.dimension.groupable) draft.groupBy = [{ dimension: reached.dimension.id }];
  }
}
