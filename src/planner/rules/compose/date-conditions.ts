import { findWay } from '../../../catalogue/paths.ts';
import type { Span } from '../match-vocabulary.ts';
import { type Draft, isCountOf, meaningsOf } from './draft.ts';
import { refuse } from './problem.ts';
import { namingDimension } from './reach.ts';

/** Verbs that speak of one date of a record, and what the name of that date holds. Nothing here has happened yet. */
const verbs: readonly { readonly said: RegExp; readonly date: RegExp }[] = [
  { said: /^(?:renew|renewing|renewal)$/, date: /(?:^|_)renews?_/ },
  { said: /^(?:expire|expiring|lapse|lapsing|run|running)$/, date: /(?:^|_)expires?_/ },
  { said: /^due$/, date: /(?:^|_)due_/ },
];

/** "Whose close date is in the past": the date is the one whose words are said before. */
export function placePast(draft: Draft): void {
  const { past, spans } = draft.understood;
  if (past === null) return;
  const near = (span: Span): boolean => span.to <= past.from && past.from - span.to <= 3;
  const span = spans.findLast((one) => near(one) && ownDates(draft, one).length > 0);
  const [date, another] = span ? ownDates(draft, span) : [];
  if (!span || !date || another) throw refuse('unclear', 'what is in the past');
  draft.used.add(span);
  for (const { index, word } of draft.understood.reading.tokens)
    if (word === 'whose' && index < span.from) draft.usedTokens.add(index);
  const isInstant = draft.catalogue.dimensions.get(date)?.type === 'instant';
  draft.where.push({ any: [{ dimension: date, op: 'lt', values: [isInstant ? '@now' : '@today'] }] });
  draft.isDated = true;
}

/** "That renew in the next 30 days": the period is that of the only date that the verb can mean. */
export function placeVerb(draft: Draft): void {
  const { time, reading, kind } = draft.understood;
  if (time.range === null || kind.countAt !== null || understoodAsCourse(draft)) return;
  if (!draft.isImplied) {
    listWhatIsAhead(draft);
    return;
  }
  if (draft.groupBy.length > 0) return;
  const verb = verbs.find(({ said }) => reading.tokens.some((token) => said.test(token.word)));
  if (!verb) return;
  const dates = [...draft.catalogue.dimensions.values()].filter(
    ({ id, type, hidden }) =>
      (type === 'date' || type === 'instant') && hidden !== true && verb.date.test(id) && isOwn(draft, id),
  );
  const [date, another] = dates;
  if (!date || another) return;
  for (const token of reading.tokens) {
    if (!reading.isFree(token.index) || !verb.said.test(token.word)) continue;
    draft.usedTokens.add(token.index);
    // "run out": one verb.
    if (/^run/.test(token.word) && reading.tokens[token.index + 1]?.word === 'out')
      draft.usedTokens.add(token.index + 1);
  }
  for (const span of draft.understood.spans)
    if (span.indexes.every((index) => verb.said.test(reading.tokens[index]?.word ?? '')))
      draft.used.add(span);
  draft.timeDimension = date.id;
  draft.isDated = true;
}

const understoodAsCourse = ({ understood }: Draft): boolean =>
  understood.grain !== null || understood.kind.isTrend;

/** "Certifications that expire next month": a count by a date that lies ahead shows its records, with their dates. */
function listWhatIsAhead(draft: Draft): void {
  const { metrics, catalogue, entity, groupBy, understood } = draft;
  const [metric, another] = metrics;
  if (metric?.type !== 'simple' || another || !isCountOf(catalogue, metric, entity)) return;
  const date = metric.timeDimension ?? '';
  const isAhead =
    understood.time.range?.kind === 'upcoming' || verbs.some(({ date: name }) => name.test(date));
  if (!isAhead || !/renew|expire|due/.test(date)) return;
  const own = namingDimension(catalogue, entity);
  if (groupBy.some(({ dimension }) => dimension !== own)) return;
  draft.groupBy = [];
  draft.isDated = true;
}

const ownDates = (draft: Draft, span: Span): readonly string[] =>
  meaningsOf(span, 'dimension')
    .map(({ id }) => id)
    .filter(
      (id) => /^(?:date|instant)$/.test(draft.catalogue.dimensions.get(id)?.type ?? '') && isOwn(draft, id),
    );

function isOwn(draft: Draft, id: string): boolean {
  const dimension = draft.catalogue.dimensions.get(id);
  return dimension !== undefined && findWay(draft.catalogue, draft.entity, dimension)?.distance === 0;
}
