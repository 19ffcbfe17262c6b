import type { HotShard } from '../../domain/records.ts';
import { type Heading, isUnderline, isValuePart, type Part, readHeading } from './headings.ts';
import { readHotShard } from './hot-shard.ts';

/** What a text says, in its own words; absent parts are null. */
export interface ParsedEscalation {
  readonly number: string | null;
  readonly title: string | null;
  readonly parts: ReadonlyMap<Part, string>;
  readonly hotShard: HotShard | null;
  readonly ticketNumber: string | null;
  /** What the reader should know: doubled headings, text before the first one. */
  readonly warnings: readonly string[];
}

/**
 * Reads a customer escalation as people write them: headings in Markdown, capitals or with a colon, in any order,
 * missing or twice. Never throws; what belongs to no heading is kept with the issue.
 *
 * @param fileName its number is used when the text names none
 */
export function parseEscalation(text: string, fileName: string): ParsedEscalation {
  const lines = text.split(/\r\n|\n|\r/);
  const top = readTop(lines);
  const draft = new Draft();
  for (const [index, line] of lines.entries()) {
    if (index === top.line || isUnderline(line)) continue;
    draft.take(line, isUnderline(lines[index + 1] ?? ''));
  }
  const parts = draft.finish();
  const number = top.number ?? numberIn(parts.get('number') ?? '') ?? numberIn(fileName);
  return {
    number,
    title: parts.get('title') ?? top.title ?? firstSentence(parts.get('issue')),
    parts,
    hotShard: readHotShard(text),
    ticketNumber: ticketIn(parts.get('ticket') ?? '') ?? ticketIn(mentionOfTicket(text)),
    warnings: draft.warnings,
  };
}

/** Collects the lines under their headings. */
class Draft {
  readonly warnings: string[] = [];
  private readonly collected = new Map<Part, string[]>();
  private readonly loose: string[] = [];
  private current: Part | null = null;
  /** The value of a heading that stands there a second time. */
  private dropsNextLine = false;

  take(line: string, isUnderlined: boolean): void {
    // The line under `Status` is its value, even when it is the word "Closed", which elsewhere names a date.
    const wantsValue = this.current !== null && isValuePart(this.current);
    const inText = this.current !== null && this.current !== 'customer-information' && !wantsValue;
    const heading = readHeading(line, inText, isUnderlined);
    // "Closed" under "Status" is a value; "Priority:" under it is the next heading.
    const isBare = heading !== null && !heading.isMarked && heading.value === '' && !line.includes(':');
    const isValue = wantsValue && isBare;
    if (heading !== null && !isValue) this.open(heading);
    else this.add(line);
  }

  finish(): ReadonlyMap<Part, string> {
    const parts = new Map<Part, string>();
    for (const [part, lines] of this.collected) {
      const content = lines
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
      if (content !== '') parts.set(part, content);
    }
    if (this.loose.length > 0) {
      const issue = parts.get('issue');
      const loose = this.loose.join('\n');
      parts.set('issue', issue === undefined ? loose : `${issue}\n\n${loose}`);
      this.warnings.push('text under no heading was kept with the issue');
    }
    return parts;
  }

  private open(heading: Heading): void {
    const { part, value } = heading;
    this.dropsNextLine = false;
    const hasText = this.collected.get(part)?.some((line) => line.trim() !== '') === true;
    if (hasText && isValuePart(part)) {
      this.warnings.push(`"${part}" stands there twice; the first was kept`);
      this.current = null;
      this.dropsNextLine = value === '';
      return;
    }
    if (hasText) {
      this.warnings.push(`"${part}" stands there twice; both were kept`);
      this.collected.get(part)?.push('');
    }
    if (!this.collected.has(part)) this.collected.set(part, []);
    if (value !== '') this.collected.get(part)?.push(value);
    // A value on the heading's own line is complete; what follows a customer's name describes the customer.
    const isComplete = isValuePart(part) && value !== '';
    this.current = !isComplete ? part : this.afterValue(part);
  }

  private add(line: string): void {
    if (this.dropsNextLine && line.trim() !== '') {
      this.dropsNextLine = false;
      return;
    }
    if (this.current === null) {
      if (line.trim() !== '') this.loose.push(line.trim());
      return;
    }
    const lines = this.collected.get(this.current) ?? [];
    this.collected.set(this.current, lines);
    lines.push(line.trimEnd());
    if (isValuePart(this.current) && line.trim() !== '') this.current = this.afterValue(this.current);
  }

  /** Lines after a priority or a status are a remark on it; after a customer, what else is known of the customer. */
  private afterValue(part: Part): Part | null {
    return part === 'customer' || this.collected.has('customer-information') ? 'customer-information' : null;
  }
}

interface Top {
  readonly line: number;
  readonly number: string | null;
  readonly title: string | null;
}

/** The first line with words: `# CE-1041: Hot shard on orders`. */
function readTop(lines: readonly string[]): Top {
  const at = lines.findIndex((line) => line.trim() !== '');
  const first = (lines[at] ?? '')
    .trim()
    .slice(0, 300)
    .replace(/^#{1,6}\s*/, '')
    .replace(/^(\*\*|__)(.*)\1$/, '$2');
  const number = numberIn(first);
  if (number === null || readHeading(lines[at] ?? '', false) !== null)
    return { line: -1, number: null, title: null };
  const title = first
    .replace(/\bCE[-_ #]?\d+(?!\d)/i, '')
    .replace(/^[\s[\]()]*(?:customer\s+)?escalation\b/i, '')
    .replace(/^[\s:\u2013\u2014\-[\]()|]+/, '')
    .trim();
  return { line: at, number, title: title === '' ? null : title };
}

function numberIn(text: string): string | null {
  const digits =
    /(?:^|[^A-Za-z])CE[-_ #]{0,2}(\d{1,10})(?!\d)/i.exec(text)?.[1] ?? /^\s*#?(\d{1,10})\s*$/.exec(text)?.[1];
  return digits === undefined ? null : `CE-${digits}`;
}

function mentionOfTicket(text: string): string {
  return /\b(?:ticket|case)\s*(?:no\.?|number)?\s*[:#]?\s*#?\d{4,12}\b/i.exec(text)?.[0] ?? '';
}

const ticketIn = (text: string): string | null => /#?(\d{4,12})\b/.exec(text)?.[1] ?? null;

/** A title must fit the first line of a message. */
const TITLE_LIMIT = 120;

function firstSentence(text: string | undefined): string | null {
  const sentence = text?.split(/(?<=[.!?])\s|\n/)[0]?.trim() ?? '';
  if (sentence === '') return null;
  return sentence.length <= TITLE_LIMIT
    ? sentence
    : `${sentence
        .slice(0, TITLE_LIMIT)
        .replace(/[\uD800-\uDBFF]$/, '')
        .trimEnd()}…`;
}
