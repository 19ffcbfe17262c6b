/**
 * Reads comma-separated values strictly and streamed. In: bytes. Out: the header, then one event per row with the line
 * it begins at. It never guesses: a wrong separator, a doubtful header or an unclosed quote refuses the file.
 */
import type { Issue } from '../../toolkit/issue.ts';
import { noted, rejected, type SourceEvent } from '../source-event.ts';
import { decodeText } from '../text/decode-text.ts';
import { type Input, RefusedInput } from '../text/input-file.ts';
import { checkHeader } from './check-header.ts';
import { betterDelimiter, nameOfDelimiter } from './sniff-delimiter.ts';
import { type CsvRow, CsvSplitter, type FatalFault, type RowFault } from './split-csv.ts';

export interface CsvOptions {
  readonly delimiter?: string;
  readonly encoding?: string;
  /** Longest row in characters; a longer one is an unclosed quote more often than a row. Default 4 million. */
  readonly maxRowLength?: number;
}

export type CsvEvent =
  | { readonly kind: 'header'; readonly columns: readonly string[] }
  | { readonly kind: 'cells'; readonly line: number; readonly cells: readonly string[] }
  | Exclude<SourceEvent, { kind: 'accepted' | 'derived' }>;

const DEFAULT_MAX_ROW_LENGTH = 4 * 1024 * 1024;

/** @returns events in file order; the last is `file-read` or `refused`; never throws for content */
export async function* readCsv(input: Input, options: CsvOptions = {}): AsyncGenerator<CsvEvent> {
  for await (const batch of readCsvBatches(input, options)) yield* batch;
}

/** As `readCsv`, with the events of a piece of the file at once: a promise for every row would cost more than the row. */
export async function* readCsvBatches(
  input: Input,
  options: CsvOptions = {},
): AsyncGenerator<readonly CsvEvent[]> {
  const cleaning = { removed: 0 };
  const table = new TableReader(input.name, options);
  try {
    const decoding = { cleaning, ...(options.encoding === undefined ? {} : { encoding: options.encoding }) };
    for await (const text of decodeText(input, decoding)) {
      const { events, fault } = table.take(text);
      if (events.length > 0) yield events;
      if (fault !== null) throw new RefusedInput(fault);
    }
    const { events, fault } = table.finish();
    if (events.length > 0) yield events;
    if (fault !== null) throw new RefusedInput(fault);
    const finished = await input.finish();
    if (cleaning.removed > 0) yield [removedNote(input.name, cleaning.removed)];
    yield [{ kind: 'file-read', file: input.name, ...finished }];
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const events = table.flush();
    if (events.length > 0) yield events;
    yield [{ kind: 'refused', issues: [error.issue] }];
  }
}

interface Taken {
  readonly events: readonly CsvEvent[];
  readonly fault: Issue | null;
}

/** Turns rows into events; knows the header. */
class TableReader {
  private readonly file: string;
  private readonly delimiter: string;
  private readonly splitter: CsvSplitter;
  /** Text before the end of the first line, which shows the separator. */
  private head: string | null = '';
  private columns: readonly string[] | null = null;
  private hasRows = false;
  private isBlank = false;
  private isFaulty = false;
  private skipped = 0;

  constructor(file: string, options: CsvOptions) {
    this.file = file;
    this.delimiter = options.delimiter ?? ',';
    const maxRowLength = options.maxRowLength ?? DEFAULT_MAX_ROW_LENGTH;
    this.splitter = new CsvSplitter({ delimiter: this.delimiter, maxRowLength });
  }

  take(text: string): Taken {
    if (this.head === null) return this.eventsOf(this.splitter.push(text));
    this.head += text;
    if (!hasWholeLine(this.head) && this.head.length < HEAD_LIMIT) return { events: [], fault: null };
    const { head } = this;
    this.head = null;
    const fault = foreignTable(this.file, head) ?? otherSeparator(this.file, head, this.delimiter);
    return fault === null ? this.eventsOf(this.splitter.push(head)) : { events: [], fault };
  }

  /** Whole rows before the place at which the file broke; the same however it was cut. */
  flush(): readonly CsvEvent[] {
    return this.isFaulty || this.head !== null ? [] : this.eventsOf(this.splitter.flush()).events;
  }

  finish(): Taken {
    const events: CsvEvent[] = [];
    if (this.head !== null) {
      const { head } = this;
      this.head = null;
      const early = foreignTable(this.file, head) ?? otherSeparator(this.file, head, this.delimiter);
      if (early !== null) return { events, fault: early };
      const first = this.eventsOf(this.splitter.push(head));
      events.push(...first.events);
      if (first.fault !== null) return { events, fault: first.fault };
    }
    const last = this.eventsOf(this.splitter.end());
    events.push(...last.events);
    if (last.fault !== null) return { events, fault: last.fault };
    const fatal = this.splitter.fatal();
    if (fatal !== null) return { events, fault: fatalIssue(this.file, fatal) };
    if (this.skipped > 0) events.push({ kind: 'skipped', lines: this.skipped });
    this.skipped = 0;
    if (this.columns === null) {
      const what = this.isBlank ? 'holds nothing but blank lines' : 'is empty';
      const message = `${what}; export it again, or delete the file`;
      return { events, fault: { code: 'file-empty', path: this.file, message } };
    }
    if (!this.hasRows) events.push(noted(this.file, 'no-rows', 'holds a header and no rows') as CsvEvent);
    return { events, fault: null };
  }

