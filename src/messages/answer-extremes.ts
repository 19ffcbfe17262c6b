import { formatCell, unknownCell } from './answer-cells.ts';
import type { AnswerView } from './answer-view.ts';

/** The row that a headline names, of groups or of a course. */
export interface Extreme {
  readonly row: AnswerView['rows'][number];
  readonly word: 'highest' | 'lowest';
  readonly written: string;
}

/** The highest, or the lowest where the lowest were to come first; null where amounts are in several currencies. */
export function extremes(view: AnswerView, index: number): Extreme | null {
  return isMixed(view) ? null : extremeOf(view, view.rows, index);
}

function extremeOf(view: AnswerView, rows: AnswerView['rows'], index: number): Extreme | null {
  const column = view.columns[index];
  if (!column) return null;
  const isLowest = view.direction === 'asc';
  let best: AnswerView['rows'][number] | null = null;
  for (const row of rows) {
    const value = row[index];
    if (typeof value !== 'number') continue;
    const other = best === null ? null : Number(best[index]);
    if (other === null || (isLowest ? value < other : value > other)) best = row;
  }
  return (
    best && {
      row: best,
      word: isLowest ? 'lowest' : 'highest',
      written: formatCell(view, best[index] ?? null, column, best),
    }
  );
}

/** "highest is Acme with €12,500, and Ada Mills with $800": the first in each currency. */
export function highestOfEach(view: AnswerView, index: number): string | null {
  const currencyAt = view.columns.findIndex(({ id }) => id === 'currency');
  if (currencyAt === -1) return null;
  const currencies = [...new Set(view.rows.map((row) => row[currencyAt] ?? null))];
  const found = currencies.flatMap((currency) => {
    const rows = view.rows.filter((row) => (row[currencyAt] ?? null) === currency);
    return extremeOf(view, rows, index) ?? [];
  });
  const [first] = found;
  if (!first || found.length > 3) return null;
  return `${first.word} is ${found.map((one) => `${groupName(view, one.row)} with ${one.written}`).join(', and ')}`;
}

/** "€90 in Jan 2026, €103 in Oct 2026; $120 in Jan 2026, $140 in Oct 2026": where a course in several currencies went. */
export function endsOfEach(
  view: AnswerView,
  index: number,
  { time, nameOf }: { readonly time: number; readonly nameOf: (bucket: string) => string },
): string | null {
  const column = view.columns[index];
  const currencyAt = view.columns.findIndex(({ id }) => id === 'currency');
  const isSingle = view.columns.filter(({ role }) => role === 'dimension').length === 2;
  if (!column || currencyAt === -1 || !isSingle) return null;
  const currencies = [...new Set(view.rows.map((row) => row[currencyAt] ?? null))];
  const said = currencies.flatMap((currency) => {
    const rows = view.rows
      .filter((row) => (row[currencyAt] ?? null) === currency && typeof row[index] === 'number')
      .toSorted((a, b) => (String(a[time]) < String(b[time]) ? -1 : 1));
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last || first === last) return [];
    const point = (row: AnswerView['rows'][number]): string =>
      `${formatCell(view, row[index] ?? null, column, row)} in ${nameOf(String(row[time] ?? ''))}`;
    return [`from ${point(first)} to ${point(last)}`];
  });
  return said.length === currencies.length && said.length <= 3 ? said.join('; ') : null;
}

export const isMixed = ({ columns, rows }: AnswerView): boolean =>
  rows.length > 0 && columns.some(({ id }) => id === 'currency');

/** What the groups of a row are called, without its currency. */
export function groupName(view: AnswerView, row: AnswerView['rows'][number]): string {
  return view.columns
    .flatMap((column, index) =>
      column.role === 'dimension' && column.id !== 'currency'
        ? [formatCell(view, row[index] ?? null, column)]
        : [],
    )
    .map((name) => (name === unknownCell ? '(none)' : name))
    .join(', ');
}
