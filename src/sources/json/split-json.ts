/** One element of an array that stands at the root of a JSON text or directly below it, or a line of records. */
export interface JsonElement {
  /** Key of the array in the root object, for example `records`; null when the root is the array. */
  readonly key: string | null;
  /** 1-based line at which the element begins. */
  readonly line: number;
  /** Only the beginning when it is too long. */
  readonly text: string;
  readonly isTooLong: boolean;
  /** A line of its own: an empty one is no record. */
  readonly isLine: boolean;
}

/** What is wrong with the text around the elements. */
export interface FrameFault {
  readonly line: number;
  readonly message: string;
}

/** Longest record in characters. */
const RECORD_LIMIT = 4 * 1024 * 1024;
/** What is kept of a longer one, to be shown. */
const KEPT = 1_000;

/** The text of a record while it comes in; no more of it is held than a record may have. */
class RecordText {
  private parts: string[] = [];
  private length = 0;

  add(text: string): void {
    if (this.length <= RECORD_LIMIT) this.parts.push(text);
    this.length += text.length;
    if (this.length > RECORD_LIMIT && this.parts.length > 0)
      this.parts = [this.parts.join('').slice(0, KEPT)];
  }

  take(): { readonly text: string; readonly isTooLong: boolean } {
    const isTooLong = this.length > RECORD_LIMIT;
    const text = this.parts.length === 1 ? (this.parts[0] ?? '') : this.parts.join('');
    this.parts = [];
    this.length = 0;
    return { text, isTooLong };
  }
}

/**
 * Cuts a JSON text into the elements of its arrays without parsing it as a whole, so that a large export is streamed,
 * every record has a line, and one broken record does not lose its neighbours. Push text, take elements; `fault` says
 * at the end what is wrong with the frame.
 */
export class JsonSplitter {
  private line = 1;
  private depth = 0;
  private root: string | null = null;
  private closed = false;
  private inString = false;
  private escaped = false;
  /** Depth of the elements of the open array; 0 when none is open. */
  private elementDepth = 0;
  private key: string | null = null;
  private keyText: string | null = null;
  private record = new RecordText();
  private startedAt: number | null = null;
  private hadList = false;
  /** Behind a comma an element must come, even an empty one. */
  private isDue = false;
  private problem: FrameFault | null = null;

  /** Takes more text; returns the elements that it completed. */
  push(text: string): JsonElement[] {
    const done: JsonElement[] = [];
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charAt(at);
      const wasInside = this.startedAt !== null;
      const ends = this.inString ? this.stepString(character) : this.step(character);
      if (!wasInside && this.startedAt !== null) from = at;
      if (ends) this.finishElement(text.slice(from, at), character, done);
      if (character === '\n') this.line += 1;
    }
    if (this.startedAt !== null) this.record.add(text.slice(from));
    return done;
  }

  /** The element that the text was cut off in, so that it is told by its own line as well. */
  end(): JsonElement | null {
    if (this.startedAt === null || this.problem !== null) return null;
    const element = { key: this.key, line: this.startedAt, ...this.record.take(), isLine: false };
    this.startedAt = null;
    return element.isTooLong ? element : null;
  }

  /** Asked after the last push. */
  fault(): FrameFault | null {
    if (this.problem !== null) return this.problem;
    if (this.root === null) return { line: 1, message: 'is empty; export it again, or delete the file' };
    if (!this.closed)
      return { line: this.line, message: 'ends before its JSON does; it looks cut off: export it again' };
    if (!this.hadList) {
      const message =
        'is a single object without a list of records; put the record in a list: [{…}], or name it .ndjson';
      return { line: 1, message };
    }
    return null;
  }

  private finishElement(piece: string, by: string, done: JsonElement[]): void {
    if (this.startedAt !== null) {
      this.record.add(piece);
      done.push({ key: this.key, line: this.startedAt, ...this.record.take(), isLine: false });
    } else if (this.isDue || by === ',') {
      done.push({ key: this.key, line: this.line, text: '', isTooLong: false, isLine: false });
    }
    this.startedAt = null;
    this.isDue = by === ',';
  }

  /** @returns true when the element before this character is complete */
  private step(character: string): boolean {
    switch (character) {
      case '"':
        this.inString = true;
        if (this.closed) this.complain(textAfterEnd);
        else if (this.root === null) this.complain(notRecords);
        if (this.root === '{' && this.depth === 1) this.keyText = '';
        this.begin();
        return false;
      case '{':
      case '[':
        this.open(character);
        return false;
      case '}':
      case ']':
        return this.close();
      case ',':
        return this.elementDepth > 0 && this.depth === this.elementDepth;
      case ' ':
      case '\t':
      case '\r':
      case '\n':
      case ':':
        return false;
      default:
        if (this.closed) this.complain(textAfterEnd);
        else if (this.root === null) this.complain(notRecords);
        this.begin();
        return false;
    }
  }

  private stepString(character: string): boolean {
    if (this.escaped) this.escaped = false;
    else if (character === '\\') this.escaped = true;
    else if (character === '"') {
      this.inString = false;
      if (this.keyText !== null) this.key = this.keyText;
      this.keyText = null;
      return false;
    }
    if (this.keyText !== null && this.keyText.length < KEPT) this.keyText += character;
    return false;
  }

  private open(character: string): void {
    if (this.closed) this.complain(textAfterEnd);
    this.begin();
    this.depth += 1;
    if (this.root === null) {
      this.root = character;
      if (character === '[') this.openList(1);
    } else if (this.root === '{' && this.depth === 2 && character === '[') {
      this.openList(2);
    }
  }

  private openList(depth: number): void {
    this.elementDepth = depth;
    this.hadList = true;
    this.isDue = false;
  }

  private close(): boolean {
    this.depth -= 1;
    if (this.depth < 0) {
      this.complain('closes a bracket that was never opened; a part of the file is missing or stands twice');
      this.depth = 0;
      return false;
    }
    const leavesArray = this.elementDepth > 0 && this.depth === this.elementDepth - 1;
    if (leavesArray) this.elementDepth = 0;
    if (this.depth === 0) this.closed = true;
    return leavesArray;
  }

  private begin(): void {
    if (this.startedAt === null && this.elementDepth > 0 && this.depth === this.elementDepth) {
      this.startedAt = this.line;
    }
  }

  private complain(message: string): void {
    this.problem ??= { line: this.line, message };
  }
}

const textAfterEnd = 'has text after its end; delete it, or name the file .ndjson when each line is a record';
const notRecords =
  'is not a list of JSON records; write [{…}, {…}], or one record a line in a file named .ndjson';

/** Cuts a text into lines with one record each; lines end with LF or CRLF. */
export async function* splitRecordLines(text: AsyncIterable<string>): AsyncGenerator<JsonElement> {
  const record = new RecordText();
  let line = 1;
  let isOpen = false;
  for await (const part of text) {
    let from = 0;
    for (let end = part.indexOf('\n'); end !== -1; end = part.indexOf('\n', from)) {
      record.add(part.slice(from, end));
      yield { key: null, line, ...record.take(), isLine: true };
      line += 1;
      from = end + 1;
    }
    isOpen = from < part.length || (isOpen && from === 0);
    if (from < part.length) record.add(part.slice(from));
  }
  if (isOpen) yield { key: null, line, ...record.take(), isLine: true };
}