  private eventsOf(rows: readonly CsvRow[]): Taken {
    const events: CsvEvent[] = [];
    for (const row of rows) {
      if (row.cells === null) {
        this.skipped += 1;
        this.isBlank = true;
        continue;
      }
      if (this.skipped > 0) events.push({ kind: 'skipped', lines: this.skipped });
      this.skipped = 0;
      if (this.columns === null) {
        const fault = this.readHeader(row, row.cells, events);
        this.isFaulty = fault !== null;
        if (fault !== null) return { events, fault };
      } else {
        this.hasRows = true;
        events.push(rowEvent(this.file, row, row.cells, this.columns, this.delimiter));
      }
    }
    return { events, fault: null };
  }

  private readHeader(row: CsvRow, cells: readonly string[], events: CsvEvent[]): Issue | null {
    const columns = cells.map((name) => name.trim());
    if (row.fault !== null) {
      const message = `has a quotation mark where none can be in its first line (${faultText[row.fault.kind]}); put each name in quotes or in none`;
      return { code: 'header-unreadable', path: `${this.file}:${row.line}`, message };
    }
    const issue = checkHeader(this.file, row.line, columns);
    if (issue !== null) return issue;
    this.columns = columns;
    events.push({ kind: 'header', columns });
    return null;
  }
}

const faultText: Readonly<Record<RowFault['kind'], string>> = {
  'quote-inside': 'has a quotation mark inside a field',
  'text-after-quote': 'has text behind the closing quotation mark',
};

function rowEvent(
  file: string,
  row: CsvRow,
  cells: readonly string[],
  columns: readonly string[],
  delimiter: string,
): CsvEvent {
  const { line, fault } = row;
  const reject = (reason: string, fix: string, field: string | null = null): CsvEvent =>
    rejected(file, line, reason, field, cells.join(delimiter), fix) as CsvEvent;
  if (fault !== null) {
    const fix = 'put the whole field in quotation marks and double those inside: "say ""yes"""';
    return reject(faultText[fault.kind], fix, columns[fault.column] ?? null);
  }
  if (cells.length === columns.length) {
    if (!isHeaderAgain(cells, columns)) return { kind: 'cells', line, cells };
    return reject('repeats the header', 'delete the line; the file was probably put together from several');
  }
  const reason = `has ${cells.length} ${cells.length === 1 ? 'column' : 'columns'} where the header has ${columns.length}`;
  if (cells.length > columns.length)
    return reject(reason, `put a value that holds ${nameOfDelimiter(delimiter)} in quotation marks`);
  return reject(
    reason,
    'add what is missing; when it is the last line, the file was cut off: export it again',
  );
}

function isHeaderAgain(cells: readonly string[], columns: readonly string[]): boolean {
  return cells[0]?.trim() === columns[0] && cells.every((cell, index) => cell.trim() === columns[index]);
}

function fatalIssue(file: string, fault: FatalFault): Issue {
  const message =
    fault.kind === 'quote-open'
      ? 'opens a quotation mark that is never closed; add the missing one, or export the file again if it was cut off'
      : 'begins a row that is longer than 4 million characters; a quotation mark is probably missing in it';
  return { code: 'row-unterminated', path: `${file}:${fault.line}`, message };
}

/** A first line that is longer is no header; what it is shows later. */
const HEAD_LIMIT = 1_048_576;

const hasWholeLine = (head: string): boolean => /[\r\n]/.test(head.trimStart());

function otherSeparator(file: string, head: string, delimiter: string): Issue | null {
  const header = head.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  const better = betterDelimiter(header, delimiter);
  if (better === null) return null;
  const line = 1 + (/^\s*/.exec(head)?.[0].match(/\r\n|\n|\r/g)?.length ?? 0);
  return {
    code: 'wrong-delimiter',
    path: `${file}:${line}`,
    message: `is separated by ${nameOfDelimiter(better)}, not ${nameOfDelimiter(delimiter)}; add delimiter: ${JSON.stringify(better)} to this file in a mapping`,
    suggestions: [better],
  };
}

function foreignTable(file: string, head: string): Issue | null {
  if (!/^\s*[[{][ \t]*["{[\r\n]/.test(head)) return null;
  const message = 'holds JSON, not CSV; name it .json, or .ndjson when each line is a record';
  return { code: 'file-foreign', path: file, message };
}

/** The note that characters were removed from a file. */
export function removedNote(file: string, count: number): Extract<SourceEvent, { kind: 'note' }> {
  const message =
    'characters removed that no text should hold (NUL and other control characters, byte order marks, half surrogates, marks that turn the direction of reading)';
  return { kind: 'note', note: { code: 'characters-removed', file, message, count } };
}
