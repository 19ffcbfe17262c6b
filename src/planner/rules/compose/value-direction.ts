import type { DimensionDefinition } from '../../../catalogue/catalogue.ts';
import type { Span } from '../span.ts';
import type { Draft } from './draft.ts';
import { refuse } from './problem.ts';
import { reachable } from './reach.ts';

type Reached = ReturnType<typeof reachable>;

const leaving = /^(?:from|off)$/;
const arriving = /^(?:to|into|onto)$/;

/** Word before a value: "out of the proposal stage" leaves it. */
function directionOf({ understood: { reading } }: Draft, { from }: Span): 'from' | 'to' | null {
  let at = from - 1;
  while (/^(?:the|a|an|its|their|stage|status)$/.test(reading.tokens[at]?.lower ?? '')) at -= 1;
  const word = reading.tokens[at]?.lower ?? '';
  const isOut = word === 'of' && reading.tokens[at - 1]?.lower === 'out';
  if (leaving.test(word) || isOut) return 'from';
  return arriving.test(word) ? 'to' : null;
}

/** "Moved to proposal", "moved from proposal": of what something was and what it became, the one that the word before says. */
export function settledByDirection(draft: Draft, span: Span, tied: Reached): Reached[number] | undefined {
  const way = directionOf(draft, span);
  const earlier = tied.find(({ dimension }) => dimension.before !== undefined);
  if (way === null || earlier === undefined) return undefined;
  return way === 'from' ? earlier : tied.find(({ dimension }) => dimension.id === earlier.dimension.before);
}

/** "Deals lost from negotiation": where they were before is not where they are. */
export function refuseEarlier(draft: Draft, span: Span, dimension: string): void {
  const { catalogue, entity, understood } = draft;
  if (understood.reading.tokens[span.from - 1]?.word !== 'from') return;
  const earlier = earlierOf(draft, dimension);
  if (earlier === undefined || reachable(catalogue, entity, [earlier.id]).length > 0) return;
  throw refuse(
    'no_field',
    `from ${span.words}`,
    draft.metrics.map(({ id }) => id),
  );
}

const earlierOf = ({ catalogue }: Draft, id: string): DimensionDefinition | undefined =>
  [...catalogue.dimensions.values()].find(({ before }) => before === id);
