/** One element of an array that stands at the root of a JSON text or directly below it. */
export interface JsonElement {
  /** Key of the array in the root object, for example `records`; null when the root is the array. */
  readonly key: string | null;
  /** 1-based line at which the element begins. */
  readonly line: number;
  readonly text: string;
}

/** What is wrong with the text around the elements. */
export interface FrameFault {
  readonly line: number;
  readonly message: string;
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
  private parts: string[] = [];
  private startedAt: number | null = null;
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
      if (ends && this.startedAt !== null) {
        const whole = this.parts.join('') + text.slice(from, at);
        done.push({ key: this.key, line: this.startedAt, text: whole });
        this.parts = [];
        this.startedAt = null;
      }
      if (character === '\n') this.line += 1;
    }
    if (this.startedAt !== null) this.parts.push(text.slice(from));
    return done;
  }

  /** Asked after the last push. */
  fault(): FrameFault | null {
    if (this.problem !== null) return this.problem;
    if (this.root === null) return { line: 1, message: 'is empty' };
    if (!this.closed)
      return { line: this.line, message: 'ends before its JSON does; the file looks cut off' };
    return null;
  }

  /** @returns true when the element before this character is complete */
  private step(character: string): boolean {
    switch (character) {
      case '"':
        this.inString = true;
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
        if (this.root === null || this.closed) this.complain('is not a list of JSON records');
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
    if (this.keyText !== null) this.keyText += character;
    return false;
  }

  private open(character: string): void {
    if (this.closed) this.complain('has text after its end; name it .ndjson when each line is a record');
    this.begin();
    this.depth += 1;
    if (this.root === null) {
      this.root = character;
      if (character === '[') this.elementDepth = 1;
    } else if (this.root === '{' && this.depth === 2 && character === '[') {
      this.elementDepth = 2;
    }
  }

  private close(): boolean {
    this.depth -= 1;
    if (this.depth < 0) {
      this.complain('closes a bracket that was never opened');
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
