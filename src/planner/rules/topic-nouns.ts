import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Reading } from './reading.ts';
import type { Span } from './span.ts';

/**
 * "Tickets about connectivity problems": behind what the records are about the noun says nothing more, though a kind of
 * them is called so. "Connectivity problems" alone, and "problem tickets", are of that kind.
 */
export function withoutTopicNouns(
  { tokens }: Reading,
  { dimensions }: Catalogue,
  spans: readonly Span[],
): Span[] {
  const areOfKind = ({ meanings }: Span): boolean =>
    meanings.every((one) => one.kind === 'value' && dimensions.get(one.dimension)?.isKind === true);
  const isTopic = (span: Span | undefined): span is Span =>
    span?.meanings.every((one) => one.kind === 'value') === true && !areOfKind(span);
  return spans.filter((span) => {
    const noun = tokens[span.from];
    const isPlural = noun !== undefined && span.indexes.length === 1 && noun.lower !== noun.word;
    const topic = spans.find(({ to }) => to === span.from);
    if (!isPlural || !areOfKind(span) || !isTopic(topic)) return true;
    if (!/^(?:about|with|on|for|regarding|concerning)$/.test(tokens[topic.from - 1]?.lower ?? ''))
      return true;
    const hasRecords = spans.some(
      ({ to, meanings }) => to <= topic.from && meanings.some(({ kind }) => kind === 'entity'),
    );
    return !hasRecords;
  });
}
