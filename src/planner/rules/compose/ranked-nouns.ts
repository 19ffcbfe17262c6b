import type { Span } from '../span.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { type Draft, entityOfSpan, meaningsOf } from './draft.ts';
import { namingDimension, reachable } from './reach.ts';

/** "Total signups for the top 2 states": what is named right behind the ranking. */
export function rankedSpan(draft: Draft): Span | null {
  const { ranking, spans, reading } = draft.understood;
  if (ranking === null) return null;
  const follows = spans.find(
    (span) =>
      span.from > ranking.at &&
      reading.tokens.slice(ranking.at + 1, span.from).every(({ kind }) => kind === 'number'),
  );
  const isThing = follows && meaningsOf(follows, 'metric').length === 0 && !draft.used.has(follows);
  return isThing && isHead(draft, follows, true) ? follows : null;
}

/** "Who are our former customers": all of them, whatever period a figure of theirs has by itself. */
export function namesThem({ catalogue, understood, isImplied, entity }: Draft, who: number): boolean {
  const { tokens } = understood.reading;
  if (!isImplied || !/^(?:is|are)$/.test(tokens[who + 1]?.word ?? '') || understood.ranking !== null)
    return false;
  return understood.spans.some(
    (span) =>
      span.from > who &&
      entityOfSpan(catalogue, span) === entity &&
      tokens.slice(who + 2, span.from).every(({ word }) => /^(?:our|my|the|all|of)$/.test(word)),
  );
}

/** "The five largest deals we lost and who had them": the records by their size, each with whose it is. */
export function ranksRecords({ catalogue, understood: { ranking, reading, spans }, entity }: Draft): boolean {
  if (ranking === null) return false;
  const { keyOf } = vocabularyOf(catalogue);
  const word = reading.tokens[ranking.at]?.word ?? '';
  const next = reading.tokens
    .slice(ranking.at + 1)
    .find(
      ({ index, kind }) =>
        kind === 'word' &&
        !spans.some(
          (span) =>
            span.indexes.includes(index) &&
            meaningsOf(span, 'value').length > 0 &&
            meaningsOf(span, 'metric').length === 0,
        ),
    );
  return (
    /^(?:largest|biggest|smallest)$/.test(word) && next !== undefined && keyOf(next.word) === `@${entity}`
  );
}

/** "top 3 campaigns by response rate": the noun that is ranked is part of the figure's own name. */
export function rankedNoun(draft: Draft, reach = Number.POSITIVE_INFINITY): string | null {
  const { ranking, reading } = draft.understood;
  // "biggest open deals" are records; only a figure over the rows of each can rank what it is named after.
  const isCount = draft.metrics.some(
    (metric) => metric.type === 'simple' && metric.measure.aggregate === 'count',
  );
  if (ranking === null || isCount) return null;
  const { keyOf } = vocabularyOf(draft.catalogue);
  for (const span of draft.used) {
    for (const index of span.indexes) {
      const token = reading.tokens[index];
      const key = token ? keyOf(token.word) : '';
      // "Which campaign had the best response rate": one, or several.
      const isAskedFor = /^(?:which|what)$/.test(reading.tokens[index - 1]?.word ?? '');
      if (!token || !key.startsWith('@') || (token.lower === token.word && !isAskedFor)) continue;
      if (reading.tokens.slice(ranking.at + 1, index).filter(({ kind }) => kind !== 'number').length >= reach)
        continue;
      const id = namingDimension(draft.catalogue, key.slice(1));
      const [reached] = id === null ? [] : reachable(draft.catalogue, draft.entity, [id]);
      if (reached?.dimension.groupable) return reached.dimension.id;
    }
  }
  return null;
}

export function isHead(draft: Draft, span: Span, asksFor: boolean): boolean {
  const { understood, catalogue } = draft;
  const isThing =
    meaningsOf(span, 'entity').length > 0 ||
    (!isMoment(draft, span) &&
      meaningsOf(span, 'dimension').some(({ id }) => {
        const dimension = catalogue.dimensions.get(id);
        // A flag of other records ("closed" of deals) makes no group of the date that these have.
        const isElsewhere =
          dimension?.type === 'boolean' && reachable(catalogue, draft.entity, [id]).length === 0;
        return dimension?.groupable && !isElsewhere && !/^(?:date|instant)$/.test(dimension.type);
      }));
  if (!isThing || isNamed(draft, span) || isBeforeValue(draft, span)) return false;
  const tokens = understood.reading.tokens;
  const isPlural =
    /s$/i.test(tokens[span.to - 1]?.text ?? '') || /^(?:people)$/.test(tokens[span.to - 1]?.word ?? '');
  const leads = understood.spans.every(
    (other) => other === span || other.from >= span.from || meaningsOf(other, 'value').length > 0,
  );
  const follows = tokens
    .slice(span.to, span.to + 3)
    .some((token) => /^(?:with|have|has|had|having|won|got|and)$/.test(token.word));
  const isCompared = understood.numbers.some(({ from, isTimes }) => isTimes === true && from >= span.to);
  const isAsked = asksFor && (isAskedFor(draft, span) || understood.ranking !== null || leads);
  return isAsked || (leads && (follows || isCompared) && isPlural);
}

/** "which accounts", "which of my accounts". */
function isAskedFor({ understood }: Draft, span: Span): boolean {
  const at = understood.kind.whichAt;
  if (at === null || at >= span.from) return false;
  return understood.reading.tokens
    .slice(at + 1, span.from)
    .every(({ word }) => /^(?:of|my|our|the|team|these|all)$/.test(word));
}

/** "in status new": the name of a property goes with the value that follows it. */
function isBeforeValue({ catalogue, understood }: Draft, span: Span): boolean {
  const paths = meaningsOf(span, 'dimension').map(({ id }) => catalogue.dimensions.get(id)?.path);
  return understood.spans.some(
    (other) =>
      other.from === span.to &&
      meaningsOf(other, 'value').some(({ dimension }) =>
        paths.includes(catalogue.dimensions.get(dimension)?.path),
      ),
  );
}

/** "Solved" and "first response" name moments of a record; nobody asks "which moment", so they head nothing. */
export function isMoment(draft: Draft, span: Span): boolean {
  return meaningsOf(span, 'dimension').every(({ id }) =>
    /^(?:date|instant)$/.test(draft.catalogue.dimensions.get(id)?.type ?? ''),
  );
}

/** "account Acme", "EMEA region": the span says what kind of thing a name is. */
export function isNamed(draft: Draft, span: Span): boolean {
  return draft.understood.names.some((name) => name.from === span.to || name.to === span.from);
}
