import type { PlanRequest } from '../planner.ts';
import { entityOfSpan, meaningsOf } from './compose/draft.ts';
import type { NamedQuestion } from './known-names.ts';
import { understand } from './understand.ts';

const ones = /\bones\b/i;

/**
 * "Do I have any urgent or high ones open": records of the kind that has those values, where nothing else says which
 * records are meant.
 *
 * @returns null where no value stands before the word, or the question names records or figures itself
 */
export function withMeantOnes(request: PlanRequest): NamedQuestion | null {
  const { question, catalogue, now, zone, stored, names, previous } = request;
  if (previous !== undefined || !ones.test(question)) return null;
  const { spans, reading } = understand(question, catalogue, now, zone, { stored, names });
  const place = reading.tokens.findIndex(({ lower }) => lower === 'ones');
  const isSaid = spans.some(
    (span) => entityOfSpan(catalogue, span) !== null || meaningsOf(span, 'metric').length > 0,
  );
  if (isSaid) return null;
  const before = spans.findLast((span) => span.to <= place && meaningsOf(span, 'value').length > 0);
  const [value] = before === undefined ? [] : meaningsOf(before, 'value');
  const dimension = value === undefined ? undefined : catalogue.dimensions.get(value.dimension);
  const entity = dimension === undefined ? undefined : catalogue.entities.get(dimension.entity);
  if (entity === undefined) return null;
  const many = entity.label.many.toLowerCase();
  return { question: question.replace(ones, many), notes: [`I took “ones” as ${many}.`] };
}
