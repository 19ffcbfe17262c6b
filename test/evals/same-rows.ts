import type { CellValue } from '../../src/query/answer-data.ts';
import { answerForms, expectedForms } from './cell-forms.ts';
import type { ExpectedCell, ExpectedRows } from './expected-rows.ts';
import { factorsOf, sameNumber, type UnitColumn } from './same-number.ts';

export interface AnswerTable {
  readonly columns: readonly UnitColumn[];
  readonly rows: readonly (readonly CellValue[])[];
}

export interface RowRules {
  /** The asker's, for buckets of time. */
  readonly zone: string;
  /** The order matters. */
  readonly isOrdered: boolean;
  /** The answer may go on after the expected rows: the asker named no number. */
  readonly mayGoOn: boolean;
  /** The expected rows were cut at a number, so that a tie at their end may fall either way. */
  readonly isCut: boolean;
  /** Records are told by their first column; others need not be shown. */
  readonly isList: boolean;
}

/**
 * Whether an answer's rows are the expected ones. Every expected column must be found among the answer's, which may
 * have more; rows in any order unless it matters. Groups whose numbers are all nought may be shown or left out.
 */
export function sameRows(expected: ExpectedRows, answer: AnswerTable, rules: RowRules): boolean {
  const [first] = expected;
  if (first === undefined) return answer.rows.length === 0;
  const columns = first.map((_, index) => readColumn(expected, index));
  if (answer.rows.length === 0) return expected.every((row) => isEmpty(row, columns));
  if (answer.rows.length < expected.length && !columns.some(({ isNumber }) => isNumber)) return false;
  const filled = expected.filter((row) => !isEmpty(row, columns));
  const kept = filled.length > 0 ? filled : expected;
  const choices = columns.map((column) => candidates(column, kept, answer, rules));
  const needed = choices.flatMap((found, index) =>
    rules.isList && index > 0 && found.length === 0 ? [] : [{ found, column: columns[index] as Column }],
  );
  if (needed.some(({ found }) => found.length === 0)) return false;
  return assignments(needed.map(({ found }) => found)).some((chosen) =>
    fits(
      needed.map(({ column }) => column),
      chosen,
      expected,
      answer,
      rules,
    ),
  );
}

interface Column {
  readonly index: number;
  readonly isNumber: boolean;
}

/** A column of the answer that may be the expected one, and the unit that makes it so. */
interface Candidate {
  readonly at: number;
  readonly factor: number;
}

function readColumn(expected: ExpectedRows, index: number): Column {
  const cells = expected.map((row) => row[index] ?? null).filter((cell) => cell !== null);
  return { index, isNumber: cells.every((cell) => typeof cell === 'number') };
}

/** More rows than this tell nothing new about which column is meant. */
const sampleSize = 50;

/** Columns that hold the values of an expected one; whether they stand in the right rows is seen later. */
function candidates(
  column: Column,
  expected: ExpectedRows,
  answer: AnswerTable,
  { zone, isOrdered, isCut }: RowRules,
): readonly Candidate[] {
  const sample = expected.map((row) => row[column.index] ?? null).slice(0, sampleSize);
  return answer.columns.flatMap((shown, at) => {
    if (column.isNumber && shown.type === 'number') {
      const got = answer.rows.map((row) => numberOf(row[at] ?? null));
      return factorsOf(shown)
        .filter((factor) =>
          sample
            .map(numberOf)
            .every(
              (wanted) =>
                (wanted ?? 0) === 0 || got.some((number) => sameNumber(wanted, number, shown, factor)),
            ),
        )
        .map((factor) => ({ at, factor }));
    }
    const got = new Set(answer.rows.flatMap((row) => [...answerForms(row[at] ?? null, shown, zone)]));
    const isFound = (wanted: ExpectedCell): boolean =>
      [...expectedForms(wanted, zone)].some((form) => got.has(form));
    const isMeant = isOrdered && isCut ? sample.some(isFound) : sample.every(isFound);
    return isMeant ? [{ at, factor: 1 }] : [];
  });
}

/** Every way to give each expected column a column of its own. */
function assignments(choices: readonly (readonly Candidate[])[]): readonly (readonly Candidate[])[] {
  const [first, ...rest] = choices;
  if (first === undefined) return [[]];
  const tails = assignments(rest);
  return first.flatMap((one) =>
    tails.filter((tail) => tail.every(({ at }) => at !== one.at)).map((tail) => [one, ...tail]),
  );
}

/** A row as far as the expected columns go: its words in all spellings, its numbers in the expected unit. */
interface Line {
  readonly words: readonly ReadonlySet<string>[];
  readonly isEmpty: boolean;
  readonly numbers: readonly (number | null)[];
}

