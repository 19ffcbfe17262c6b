import type { Span } from '../span.ts';
import type { Token } from '../token.ts';
import type { Draft } from './draft.ts';
import { groupingOf } from './group-by.ts';

/** "Deals with a next step", "tickets that have a root cause": the property is not empty; a number is above nought. */
export function addPresence(draft: Draft, span: Span): void {
  const { reading, spans, numbers, lengths, names, time } = draft.understood;
  const { tokens } = reading;
  const [article, verb] = [tokens[span.from - 1], tokens[span.from - 2]];
  if (!/^(?:a|an|any|some)$/.test(article?.lower ?? '') || !isHaving(verb)) return;
  // "With an amount over 50k" says how much, "with a stage of" which.
  if ([...numbers, ...lengths, ...names].some(({ from }) => from === span.to)) return;
  const isEnd = isEnding(tokens[span.to], (index) => reading.isFree(index));
  const at = span.from - 2;
  const isOfRecords = spans.some((one) => one.to <= at && at - one.to <= 2 && draft.used.has(one));
  if (!isEnd || !isOfRecords) return;
  const dimension = groupingOf(draft, span, () => true);
  if (dimension === null) return;
  const type = draft.catalogue.dimensions.get(dimension)?.type;
  // "Got a first reply today": on that day, not ever.
  if (time.range !== null && /^(?:date|instant)$/.test(type ?? '')) return;
  const isNumber = type === 'number';
  draft.used.add(span);
  draft.usedTokens.add(span.from - 1).add(at);
  draft.where.push({
    any: [{ dimension, ...(isNumber ? { op: 'gt', values: [0] } : { op: 'is_not_null', values: [] }) }],
  });
}

const isHaving = (token: Token | undefined): boolean =>
  /^(?:with|having|have|has|had|got|carry|carrying)$/.test(token?.lower ?? '');

function isEnding(token: Token | undefined, isFree: (index: number) => boolean): boolean {
  if (token === undefined || token.kind === 'comma' || !isFree(token.index)) return true;
  return /^(?:by|per|and|but|set|recorded|assigned|already|yet|attached|on|at)$/.test(token.lower);
}
