import { normalWords } from '../../src/catalogue/lookup.ts';
import type { ExpectedRows } from './expected-rows.ts';
import type { UnitColumn } from './same-number.ts';
import type { AnswerTable } from './same-rows.ts';

/**
 * An answer with its figures side by side, where the expected rows have them one below the other and say in a column which
 * is which: "won, 81,400 | lost, 50,250" of one row of two figures, "EUR, 2026-09, … | EUR, 2026-10, …" of this month
 * beside the last. The answer is turned only when every word in that column names one of the figures and no other.
 *
 * @returns the answer as it was expected; null when it cannot be read so
 */
export function oneBelowAnother(expected: ExpectedRows, { columns, rows }: AnswerTable): AnswerTable | null {
  const figures = columns.flatMap((column, at) =>
    column.role === 'metric' && !/__(?:change|share|target|to_target)$/.test(column.id)
      ? [{ column, at }]
      : [],
  );
  const groups = columns.flatMap(({ role }, at) => (role === 'dimension' ? [at] : []));
  const [first] = expected;
  const [figure, ...others] = figures;
  if (first === undefined || figure === undefined || others.length === 0) return null;
  if (others.some(({ column }) => column.format?.kind !== figure.column.format?.kind)) return null;
  for (const place of first.keys()) {
    const labels = [...new Set(expected.map((row) => row[place] ?? null))];
    if (labels.length !== figures.length || labels.some((label) => typeof label !== 'string')) continue;
    const named = byLabel(labels.map(String), figures);
    if (named === null) continue;
    return {
      columns: [labelColumn, ...groups.map((at) => columns[at] as UnitColumn), figure.column],
      rows: rows.flatMap((row) =>
        named.map(({ label, at }) => [label, ...groups.map((group) => row[group] ?? null), row[at] ?? null]),
      ),
    };
  }
  return null;
}

const labelColumn: UnitColumn = {
  id: 'label',
  label: 'Which',
  role: 'dimension',
  type: 'text',
  format: null,
  unit: null,
};

interface Figure {
  readonly column: UnitColumn;
  readonly at: number;
}

interface Named {
  readonly label: string;
  readonly at: number;
}

/** Which figure each word stands for; null when one stands for none or two for the same. */
function byLabel(labels: readonly string[], figures: readonly Figure[]): readonly Named[] | null {
  const isBefore = ({ column }: Figure): boolean => column.id.endsWith('__previous');
  const [now, before] = [figures.find((one) => !isBefore(one)), figures.find(isBefore)];
  if (figures.length === 2 && now !== undefined && before !== undefined) {
    const [newer, older, another] = labels.toSorted(newestFirst);
    if (newer === undefined || older === undefined || another !== undefined) return null;
    const isTold = (isDay(newer) && isDay(older)) || (laterWords.test(newer) && earlierWords.test(older));
    return isTold
      ? [
          { label: newer, at: now.at },
          { label: older, at: before.at },
        ]
      : null;
  }
  const named = labels.flatMap((label): readonly Named[] => {
    const [one, another] = figures.filter(({ column }) => sharesStem(label, `${column.id} ${column.label}`));
    return one === undefined || another !== undefined ? [] : [{ label, at: one.at }];
  });
  return new Set(named.map(({ at }) => at)).size === figures.length ? named : null;
}

const laterWords = /^(?:this|current|now)\b/i;
const earlierWords = /^(?:last|previous|prior|before)\b/i;
const isDay = (label: string): boolean => /^\d{4}-\d{2}/.test(label);
/** Days by their date; else what is now before what was. */
const newestFirst = (left: string, right: string): number =>
  isDay(left) && isDay(right)
    ? left < right
      ? 1
      : -1
    : Number(earlierWords.test(left)) - Number(earlierWords.test(right));

const stemLength = 4;

function sharesStem(label: string, name: string): boolean {
  const stems = (text: string): readonly string[] =>
    normalWords(text)
      .split(' ')
      .map((word) => word.slice(0, stemLength));
  const own = new Set(stems(name));
  return stems(label).some((stem) => own.has(stem));
}