function fits(
  columns: readonly Column[],
  chosen: readonly Candidate[],
  expected: ExpectedRows,
  answer: AnswerTable,
  rules: RowRules,
): boolean {
  const pairs = columns.map((column, index) => ({ column, candidate: chosen[index] as Candidate }));
  // An expected number may be a label (a year, an hour of the day) where the answer has words or dates.
  const isMeasured = ({ column, candidate }: (typeof pairs)[number]): boolean =>
    column.isNumber && answer.columns[candidate.at]?.type === 'number';
  const measured = pairs.filter(isMeasured);
  const named = pairs.filter((pair) => !isMeasured(pair));
  const wanted = expected.map(
    (row): Line => ({
      words: named.map(({ column }) => expectedForms(row[column.index] ?? null, rules.zone)),
      numbers: measured.map(({ column }) => numberOf(row[column.index] ?? null)),
      isEmpty: named.length > 0 && isEmpty(row, columns),
    }),
  );
  const got = answer.rows.map((row): Line => {
    const numbers = measured.map(({ candidate }) => numberOf(row[candidate.at] ?? null));
    return {
      words: named.map(({ candidate }) =>
        answerForms(row[candidate.at] ?? null, answer.columns[candidate.at] as UnitColumn, rules.zone),
      ),
      numbers,
      isEmpty: named.length > 0 && numbers.length > 0 && numbers.every((number) => (number ?? 0) === 0),
    };
  });
  const isSameNumbers = (one: Line, other: Line): boolean =>
    measured.every(({ candidate }, index) =>
      sameNumber(
        one.numbers[index] ?? null,
        other.numbers[index] ?? null,
        answer.columns[candidate.at] as UnitColumn,
        candidate.factor,
      ),
    );
  return rules.isOrdered
    ? sameSequence(wanted, got, isSameNumbers, rules)
    : sameBag(wanted, got, isSameNumbers);
}

type SameNumbers = (wanted: Line, got: Line) => boolean;

/** Pairs every line with one of its own; what is left on either side must be empty. */
function sameBag(wanted: readonly Line[], got: readonly Line[], isSameNumbers: SameNumbers): boolean {
  const byWord = new Map<string, number[]>();
  for (const [at, line] of got.entries())
    for (const word of line.words[0] ?? ['']) byWord.set(word, [...(byWord.get(word) ?? []), at]);
  const used = new Set<number>();
  const left = wanted.filter((line) => {
    const places = [...(line.words[0] ?? [''])].flatMap((word) => byWord.get(word) ?? []);
    const at = places.find(
      (place) => !used.has(place) && isSameLine(line, got[place] as Line, isSameNumbers),
    );
    if (at !== undefined) used.add(at);
    return at === undefined;
  });
  return left.every((line) => line.isEmpty) && got.every((line, at) => used.has(at) || line.isEmpty);
}

function isSameLine(wanted: Line, got: Line, isSameNumbers: SameNumbers): boolean {
  return (
    wanted.words.every((forms, index) => [...forms].some((form) => got.words[index]?.has(form))) &&
    isSameNumbers(wanted, got)
  );
}

/** Place by place; lines with equal numbers may change places, and at a cut end give way to others of that number. */
function sameSequence(
  wanted: readonly Line[],
  got: readonly Line[],
  isSameNumbers: SameNumbers,
  { mayGoOn, isCut }: RowRules,
): boolean {
  const rest = got.slice(wanted.length);
  if (got.length < wanted.length) return false;
  if (!mayGoOn && rest.some((line) => !line.isEmpty)) return false;
  const front = got.slice(0, wanted.length);
  const hasNumbers = (wanted[0]?.numbers.length ?? 0) > 0;
  if (!hasNumbers) return wanted.every((line, at) => isSameLine(line, front[at] as Line, isSameNumbers));
  if (!wanted.every((line, at) => isSameNumbers(line, front[at] as Line)))
    return sameRuns(wanted, front, isSameNumbers);
  const last = front.at(-1) as Line;
  const isAtEnd = (line: Line): boolean => isCut && line.numbers.join() === last.numbers.join();
  const kept = front
    .map((line, at) => ({ line, want: wanted[at] as Line }))
    .filter(({ line }) => !isAtEnd(line));
  return sameBag(
    kept.map(({ want }) => want),
    kept.map(({ line }) => line),
    isSameNumbers,
  );
}

/**
 * Rows that are equal in what they are ordered by may stand in any order among themselves: the key is a number that only
 * rises, or only falls, down the expected rows, and each run of equal keys holds the same rows.
 */
function sameRuns(wanted: readonly Line[], got: readonly Line[], isSameNumbers: SameNumbers): boolean {
  const keys = wanted[0]?.numbers.map((_, index) => index) ?? [];
  return keys.some((key) => {
    const values = wanted.map(({ numbers }) => numbers[key] ?? null);
    const isFalling = values.every((value, at) => at === 0 || (value ?? 0) <= (values[at - 1] ?? 0));
    const isRising = values.every((value, at) => at === 0 || (value ?? 0) >= (values[at - 1] ?? 0));
    if (values.includes(null) || (!isFalling && !isRising) || new Set(values).size < 2) return false;
    const runs = [...new Set(values)].map((value) => ({
      from: values.indexOf(value),
      to: values.lastIndexOf(value) + 1,
    }));
    return runs.every(({ from, to }) => sameBag(wanted.slice(from, to), got.slice(from, to), isSameNumbers));
  });
}

function isEmpty(row: readonly ExpectedCell[], columns: readonly Column[]): boolean {
  const numbers = columns.filter(({ isNumber }) => isNumber);
  return numbers.length > 0 && numbers.every(({ index }) => (row[index] ?? 0) === 0);
}

const numberOf = (cell: CellValue | ExpectedCell): number | null => (typeof cell === 'number' ? cell : null);
