/**
 * Characters that Postgres or its embedded twin refuse or lose, removed at intake so that both engines store the same:
 * NUL (22021 in text, 22P05 in jsonb), lone surrogates (22P02 in jsonb), and U+FEFF, which the embedded engine drops.
 */
const suspicious = /[\0\uFEFF\uD800-\uDFFF]/;
const unwanted = /[\0\uFEFF]|\p{Surrogate}/gu;

/** Tally of removed characters. */
export interface Cleaning {
  removed: number;
}

/** @returns the text without unwanted characters; `cleaning.removed` grows by their number */
export function cleanText(value: string, cleaning: Cleaning): string {
  if (!suspicious.test(value)) return value;
  return value.replace(unwanted, () => {
    cleaning.removed += 1;
    return '';
  });
}

/** The same for every string inside a JSON value. */
export function cleanJson(value: unknown, cleaning: Cleaning): unknown {
  if (typeof value === 'string') return cleanText(value, cleaning);
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, cleaning));
  if (value instanceof Date || value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [cleanText(key, cleaning), cleanJson(item, cleaning)]),
  );
}
