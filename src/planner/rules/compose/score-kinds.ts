import type { DimensionDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { NumberFilter } from '../slots/number-filters.ts';
import type { Span } from '../span.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import { type Draft, meaningsOf } from './draft.ts';

type Kind = Draft['where'][number];

/**
 * "Surveys with a CSAT below 3": the figure goes by answers of one kind, so that its number is compared of those alone.
 *
 * @param span what names the figure
 * @param column the number it is made of
 */
export function kindOfFigure({ catalogue }: Draft, span: Span, column: DimensionDefinition): Kind | null {
  if (meaningsOf(span, 'dimension').some(({ id }) => id === column.id)) return null;
  const kinds = meaningsOf(span, 'metric').flatMap(({ id }) => {
    const metric = catalogue.metrics.get(id);
    return metric?.type === 'simple' ? kindsOf({ catalogue }, metric, column) : [];
  });
  return kinds[0] ?? null;
}

/** Answers on a scale that most surveys have, which nobody names. */
const usualHighest = 5;

/** "Surveys below 3" are those whose plain average is called the average rating; a number beyond their scale is of none. */
export function kindOfAnswer(
  draft: Draft,
  column: DimensionDefinition,
  { values }: NumberFilter,
): Kind | null {
  if (values.some((value) => value > usualHighest)) return null;
  const { phrases, keyOf } = vocabularyOf(draft.catalogue);
  for (const name of column.synonyms) {
    const key = ['average', ...wordsOf(name)].map(keyOf).join(' ');
    for (const one of phrases.get(key)?.meanings ?? []) {
      const metric = one.kind === 'metric' ? draft.catalogue.metrics.get(one.id) : undefined;
      const [kind] = metric?.type === 'simple' ? kindsOf(draft, metric, column) : [];
      if (kind) return kind;
    }
  }
  return null;
}

/** What tells the rows of this figure from those of others that are made of the same number. */
function kindsOf(
  { catalogue }: Pick<Draft, 'catalogue'>,
  { entity, filters, measure }: SimpleMetric,
  column: DimensionDefinition,
): readonly Kind[] {
  const isColumn = entity === column.entity && measure.path === column.path;
  return !isColumn
    ? []
    : filters
        .filter(({ dimension }) => catalogue.dimensions.get(dimension)?.path === 'kind')
        .map(({ dimension, op, values }) => ({ any: [{ dimension, op, values: [...values] }] }));
}
