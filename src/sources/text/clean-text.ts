/**
 * Characters that Postgres or its embedded twin refuse or lose, removed at intake so that both engines store the same:
 * NUL (22021 in text, 22P05 in jsonb), lone surrogates (22P02 in jsonb), and U+FEFF, which the embedded engine drops.
 */
const suspicious = /[\0\uFEFF\uD800-\uDFFF]/;
const unwanted = /[\0\uFEFF]|\p{Surrogate}/gu;

/**
 * Characters that no name or subject needs and that lie about what is read: control characters but tab and line ends,
 * and the marks that turn the direction of reading (Unicode's bidirectional overrides, embeddings and isolates).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const misleading = /[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;
const misleadingAll = new RegExp(misleading, 'g');

/** As `cleanText`, for a value that people will read. */
export function cleanShownText(value: string, cleaning: Cleaning): string {
  const text = cleanText(value, cleaning);
  if (!misleading.test(text)) return text;
  return text.replace(misleadingAll, () => {
    cleaning.removed += 1;
    return '';
  });
}

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
