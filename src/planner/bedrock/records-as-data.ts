import type { SummaryRecord } from '../summariser.ts';

/** All records of one call; about 12,000 tokens. */
const mostBytes = 48 * 1024;

/**
 * Records as JSON inside a tag: no character of a text can close the tag or the string it stands in, and none is
 * invisible. Where they are too long, the last lines of the last records are left out.
 */
export function recordsAsData(records: readonly SummaryRecord[]): string {
  const kept: object[] = [];
  let left = mostBytes;
  for (const { handle, title, openedOn, status, lines } of records) {
    const record = { id: handle, title: visible(title), openedOn, status, lines: [] as string[] };
    left -= sizeOf(record);
    if (left < 0) break;
    for (const { label, text } of lines) {
      const line = `${label}: ${visible(text)}`;
      left -= sizeOf(line);
      if (left < 0) break;
      record.lines.push(line);
    }
    kept.push(record);
  }
  return `<records>${escaped(kept)}</records>`;
}

const escaped = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const sizeOf = (value: unknown): number => Buffer.byteLength(escaped(value));

/** Controls and invisible characters carry instructions that people do not see. */
function visible(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\s]+/gu, ' ')
    .trim();
}
