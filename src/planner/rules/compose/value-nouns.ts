import type { MetricDefinition } from '../../../catalogue/catalogue.ts';
import type { Span } from '../match-vocabulary.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { saysHowMuch } from './bare-words.ts';
import { type Draft, entityOfSpan, isCountOf, meaningsOf } from './draft.ts';
import { groupMarker } from './group-by.ts';

/**
 * "How many P1s are open", "calls and meetings last week", "how much is in commit": values that stand for the records
 * that have them. Null where nothing but a plural, a count or an amount would make records of an adjective.
 */
export function entityOfValues(draft: Draft): string | null {
  const { spans, kind, reading } = draft.understood;
  const values = spans.filter((span) => !draft.used.has(span) && meaningsOf(span, 'value').length > 0);
  const nouns = values.filter((span) => isPlural(draft, span) || follows(span, kind.countAt) || saysHowMuch(draft));
  const [noun] = nouns;
  if (!noun) return null;
  const entity = homeOf(draft, noun);
  if (entity === null) return null;
  if (nouns.length > 1) showEach(draft, nouns);
  reading.note('records by a value', `${noun.words}: ${entity}`);
  return entity;
}

/**
 * "customer meetings per rep": where the only other nouns are singular and no grouping, a plural kind of record is what
 * is counted.
 */
export function isKindOfRecord(draft: Draft, heads: readonly Span[]): boolean {
  const { spans, reading } = draft.understood;
  const noun = spans.find(
    (span) =>
      !draft.used.has(span) &&
      isPlural(draft, span) &&
      meaningsOf(span, 'value').some(({ dimension }) => {
        const known = draft.catalogue.dimensions.get(dimension);
        return known?.path === 'kind' && known.values.length > 0;
      }),
  );
  if (noun === undefined) return false;
  const before = heads.filter((head) => head.to === noun.from && isSingular(draft, head));
  if (before.length !== heads.length) return false;
  for (const head of before) if (entityOfSpan(draft.catalogue, head) !== null) draft.used.add(head);
  reading.note('records by a value', noun.words);
  return true;
}

const isSingular = (draft: Draft, span: Span): boolean => {
  const last = draft.understood.reading.tokens[span.to - 1];
  return last !== undefined && !/s$/.test(last.lower);
};

const follows = (span: Span, at: number | null): boolean => at !== null && span.from > at && span.from - at <= 2;

function isPlural(draft: Draft, span: Span): boolean {
  const last = draft.understood.reading.tokens[span.to - 1];
  return last !== undefined && last.kind === 'word' && last.lower !== last.word && /s$/.test(last.lower);
}

/** Records of the dimension that calls them so: a kind of record ("call") before a property of one ("e-mail" as a channel). */
function homeOf(draft: Draft, span: Span): string | null {
  const dimensions = meaningsOf(span, 'value').flatMap(({ dimension }) => {
    const known = draft.catalogue.dimensions.get(dimension);
    return known === undefined || known.hidden === true ? [] : [known];
  });
  const kinds = dimensions.filter(({ path }) => path === 'kind');
  const declared = kinds.filter(({ values }) => values.length > 0);
  const [best] = declared.length > 0 ? declared : kinds.length > 0 ? kinds : dimensions;
  return best?.entity ?? null;
}

/** "How many P1s are open": the word that names a state or an event of these records, as it does beside their name. */
export function figureOfValues(draft: Draft, entity: string): MetricDefinition | null {
  const { catalogue, understood } = draft;
  const { phrases } = vocabularyOf(catalogue);
  for (const span of understood.spans) {
    const word = understood.reading.tokens[span.from]?.word ?? '';
    if (span.indexes.length > 1 || draft.used.has(span)) continue;
    for (const key of [`${word} @${entity}`, `@${entity} ${word}`])
      for (const one of phrases.get(key)?.meanings ?? []) {
        const metric = one.kind === 'metric' ? catalogue.metrics.get(one.id) : undefined;
        if (metric === undefined || !isCountOf(catalogue, metric, entity)) continue;
        draft.used.add(span);
        return metric;
      }
  }
  return null;
}

/** "calls, emails and meetings": each of them. */
function showEach(draft: Draft, nouns: readonly Span[]): void {
  const shared = meaningsOf(nouns[0] as Span, 'value')
    .map(({ dimension }) => dimension)
    .filter((id) => draft.catalogue.dimensions.get(id)?.path === 'kind')
    .find((id) => nouns.every((span) => meaningsOf(span, 'value').some((one) => one.dimension === id)));
  if (shared === undefined || draft.understood.spans.some((span) => groupMarker(draft, span))) return;
  draft.groupBy = [...draft.groupBy, { dimension: shared }];
}
