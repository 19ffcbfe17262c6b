import type { MetricDefinition } from '../../../catalogue/catalogue.ts';
import type { Token } from '../token.ts';
import { type Draft, meaningsOf } from './draft.ts';
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
  refuseRankedChange(draft);
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

/** "Whose health rose most": ranked by how it changed, which no order by the figure itself is. */
function refuseRankedChange({ compare, understood: { ranking, reading }, metrics }: Draft): void {
  if (ranking === null || compare === 'none') return;
  const near = reading.tokens.slice(Math.max(0, ranking.at - 3), ranking.at + 4);
  const change = near.find(({ lower }) => movement.test(lower));
  if (change !== undefined)
    throw refuse(
      'unclear',
      `“${change.text}” most: ranked by a change`,
      metrics.map(({ id }) => id),
    );
}

const movement =
  /^(?:rose|risen|rise|grew|grown|grow|fell|fallen|fall|dropped|drop|drops|increased?|decreased?|improved?|worsened?|changed?|gained?|jumped|climbed|slipped|declined?|growth|increase|decrease|decline|movers?)$/;

/** "Average score and number of answers", "orders, count and revenue": a number is asked for, and no figure is one. */
function isCountBeside(draft: Draft, token: Token): boolean {
  const { reading, both } = draft.understood;
  if (!isSaid(draft, token) || both !== null || draft.metrics.length === 0) return false;
  if (!/^(?:count|number)$/.test(token.lower) || draft.metrics.some(isNumberOfThings)) return false;
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
