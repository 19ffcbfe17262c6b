import type { TimeRange } from '../../../query/metric-query.ts';
import { tells, toCome } from '../date-events.ts';
import { grammarWords } from '../grammar-words.ts';
import type { Draft } from './draft.ts';
import { Unplannable } from './problem.ts';

/**
 * "My deals in October": closing then, or created then? Of a period that is over both are as likely, and nothing says which. Of
 * what lies ahead or still runs it is the day to come.
 *
 * @param began the date by which the records begin
 */
export function askWhichDate(draft: Draft, began: string | null): void {
  const { catalogue, entity, time, subject } = draft;
  const due = catalogue.entities.get(entity)?.defaultTime ?? null;
  const isOpen =
    draft.metrics.length === 0 && draft.timeDimension === null && time !== null && isOver(time, draft);
  if (!isOpen || due === null || began === null || began === due || !tells(catalogue, due, toCome)) return;
  if (subject === 'none' || !namesOnlyRows(draft)) return;
  const list = {
    kind: 'list' as const,
    entity,
    columns: [],
    time,
    where: [],
    orderBy: [],
    limit: 10,
    subject,
  };
  const label = (id: string): string => `By “${catalogue.dimensions.get(id)?.label ?? id}”`.slice(0, 70);
  throw new Unplannable({
    kind: 'ask',
    question: 'Which date do you mean?',
    options: [
      { label: label(due), plan: list },
      { label: label(began), plan: { ...list, timeDimension: began } },
    ],
  });
}

function isOver(range: TimeRange, { understood: { today } }: Draft): boolean {
  if (range.kind === 'relative') return range.completeOnly;
  if (range.kind !== 'calendar' || range.unit !== 'month' || range.number === undefined) return false;
  return (range.year ?? today.year) < today.year || range.number < today.month;
}

/** The noun of the rows and a period, and no word that could say which date it is. */
function namesOnlyRows({ understood, where, related, having }: Draft): boolean {
  const { spans, names, numbers, ranking, kind, reading } = understood;
  if (where.length + related.length + having.length + names.length + numbers.length > 0) return false;
  const [only, another] = spans;
  if (!only || another || only.indexes.length > 1 || ranking !== null || kind.countAt !== null) return false;
  return reading.tokens.every(
    (token) =>
      !reading.isFree(token.index) ||
      only.indexes.includes(token.index) ||
      token.kind !== 'word' ||
      grammarWords.has(token.lower) ||
      /^(?:my|our|show|list|me|all|the|in|for|of|from|please|give|what|are|were)$/.test(token.lower),
  );
}
