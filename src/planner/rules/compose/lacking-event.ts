import type { Span } from '../span.ts';
import { type Draft, meaningsOf } from './draft.ts';

/** "How many still without a first reply": the records to which that has not happened, and no kind of them. */
export function homeOfLacking({ catalogue, understood }: Draft, span: Span): string | null {
  const before = understood.reading.tokens.slice(Math.max(0, span.from - 2), span.from);
  if (!before.some(({ lower }) => /^(?:no|without|lacking|missing)$/.test(lower))) return null;
  const events = meaningsOf(span, 'dimension').flatMap(({ id }) => catalogue.dimensions.get(id) ?? []);
  return events.find(({ type, hidden }) => type === 'instant' && hidden !== true)?.entity ?? null;
}
