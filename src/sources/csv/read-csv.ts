/**
 * Reads comma-separated values strictly and streamed. In: bytes. Out: the header, then one event per row with the line
 * it begins at. It never guesses: a wrong separator, a doubtful header or an unclosed quote refuses the file.
 */
import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import type { Issue } from '../../toolkit/issue.ts';
import { rejected, type SourceEvent } from '../source-event.ts';
import { decodeText } from '../text/decode-text.ts';
import { type Input, RefusedInput } from '../text/input-file.ts';
import { checkHeader } from './check-header.ts';
import { betterDelimiter, nameOfDelimiter } from './sniff-delimiter.ts';

export interface CsvOptions {
  readonly delimiter?: string;
  readonly encoding?: string;
  /** Longest row in bytes; a longer one is an unclosed quote more often than a row. Default 4 MB. */
  readonly maxRowBytes?: number;
}

export type CsvEvent =
  | { readonly kind: 'header'; readonly columns: readonly string[] }
  | { readonly kind: 'cells'; readonly line: number; readonly cells: readonly string[] }
  | Exclude<SourceEvent, { kind: 'accepted' | 'derived' }>;

const DEFAULT_MAX_ROW_BYTES = 4 * 1024 * 1024;
/** Rows with these faults leave no way to know where the next row begins. */
const fatalCodes: readonly string[] = ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'];

/** @returns events in file order; the last is `file-read` or `refused`; never throws for content */
export async function* readCsv(input: Input, options: CsvOptions = {}): AsyncGenerator<CsvEvent> {
  const cleaning = { removed: 0 };
  const faults: RowFault[] = [];
  try {
    const decoding = { cleaning, ...(options.encoding === undefined ? {} : { encoding: options.encoding }) };
    const text = checkSeparator(input.name, decodeText(input, decoding), options.delimiter ?? ',');
    yield* rowsOf(input.name, parserOf(text, options, faults), faults);
    if (cleaning.removed > 0) yield removedNote(input.name, cleaning.removed);
    yield { kind: 'file-read', file: input.name, ...(await input.finish()) };
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    yield { kind: 'refused', issues: [error.issue] };
  }
}

interface RowFault {
  readonly code: string;
  readonly line: number;
}

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number; readonly empty_lines: number };
}

async function* rowsOf(
  file: string,
  rows: AsyncIterable<ParsedRow>,
  faults: RowFault[],
): AsyncGenerator<CsvEvent> {
  let columns: readonly string[] | undefined;
  let lastLine = 0;
  let empty = 0;
  for await (const { record, info } of rows) {
    for (const fault of takeFaults(faults, info.lines)) {
      yield strayQuote(file, fault);
      lastLine = Math.max(lastLine, fault.line);
    }
    const skipped = info.empty_lines - empty;
    empty = info.empty_lines;
    if (skipped > 0) yield { kind: 'skipped', lines: skipped };
    const line = Math.min(lastLine + 1 + skipped, info.lines);
    lastLine = info.lines;
    if (columns === undefined) {
      columns = record.map((name) => name.trim());
      refuseWhen(checkHeader(file, columns));
      yield { kind: 'header', columns };
    } else if (record.length !== columns.length) {
      const reason = `has ${record.length} columns where the header has ${columns.length}`;
      yield rejected(file, line, reason, null, record.join(', ')) as CsvEvent;
    } else {
      yield { kind: 'cells', line, cells: record };
    }
  }
  for (const fault of takeFaults(faults, Number.POSITIVE_INFINITY)) {
    if (fatalCodes.includes(fault.code)) refuseWhen(fatalIssue(file, fault, lastLine + 1));
    yield strayQuote(file, fault);
    lastLine = Math.max(lastLine, fault.line);
  }
  if (columns === undefined) refuseWhen({ code: 'file-empty', path: file, message: 'is empty' });
}

/** The parser reads ahead: only faults before the row at hand are due. What is fatal is last by nature. */
function takeFaults(faults: RowFault[], beforeLine: number): readonly RowFault[] {
  const due = faults.findIndex((fault) => fault.line >= beforeLine || fatalCodes.includes(fault.code));
  const count = due === -1 || beforeLine === Number.POSITIVE_INFINITY ? faults.length : due;
  return faults.splice(0, count);
}

function strayQuote(file: string, fault: RowFault): CsvEvent {
  const reason = 'has a quotation mark inside a field; double it and put the field in quotes';
  return rejected(file, fault.line, reason) as CsvEvent;
}

function fatalIssue(file: string, fault: RowFault, line: number): Issue {
  const message =
    fault.code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'opens a quote that is never closed; the file is cut off or a quotation mark is missing'
      : 'begins a row that is too long; a quotation mark is probably missing';
  return { code: 'row-unterminated', path: `${file}:${line}`, message };
}

function refuseWhen(issue: Issue | null): void {
  if (issue !== null) throw new RefusedInput(issue);
}

function parserOf(
  text: AsyncIterable<string>,
  options: CsvOptions,
  faults: RowFault[],
): AsyncIterable<ParsedRow> {
  const parser = parse({
    delimiter: options.delimiter ?? ',',
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: options.maxRowBytes ?? DEFAULT_MAX_ROW_BYTES,
    on_skip: (error: CsvError | undefined) => {
      if (error) faults.push({ code: error.code, line: Number(error['lines']) });
      return undefined;
    },
  });
  const source = Readable.from(text);
  source.on('error', (error) => parser.destroy(error));
  parser.on('close', () => source.destroy());
  return source.pipe(parser) as AsyncIterable<ParsedRow>;
}

/** Passes the text through; stops before the first row when the header was written with another separator. */
async function* checkSeparator(
  file: string,
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<string> {
  let head = '';
  let checked = false;
  for await (const part of text) {
    if (!checked) {
      head += part;
      if (!/[\r\n]/.test(head.trimStart()) && head.length < 65_536) continue;
      refuseOtherSeparator(file, head, delimiter);
      checked = true;
      yield head;
    } else {
      yield part;
    }
  }
  if (!checked && head !== '') {
    refuseOtherSeparator(file, head, delimiter);
    yield head;
  }
}

function refuseOtherSeparator(file: string, head: string, delimiter: string): void {
  const header = head.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  const better = betterDelimiter(header, delimiter);
  if (better === null) return;
  throw new RefusedInput({
    code: 'wrong-delimiter',
    path: `${file}:1`,
    message: `is separated by ${nameOfDelimiter(better)}, not ${nameOfDelimiter(delimiter)}; set delimiter: ${JSON.stringify(better)} for this file in a mapping`,
    suggestions: [better],
  });
}

/** The note that characters were removed from a file. */
export function removedNote(file: string, count: number): Extract<SourceEvent, { kind: 'note' }> {
  const message = 'characters removed that a database cannot hold (NUL, byte order marks, half surrogates)';
  return { kind: 'note', note: { code: 'characters-removed', file, message, count } };
}
