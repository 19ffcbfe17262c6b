/** One row of a table, or a blank line. */
export interface CsvRow {
  /** 1-based line at which the row begins. */
  readonly line: number;
  /** Null for a blank line. */
  readonly cells: readonly string[] | null;
  /** Why the row cannot be trusted; the next one begins at the next line end. */
  readonly fault: RowFault | null;
}

export interface RowFault {
  readonly kind: 'quote-inside' | 'text-after-quote';
  /** 0-based column of the fault. */
  readonly column: number;
}

/** After it nobody knows where the next row begins. */
export interface FatalFault {
  readonly kind: 'quote-open' | 'row-too-long';
  readonly line: number;
}

export interface CsvFormat {
  /** One character. */
  readonly delimiter: string;
  /** Longest row in characters. */
  readonly maxRowLength: number;
}

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Cuts text into rows by RFC 4180: fields may be quoted, a quotation mark inside is doubled, lines end with LF, CRLF or
 * CR. Push text, take rows; the rows do not depend on how the text is cut. It is strict: a quotation mark in the middle
 * of a field makes its row faulty, and the rows around it are read as if it were not there.
 */
export class CsvSplitter {
  private readonly delimiter: number;
  private readonly maxRowLength: number;
  private rest = '';
  /** Text that is not looked at yet, because a long row would be scanned again for each piece. */
  private waiting: string[] = [];
  private waitingLength = 0;
  private line = 1;
  private problem: FatalFault | null = null;

  // State of the row at hand.
  private start = 0;
  private at = 0;
  private rowBreaks = 0;
  private cells: string[] = [];
  private fault: RowFault | null = null;

  constructor(format: CsvFormat) {
    this.delimiter = format.delimiter.charCodeAt(0);
    this.maxRowLength = format.maxRowLength;
  }

  push(text: string): readonly CsvRow[] {
    if (this.problem !== null) return [];
    this.waiting.push(text);
    this.waitingLength += text.length;
    return this.waitingLength < this.rest.length ? [] : this.run(false);
  }

  /** Whole rows of what was pushed and not yet looked at. */
  flush(): readonly CsvRow[] {
    return this.problem !== null ? [] : this.run(false);
  }

  /** Rows of a last line without an end. */
  end(): readonly CsvRow[] {
    return this.problem !== null ? [] : this.run(true);
  }

  fatal(): FatalFault | null {
    return this.problem;
  }

  private run(isFinal: boolean): readonly CsvRow[] {
    const text = this.rest + this.waiting.join('');
    this.waiting = [];
    this.waitingLength = 0;
    const rows: CsvRow[] = [];
    let start = 0;
    while (start < text.length) {
      this.at = start;
      this.start = start;
      const isWhole = this.readRow(text, isFinal);
      if (this.isTooLong() || this.problem !== null || !isWhole) break;
      const isBlank = this.cells.length === 1 && this.fault === null && isBlankLine(text, start, this.at);
      rows.push({ line: this.line, cells: isBlank ? null : this.cells, fault: this.fault });
      this.line += this.rowBreaks;
      start = this.at;
    }
    this.rest = this.problem === null ? text.slice(start) : '';
    return rows;
  }

  /** Leaves `at` behind the row. @returns false when the text ends before the row does */
  private readRow(text: string, isFinal: boolean): boolean {
    this.cells = [];
    this.fault = null;
    this.rowBreaks = 0;
    for (;;) {
      const isWhole =
        text.charCodeAt(this.at) === QUOTE ? this.readQuoted(text, isFinal) : this.readPlain(text, this.at);
      if (!isWhole || this.problem !== null) return false;
      if (this.at >= text.length) return isFinal;
      const code = text.charCodeAt(this.at);
      if (code === this.delimiter) {
        this.at += 1;
        continue;
      }
      return this.endLine(text, code, isFinal);
    }
  }

  private endLine(text: string, code: number, isFinal: boolean): boolean {
    if (code === CARRIAGE_RETURN) {
      // The other half of CRLF may come with the next piece.
      if (this.at + 1 >= text.length && !isFinal) {
        this.at += 1;
        return false;
      }
      if (text.charCodeAt(this.at + 1) === LINE_FEED) this.at += 1;
    }
    this.at += 1;
    this.rowBreaks += 1;
    return true;
  }

  private readPlain(text: string, from: number): boolean {
    const { delimiter } = this;
    let at = from;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === delimiter || code === LINE_FEED || code === CARRIAGE_RETURN) break;
      if (code === QUOTE) this.fault ??= { kind: 'quote-inside', column: this.cells.length };
    }
    this.cells.push(text.slice(from, at));
    this.at = at;
    return true;
  }

  private readQuoted(text: string, isFinal: boolean): boolean {
    const from = this.at + 1;
    let close = text.indexOf('"', from);
    let isDoubled = false;
    while (close !== -1 && text.charCodeAt(close + 1) === QUOTE) {
      isDoubled = true;
      close = text.indexOf('"', close + 2);
    }
    if (close === -1 || (close + 1 >= text.length && !isFinal)) {
      if (isFinal) this.problem = { kind: 'quote-open', line: this.line + this.rowBreaks };
      this.at = text.length;
      return false;
    }
    this.at = close + 1;
    if (this.isTooLong()) return true;
    const code = text.charCodeAt(this.at);
    const isOver =
      this.at >= text.length || code === this.delimiter || code === LINE_FEED || code === CARRIAGE_RETURN;
    if (!isOver) {
      // Whatever the quotation mark was meant for, it does not enclose lines: the row ends with its line.
      this.fault ??= { kind: 'text-after-quote', column: this.cells.length };
      return this.readPlain(text, from - 1);
    }
    const inside = text.slice(from, close);
    this.rowBreaks += countBreaks(inside);
    this.cells.push(isDoubled ? inside.replaceAll('""', '"') : inside);
    return true;
  }

  /** Asked wherever the row at hand has grown, so that the answer does not depend on how the text is cut. */
  private isTooLong(): boolean {
    if (this.at - this.start <= this.maxRowLength) return false;
    this.problem = { kind: 'row-too-long', line: this.line };
    return true;
  }
}

function isBlankLine(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== LINE_FEED && code !== CARRIAGE_RETURN) return false;
  }
  return true;
}

function countBreaks(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) count += 1;
    else if (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED) count += 1;
  }
  return count;
}
