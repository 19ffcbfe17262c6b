import type { HotShard } from '../../domain/records.ts';
import { isOneLine, isUnderline, type Part, readHeading } from './headings.ts';

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
  const collected = new Map<Part, string[]>();
  const warnings: string[] = [];
  const loose: string[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  const top = readTop(lines, fileName);
  let current: Part | null = null;
  for (const [index, line] of lines.entries()) {
    if (index === top.line || isUnderline(line)) continue;
    const heading = readHeading(line);
    if (heading === null) {
      if (current !== null) append(collected, current, line);
      else if (line.trim() !== '') loose.push(line.trim());
      continue;
    }
    if (collected.has(heading.part) && heading.value !== '')
      warnings.push(
        `"${heading.part}" stands there twice; ${isOneLine(heading.part) ? 'the first was kept' : 'both were kept'}`,
      );
    if (!(isOneLine(heading.part) && (collected.get(heading.part)?.join('').trim() ?? '') !== ''))
      append(collected, heading.part, heading.value);
    // A value on the heading's own line ends what came before it; the text after it is of no heading, unless it is one
    // that holds texts.
    current =
      isOneLine(heading.part) && heading.value !== ''
        ? heading.part === 'customer'
          ? 'customer-information'
          : null
        : heading.part;
  }
  const parts = new Map(
    [...collected]
      .map(
        ([part, content]) =>
          [
            part,
            content
              .join('\n')
              .replace(/\n{3,}/g, '\n\n')
              .trim(),
          ] as const,
      )
      .filter(([, content]) => content !== ''),
  );
  if (loose.length > 0) {
    if (!parts.has('issue')) parts.set('issue', loose.join('\n'));
    warnings.push('text under no heading was kept with the issue');
  }
  const number = top.number ?? numberIn(parts.get('number') ?? '') ?? numberIn(fileName);
  return {
    number,
    title: parts.get('title') ?? top.title ?? firstSentence(parts.get('issue')),
    parts,
    hotShard: readHotShard(text),
    ticketNumber: /\b(?:ticket|case)\s*(?:no\.?|number)?\s*[:#]?\s*#?(\d{4,12})\b/i.exec(text)?.[1] ?? null,
    warnings,
  };
}

interface Top {
  readonly line: number;
  readonly number: string | null;
  readonly title: string | null;
}

/** The first line with words: `# CE-1041: Hot shard on orders`. */
function readTop(lines: readonly string[], fileName: string): Top {
  const at = lines.findIndex((line) => line.trim() !== '');
  const first = (lines[at] ?? '')
    .trim()
    .replace(/^#{1,6}\s*/, '')
    .replace(/^(\*\*|__)(.*)\1$/, '$2');
  const number = numberIn(first);
  if (number === null || readHeading(lines[at] ?? '')?.part === 'number')
    return { line: -1, number: null, title: null };
  const title = first
    .replace(/\bCE[-_ ]?\d+\b/i, '')
    .replace(/^(customer\s+)?escalation\b/i, '')
    .replace(/^[\s:–—-]+/, '')
    .trim();
  return { line: at, number: number ?? numberIn(fileName), title: title === '' ? null : title };
}

function numberIn(text: string): string | null {
  const digits = /\bCE[-_ ]?(\d{1,10})\b/i.exec(text)?.[1];
  return digits === undefined ? null : `CE-${digits}`;
}

/** Cluster, table, shard and skew as `Table: orders` or `table orders`, anywhere in the text. */
function readHotShard(text: string): HotShard | null {
  const value = (pattern: RegExp): string | null => pattern.exec(text)?.[1]?.trim() ?? null;
  const shard = value(/^\W*(?:shard|tablet)(?: id)?\s*[:=]\s*(.+)$/im);
  const ratio = value(/\bskew(?:\s*ratio)?\s*[:=]?\s*(\d+(?:\.\d+)?)\s*x?\b/i);
  if (shard === null && ratio === null) return null;
  return {
    cluster: value(/^\W*cluster\s*[:=]\s*(.+)$/im),
    table: value(/^\W*table\s*[:=]\s*(.+)$/im),
    shard,
    skewRatio: ratio === null ? null : Number(ratio),
  };
}

function append(collected: Map<Part, string[]>, part: Part, line: string): void {
  const known = collected.get(part);
  if (known === undefined) collected.set(part, [line]);
  else known.push(line);
}

function firstSentence(text: string | undefined): string | null {
  const sentence = text?.split(/(?<=[.!?])\s|\n/)[0]?.trim() ?? '';
  return sentence === '' ? null : sentence.slice(0, 120);
}
