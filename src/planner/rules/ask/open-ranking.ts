import { rankOfNothing } from '../../../catalogue/ambiguous.ts';
import type { Catalogue, MetricDefinition } from '../../../catalogue/catalogue.ts';
import { wordTable } from '../../../toolkit/word-table.ts';
import { entityOfSpan, meaningsOf } from '../compose/draft.ts';
import { type Edit, isPut, type Put } from '../edit.ts';
import { fillerWords } from '../filler-words.ts';
import type { Span } from '../span.ts';
import type { Token } from '../token.ts';
import type { Understanding } from '../understand.ts';
import type { OpenPoint } from './open-point.ts';
import { putOf } from './open-words.ts';

/** Words that rank without saying by what, and what they say about it. */
const vague: Readonly<
  Record<string, { readonly order: 'best' | 'worst'; readonly isSpeed?: true } | undefined>
> = wordTable({
  best: { order: 'best' },
  top: { order: 'best' },
  leading: { order: 'best' },
  strongest: { order: 'best' },
  ahead: { order: 'best' },
  worst: { order: 'worst' },
  bottom: { order: 'worst' },
  weakest: { order: 'worst' },
  behind: { order: 'worst' },
  fastest: { order: 'best', isSpeed: true },
  quickest: { order: 'best', isSpeed: true },
  slowest: { order: 'worst', isSpeed: true },
  slow: { order: 'worst', isSpeed: true },
  fast: { order: 'best', isSpeed: true },
  good: { order: 'best' },
  biggest: { order: 'best' },
  largest: { order: 'best' },
  rank: { order: 'best' },
  ranking: { order: 'best' },
});

/**
 * "top 3 agents", "which region is ahead", "who is the fastest": by which figure?
 *
 * @param isFirst no answer stands before the question that "top 10" could be of
 */
export function findOpenRanking(
  understood: Understanding,
  catalogue: Catalogue,
  isFirst: boolean,
): OpenPoint | null {
  const { reading, kind, spans, names, numbers } = understood;
  const token = reading.tokens.find((one) => vague[one.word] !== undefined && !isPut(one));
  const asked = token && vague[token.word];
  // "top accounts by margin" says by what, in a word that this catalogue or this role does not know.
  const isByName = names.some((name) => name.preposition === 'by');
  if (!asked || isByName || saysByWhat(understood) || numbers.length > 0 || isMoreSaid(catalogue, spans))
    return null;
  const ranked = spans.flatMap((span) => [
    ...meaningsOf(span, 'dimension').map(({ id }) => id),
    ...meaningsOf(span, 'entity').map(({ id }) => id),
  ]);
  // "Biggest category": the one with the most rows. How big a customer is may be told in several ways.
  const isGroup = ranked.length > 0 && ranked.every((id) => isProperty(catalogue, id));
  const isCounted =
    /^(?:biggest|largest)$/.test(token.word) || reading.tokens[token.index + 1]?.kind === 'number';
  if (isGroup && isCounted) return null;
  const isWho = kind.isWho && ranked.length === 0;
  const isOfNothing = isFirst && !isWho && spans.length + names.length === 0 && saysNothingElse(understood);
  const known = catalogue.ambiguous.filter(({ ranks }) =>
    isWho
      ? ranks.includes('person')
      : isOfNothing
        ? ranks.includes(rankOfNothing)
        : ranks.some((id) => ranked.includes(id)),
  );
  const [first] = known;
  if (!first) return null;
  const end = reading.tokens.length;
  const figures = known
    .flatMap(({ means }) => means)
    .map((one) => ({
      one,
      metric: one.as.kind === 'metric' ? catalogue.metrics.get(one.as.id) : undefined,
    }))
    .filter(({ metric }) => asked.isSpeed !== true || (metric !== undefined && isTime(metric)));
  // The best have much of something; few open tickets alone are no merit.
  const merit = (metric: MetricDefinition | undefined): number =>
    asked.order === 'best' && metric?.goodDirection === 'down' && !isTime(metric) ? 1 : 0;
  const readings = figures
    .toSorted((left, right) => merit(left.metric) - merit(right.metric))
    .flatMap(({ one }) => putOf(catalogue, one) ?? []);
  return {
    question: first.question,
    words: token.text,
    yields: false,
    readings: readings.map(({ put, ...shown }) => ({
      ...shown,
      edits: [
        appended(end, put, isOfNothing ? [] : [{ kind: 'words', text: 'by' }]),
        {
          from: token.index,
          to: isOnes(reading.tokens[token.index + 1]) ? token.index + 2 : token.index + 1,
          put: [{ kind: 'words', text: asked.order }],
        },
      ],
    })),
  };
}

/** "Top 5 industries by customers": by how many of them there are. */
const saysByWhat = ({ reading: { tokens }, spans }: Understanding): boolean =>
  spans.some(({ from, to, meanings }) => {
    const [by, noun] = [tokens[from - 1], tokens[to - 1]];
    const isSeveral = noun !== undefined && noun.lower !== noun.word;
    return by?.word === 'by' && isSeveral && meanings.some(({ kind }) => kind === 'entity');
  });

/** "the biggest ones" */
const isOnes = (token: Token | undefined): boolean => /^(?:one|ones)$/.test(token?.lower ?? '');

const appended = (end: number, put: Put, joint: readonly Put[]): Edit => ({
  from: end,
  to: end,
  put: [...joint, put],
});

/** "Top 10", "the best ones": no other word that would have to find its place. */
const saysNothingElse = ({ reading, time }: Understanding): boolean =>
  time.range === null &&
  reading.tokens.every(
    (token) =>
      !reading.isFree(token.index) || token.kind !== 'word' || fillerWords.has(token.lower) || isOnes(token),
  );

/** A figure, or records of which there may be most: then the ranking is not open. */
function isMoreSaid(catalogue: Catalogue, spans: readonly Span[]): boolean {
  const ranked = new Set(catalogue.ambiguous.flatMap(({ ranks }) => ranks));
  return spans.some((span) => {
    const entity = entityOfSpan(catalogue, span);
    if (entity !== null) return !ranked.has(entity) && !namesRanked(span, ranked);
    return meaningsOf(span, 'metric').length > 0 || isNumber(catalogue, span);
  });
}

const namesRanked = (span: Span, ranked: ReadonlySet<string>): boolean =>
  meaningsOf(span, 'dimension').some(({ id }) => ranked.has(id));

const isNumber = (catalogue: Catalogue, span: Span): boolean =>
  meaningsOf(span, 'dimension').some(({ id }) => catalogue.dimensions.get(id)?.type === 'number');

const isTime = ({ format, unit }: MetricDefinition): boolean =>
  format.kind === 'duration' || /^(?:second|minute|hour|day|week|month)s?$/.test(unit);

/** A property of records, by which they are grouped and of which there are no records. */
const isProperty = (catalogue: Catalogue, id: string): boolean =>
  /^(?:category|lead_origin|lead_source|stage|priority|severity)$/.test(id) && catalogue.dimensions.has(id);
