import type { MetricDefinition } from '../../../catalogue/catalogue.ts';
import { amountOf } from './bare-words.ts';
import { type Draft, isCountOf } from './draft.ts';

/**
 * "What is the open pipeline worth", "sum of won deals", "total value of renewals": where the words would count, money
 * is asked for; where they name money, nothing more is said. "How many, and worth how much" asks for both.
 */
export function settleAmountWords(draft: Draft): void {
  const said = amountWords(draft);
  if (said.length === 0 || draft.metrics.length === 0 || draft.columns.length > 0) return;
  const areMoney = draft.metrics.every(({ format }) => format.kind === 'money');
  if (!areMoney) {
    const amount = amountInstead(draft);
    if (amount === null) return;
    const isCounted = draft.understood.kind.countAt !== null;
    draft.metrics = isCounted ? [...draft.metrics, amount] : [amount];
    draft.isImplied = false;
  }
  for (const index of said) draft.usedTokens.add(index);
  for (const span of draft.understood.spans)
    if (span.indexes.every((index) => said.includes(index))) draft.used.add(span);
}

function amountInstead(draft: Draft): MetricDefinition | null {
  const [metric, another] = draft.metrics;
  if (!metric || another || !isCountOf(draft.catalogue, metric, draft.entity)) return null;
  return amountOf(draft, metric);
}

/** Tokens that ask for money: "worth", "sum", "total value"; "value" alone may be a column of records. */
function amountWords({ used, understood: { reading, spans, numbers } }: Draft): readonly number[] {
  return reading.tokens.flatMap(({ index, word }) => {
    const span = spans.find(({ indexes }) => indexes.includes(index));
    const isFree = span ? span.indexes.length === 1 && !used.has(span) : reading.isFree(index);
    // "Worth over 50,000": which records they are, not what they come to.
    const isBound = numbers.some(({ from }) => from > index && from - index <= 2);
    if (!isFree || (isBound && word === 'worth')) return [];
    const before = reading.tokens[index - 1]?.word ?? '';
    if (/^(?:worth|sum)$/.test(word)) return [index];
    return /^(?:value|amount|money)$/.test(word) && /^(?:total|overall|combined|in)$/.test(before)
      ? [index]
      : [];
  });
}
