import type { Issue } from '../../toolkit/issue.ts';

/** Header names compare without case and outer blanks, so `Close Date ` is `close date`. */
export const headerKey = (name: string): string => name.trim().toLowerCase();

/**
 * csv-parse takes duplicate and empty headers silently (the last one wins), which would lose a column without a word.
 *
 * @returns why the table cannot be read, or null
 */
export function checkHeader(file: string, header: readonly string[]): Issue | null {
  const seen = new Map<string, number>();
  for (const [index, name] of header.entries()) {
    const key = headerKey(name);
    if (key === '') {
      return {
        code: 'header-missing',
        path: `${file}:1`,
        message: `column ${index + 1} has no name in the first line; name it or delete the column`,
      };
    }
    const before = seen.get(key);
    if (before !== undefined) {
      return {
        code: 'header-duplicate',
        path: `${file}:1`,
        message: `columns ${before + 1} and ${index + 1} are both named "${name.trim()}"; rename one`,
      };
    }
    seen.set(key, index);
  }
  return null;
}
