import type { MetricDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import type { Span } from '../span.ts';
import type { Token } from '../token.ts';
import { type Draft, entityOfSpan, meaningsOf } from './draft.ts';
import { refuse } from './problem.ts';

/**
 * Words that usually say nothing, where they stand for a figure or a grouping of their own: "count and average",
 * "queue depth per number". Nothing of the plan came from them, so there is none.
 *
 * @throws Unplannable
 */
export function refuseUnheard(draft: Draft): void {
  const { tokens, text } = draft.understood.reading;
  refuseOtherForm(draft, text);
  refuseAnybody(draft, text);
  refuseOtherCount(draft);
  refuseTwoOfOne(draft, text);
  const unheard = tokens.find((token) => isCountBeside(draft, token) || isGroup(draft, token));
  if (unheard === undefined) return;
  const before = tokens[unheard.index - 1];
  const words = isGroup(draft, unheard) ? `${before?.text ?? ''} ${unheard.text}` : `the ${unheard.text}`;
  throw refuse(
    'unclear',
    `“${words.trim()}” of what?`,
    draft.metrics.map(({ id }) => id),
  );
}

/** "List … with the time to resolve" asks for records, and "how am I doing on SLA" for none. */
function refuseOtherForm(
  { metrics, groupBy, isImplied, entity, catalogue, columns }: Draft,
  text: string,
): void {
  const isFigure = metrics.length > 0 && metrics.every((metric) => !isNumberOfThings(metric));
  if (isFigure && groupBy.length === 0 && columns.length === 0 && /^list (?:all|every|the|of)\b/i.test(text))
    throw refuse(
      'unclear',
      'which records to list',
      metrics.map(({ id }) => id),
    );
  if (
    (metrics.length === 0 || isImplied) &&
    /^how(?:'s|s)?\b.*\b(?:doing|looking|going|performing)\b/i.test(text)
  )
    throw refuse('unclear', `which figure of ${catalogue.entities.get(entity)?.label.many ?? entity}`);
}

/** "Did anyone answer Acme today": what they did names no records, so nobody knows which. */
function refuseAnybody({ used, metrics }: Draft, text: string): void {
  if (!/^(?:did|has|have) (?:anyone|anybody|someone|somebody)\b/i.test(text) || metrics.length === 0) return;
  const isNamed = [...used].some(
    (span) =>
      meaningsOf(span, 'metric').length +
        meaningsOf(span, 'entity').length +
        meaningsOf(span, 'value').length >
      0,
  );
  if (!isNamed)
    throw refuse(
      'unclear',
      'which records are meant',
      metrics.map(({ id }) => id),
    );
}

/** "Of the deals that reached negotiation, how many did we win": of some rows a part, which two numbers are not. */
function refuseTwoOfOne({ metrics, compare }: Draft, text: string): void {
  if (
    metrics.length > 1 &&
    compare === 'none' &&
    /^(?:out )?of (?:the|all|our|my|those)\b.*\bhow many\b/i.test(text)
  )
    throw refuse(
      'unclear',
      'which part of them is meant',
      metrics.map(({ id }) => id),
    );
}

/** "How many customers placed an order": what is counted are the customers, whatever a figure of orders is called. */
function refuseOtherCount(draft: Draft): void {
  const { understood, catalogue, metrics, groupBy, isImplied, related } = draft;
  const { kind, reading, spans } = understood;
  const at = kind.countAt;
  const [metric, another] = metrics;
  if (at === null || metric?.type !== 'simple' || another || isImplied || groupBy.length > 0) return;
  if (related.length > 0) return;
  const counted = spans.find(({ from }) => from === at + 1);
  const last = reading.tokens[(counted?.to ?? 0) - 1];
  if (!counted || !isNumberOfRows(metric) || last?.possessive === true || !/s$/.test(last?.lower ?? ''))
    return;
  const entity = entityOfSpan(catalogue, counted);
  const isOther =
    entity === null
      ? namesPeople(draft, counted) && metric.entity !== 'person'
      : !isOf(draft, metric.entity, entity);
  if (isOther && reading.tokens[counted.to]?.kind === 'word')
    throw refuse('unknown_word', counted.words, [metric.id]);
}

/** Rows of a kind, or parts of them: "how many tickets missed the SLA" counts clocks. */
const isOf = ({ catalogue }: Draft, rows: string, entity: string): boolean => {
  const own = catalogue.entities.get(rows);
  return rows === entity || own?.joins[own.parent ?? '']?.entity === entity;
};

/** "Agents", "reps": a role, or who records belong to. */
const namesPeople = ({ catalogue }: Draft, span: Span): boolean =>
  meaningsOf(span, 'metric').length === 0 &&
  [
    ...meaningsOf(span, 'value').map(({ dimension }) => dimension),
    ...meaningsOf(span, 'dimension').map(({ id }) => id),
  ].some((id) => /(?:^|\.)(?:role|name)$/.test(catalogue.dimensions.get(id)?.path ?? ''));

const isNumberOfRows = ({ measure }: SimpleMetric): boolean => /^count/.test(measure.aggregate);

/** "Average score and number of answers", "orders, count and revenue": a number is asked for, and no figure is one. */
function isCountBeside(draft: Draft, token: Token): boolean {
  const { reading, measures } = draft.understood;
  if (!isSaid(draft, token) || measures !== null || draft.metrics.length === 0) return false;
  if (!/^(?:count|number)$/.test(token.lower) || draft.metrics.some(isNumberOfThings)) return false;
  // "Our commit number", "the MRR number": the figure itself.
  if (token.lower === 'number' && [...draft.used].some(({ to }) => to === token.index)) return false;
  // "The number of days to close", "average number of replies": the figure is called so. No money is a number of things.
  const isOf = reading.tokens[token.index + 1]?.word === 'of';
  const own = [...draft.used].find(
    ({ from, to }) =>
      (from > token.index && from - token.index <= 3) || (from < token.index && to > token.index),
  );
  const isNamed = own !== undefined && meaningsOf(own, 'metric').length > 0;
  return !(isOf && isNamed && draft.metrics.every(({ format }) => format.kind !== 'money'));
}

const isNumberOfThings = (metric: MetricDefinition): boolean =>
  metric.type === 'simple' && /^(?:count|count_distinct|sum)$/.test(metric.measure.aggregate)
    ? metric.format.kind !== 'money'
    : false;

/** "Per number": what to split by is a word that says nothing elsewhere. */
function isGroup(draft: Draft, token: Token): boolean {
  const { tokens } = draft.understood.reading;
  return (
    isSaid(draft, token) &&
    /^(?:number|count|figure|question|answer|result|report|view)$/.test(token.word) &&
    /^(?:by|per|each|every)$/.test(tokens[token.index - 1]?.word ?? '') &&
    tokens[token.index + 1]?.word !== 'of' &&
    draft.understood.ranking === null
  );
}

const isSaid = ({ understood, usedTokens }: Draft, { index, kind }: Token): boolean =>
  kind === 'word' && understood.reading.isFree(index) && !usedTokens.has(index);
