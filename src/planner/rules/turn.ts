/** A turn of phrase and what is put in its place. */
export type Turn = readonly [RegExp, string | ((...found: string[]) => string)];

/** Each turn in its order, on what those before it left. */
export const rephrased = (text: string, turns: readonly Turn[]): string =>
  turns.reduce(
    (said, [turn, put]) => (typeof put === 'string' ? said.replace(turn, put) : said.replace(turn, put)),
    text,
  );
