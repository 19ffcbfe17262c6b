import type { DimensionDefinition } from '../../../catalogue/catalogue.ts';
import type { Span } from '../span.ts';
import { vocabularyOf } from '../vocabulary.ts';
import type { Draft } from './draft.ts';
import { refuse } from './problem.ts';
import { namingDimension } from './reach.ts';

export const isCustomer = (draft: Draft, word: string): boolean =>
  vocabularyOf(draft.catalogue).keyOf(word) === '@account';

/** "the energy customer" is one customer that the speaker has in mind, not all of that industry. */
export function namesOneCustomer(draft: Draft, span: Span, { entity }: DimensionDefinition): boolean {
  const { tokens } = draft.understood.reading;
  const noun = tokens[span.to];
  const isOne = noun !== undefined && isCustomer(draft, noun.word) && !/s$/.test(noun.lower);
  return entity === 'account' && isOne && /^(?:the|my|our)$/.test(tokens[span.from - 1]?.word ?? '');
}

/** Whoever runs the plan finds out which one it is; a change of a plan must say. */
export function meanOne(
  draft: Draft,
  span: Span,
  { id }: DimensionDefinition,
  values: readonly { readonly dimension: string; readonly value: string }[],
): void {
  const words = `the ${span.words} ${draft.understood.reading.tokens[span.to]?.text ?? 'customer'}`;
  const dimension = namingDimension(draft.catalogue, 'account');
  if (!draft.mayMeanOne || dimension === null || draft.one !== null)
    throw refuse('unclear', `“${words}” may be several; say which by name`);
  const value = values.find((one) => one.dimension === id)?.value ?? '';
  draft.one = { dimension, filter: { dimension: id, op: 'eq', values: [value] }, words };
}
