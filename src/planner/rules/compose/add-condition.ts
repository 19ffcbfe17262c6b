import type { Filter } from '../../../query/metric-query.ts';
import { type Draft, meaningsOf } from './draft.ts';
import { refuse } from './problem.ts';

export const negations = /^(?:not|never|except|excluding|without|non|no|besides|minus|outside)$/;

/** Words before a position that turn a condition round; they are taken with it. */
export function negation(draft: Draft, from: number): boolean {
  const tokens = draft.understood.reading.tokens;
  for (let index = from - 1; index >= Math.max(0, from - 3); index -= 1) {
    const token = tokens[index];
    if (!token || !(draft.understood.reading.isFree(index) || isHolding(draft, index))) return false;
    if (token.word === 'than' && tokens[index - 1]?.word === 'other') {
      draft.usedTokens.add(index).add(index - 1);
      return true;
    }
    if (negations.test(token.word)) {
      draft.usedTokens.add(index);
      return true;
    }
    if (!/^(?:the|a|in|on|at|from|for|of|yet|been|is|are|any|to|by|assigned|owned|handled)$/.test(token.word))
      return false;
  }
  return false;
}

/** "Not assigned to Priya": the verb belongs to the name, though it is a word of the catalogue as well. */
function isHolding({ understood: { reading, spans }, used }: Draft, index: number): boolean {
  if (!/^(?:assigned|owned|handled)$/.test(reading.tokens[index]?.lower ?? '')) return false;
  const span = spans.find(({ indexes }) => indexes.includes(index));
  if (span === undefined || span.indexes.length > 1) return false;
  used.add(span);
  return true;
}

/** Several values of one dimension are alternatives: "urgent and high tickets", "EMEA or APAC". */
export function merge(draft: Draft, dimension: string, value: string, isNegated: boolean, at: number): void {
  takeJoiner(draft, at);
  const ops = isNegated ? (['neq', 'not_in'] as const) : (['eq', 'in'] as const);
  for (const group of draft.where) {
    const [only] = group.any;
    if (!only || group.any.length > 1 || only.dimension !== dimension) continue;
    const continuesNegation = (only.op === 'neq' || only.op === 'not_in') && isJoinedBefore(draft, at);
    if (only.op === ops[0] || only.op === ops[1] || continuesNegation) {
      const isNot = only.op === 'neq' || only.op === 'not_in';
      group.any = [{ dimension, op: isNot ? 'not_in' : 'in', values: [...new Set([...only.values, value])] }];
      // "EMEA vs APAC" shows the two side by side.
      const joiner = draft.understood.reading.tokens[at - 1];
      const isCompared =
        joiner?.word === 'versus' ||
        (joiner?.word === 'and' && !isNot && /^(?:compare|compared|comparing)$/.test(comparison(draft)));
      const isSideBySide = isCompared && !draft.groupBy.some((one) => one.dimension === dimension);
      if (isSideBySide) draft.groupBy = [...draft.groupBy, { dimension }];
      return;
    }
  }
  const joiner = draft.understood.reading.tokens[at - 1]?.word;
  if (joiner === 'versus') throw refuse('unclear', `“${joiner}” between different properties`);
  pushBeside(draft, { dimension, op: ops[0], values: [value] }, at);
}

/** "Urgent or escalated tickets": either of two properties that are named side by side is enough. */
export function pushBeside(draft: Draft, filter: Filter, at: number): void {
  const { reading, spans } = draft.understood;
  if (reading.tokens[at - 1]?.word !== 'or') {
    push(draft, filter);
    return;
  }
  const before = spans.find((span) => span.to === at - 1 && draft.used.has(span));
  const own = new Set([
    ...(before ? meaningsOf(before, 'value').map((one) => one.dimension) : []),
    ...(before ? meaningsOf(before, 'dimension').map((one) => one.id) : []),
  ]);
  const group = draft.where.findLast(({ any }) => any.every(({ dimension }) => own.has(dimension)));
  if (!group) throw refuse('unclear', '“or” between different properties');
  draft.usedTokens.add(at - 1);
  group.any.push(filter);
}

const comparison = (draft: Draft): string =>
  draft.understood.reading.tokens.find((token) => /^compar/.test(token.word))?.word ?? '';

export function isJoinedBefore(draft: Draft, at: number): boolean {
  const token = draft.understood.reading.tokens[joinerAt(draft, at)];
  return (
    token !== undefined && (token.kind === 'comma' || /^(?:and|or|nor|versus|plus|slash)$/.test(token.word))
  );
}

export function takeJoiner(draft: Draft, at: number): void {
  if (isJoinedBefore(draft, at)) draft.usedTokens.add(joinerAt(draft, at));
}

/** "New or still open", "in EMEA or in APAC": small words may follow what joins. */
export function joinerAt({ understood: { reading } }: Draft, at: number): number {
  let index = at - 1;
  while (/^(?:still|even|also|in|on|at|the)$/.test(reading.tokens[index]?.lower ?? '')) index -= 1;
  return index;
}

export function push(draft: Draft, filter: Filter): void {
  draft.where.push({ any: [filter] });
}
