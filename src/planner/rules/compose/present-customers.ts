import type { Span } from '../span.ts';
import { type Draft, entityOfSpan, isCountOf, meaningsOf } from './draft.ts';

const stage = 'lifecycle_stage';
/** Records of which those that have left are none. */
export const customers = 'account';
/** Stages in which a customer is none any more. */
const gone = /^(?:former|ex|churned|lost|cancell?ed|closed|inactive)\b/i;
/** Whoever says so means others as well. */
const othersToo =
  /^(?:former|ex|churn|churned|churning|lost|lose|left|leave|gone|cancelled|canceled|ever|all|every|including|previous|past|onetime|existed|record|records|database)$/;

/**
 * "Customers" are those who are customers now: who has left is none, unless former ones are asked for. "Accounts" are the
 * records, whatever became of them.
 */
export function presentCustomers(draft: Draft): void {
  const { catalogue, understood, entity, where } = draft;
  const values = understood.stored?.get(stage)?.filter((value) => gone.test(value)) ?? [];
  if (entity !== customers || draft.isOfAnyState || values.length === 0 || !catalogue.dimensions.has(stage))
    return;
  const { tokens } = understood.reading;
  const isSaid = understood.spans.some((span) =>
    span.indexes.some((index) => {
      const { lower = '' } = tokens[index] ?? {};
      const isPlural = entityOfSpan(catalogue, span) === entity && /^(?:customer|client)s$/.test(lower);
      return isPlural || (/^(?:customer|client)s?$/.test(lower) && countsThem(draft, span));
    }),
  );
  if (!isSaid || tokens.some(({ word, lower }) => othersToo.test(word) || othersToo.test(lower))) return;
  const [metric, another] = draft.metrics;
  const isCounted = metric === undefined || (metric.type === 'simple' && metric.entity === entity);
  const isOfOne = where.some(({ any }) =>
    any.some(({ dimension }) => /^(?:account|lifecycle_stage)$/.test(dimension)),
  );
  if (!isCounted || another !== undefined || isOfOne) return;
  // Who was new in a period was so, whatever came later; who has been with us since then still is.
  const isEvent = metric?.type === 'simple' && metric.timeDimension !== null;
  if (isEvent && !tokens.some(({ lower }) => /^(?:been|still)$/.test(lower))) return;
  draft.where.push({ any: [{ dimension: stage, op: 'not_in', values: [...values] }] });
}

/** "Number of customers": the name of their count. */
const countsThem = ({ catalogue }: Draft, span: Span): boolean =>
  meaningsOf(span, 'metric').some(({ id }) => {
    const metric = catalogue.metrics.get(id);
    return (
      metric?.type === 'simple' && metric.filters.length === 0 && isCountOf(catalogue, metric, customers)
    );
  });
