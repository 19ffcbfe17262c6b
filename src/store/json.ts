/**
 * Value for a jsonb column. Postgres refuses NUL (22P05) and lone surrogates (22P02) inside jsonb, so NUL is removed
 * and half a surrogate pair becomes U+FFFD, in keys and in values. `undefined` at the top is stored as JSON null.
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, inner: unknown) => cleanValue(inner)) as string | undefined;
  return text ?? 'null';
}

/** Text that every engine stores alike: no NUL (Postgres refuses it, 22021), no half surrogate pair. */
export function cleanText(text: string): string {
  const wellFormed = LONE_SURROGATE.test(text) ? text.replace(LONE_SURROGATES, '\ufffd') : text;
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '') : wellFormed;
}

// With the `u` flag a surrogate matches only when it is not half of a pair.
const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (entries.every(([key]) => cleanText(key) === key)) return value;
  return Object.fromEntries(entries.map(([key, inner]) => [cleanText(key), inner]));
}
