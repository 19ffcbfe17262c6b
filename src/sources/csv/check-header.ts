import type { Issue } from '../../toolkit/issue.ts';

/** Header names compare without case and outer blanks, so `Close Date ` is `close date`. */
export const headerKey = (name: string): string => name.trim().toLowerCase();

/** A looser key: `customer_id`, `CustomerID` and `Customer Id` are one name. */
export const looseHeaderKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%#]+/gu, '');

/**
 * Doubled and missing names would lose a column without a word.
 *
 * @returns why the table cannot be read, or null
 */
export function checkHeader(file: string, line: number, header: readonly string[]): Issue | null {
  const path = `${file}:${line}`;
  const seen = new Map<string, number>();
  for (const [index, name] of header.entries()) {
    const key = headerKey(name);
    if (key === '') {
      const message = `column ${index + 1} has no name in the first line; name it or delete the column`;
      return { code: 'header-missing', path, message };
    }
    const before = seen.get(key);
    if (before !== undefined) {
      const message = `columns ${before + 1} and ${index + 1} are both named "${name.trim().slice(0, 100)}"; rename one`;
      return { code: 'header-duplicate', path, message };
    }
    seen.set(key, index);
  }
  return null;
}

const SHOWN_COLUMNS = 30;

/** Columns for a message; a table may have thousands. */
export function shownColumns(columns: readonly string[]): string {
  const shown = columns.slice(0, SHOWN_COLUMNS).map((name) => name.slice(0, 60));
  const more = columns.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
