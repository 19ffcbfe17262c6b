/** Longest text that is read; what a customer wants stands at the beginning. */
const LONGEST_TEXT = 4_000;

/** Addresses, quoted earlier messages, and what stands below a signature's dashes say nothing of the writer. */
const NOISE = /https?:\/\/\S+|\S+@\S+\.\S+|^>.*$|^-- ?$[\s\S]*/gim;

/** A word with inner apostrophes, or one pictograph; digits alone and marks are left out. */
const WORD = /\p{L}[\p{L}\p{M}\p{Nd}]*(?:['’]\p{L}+)*|\p{Extended_Pictographic}/gu;

/**
 * Words of a text in lower case, in their order; apostrophes are straight, emoji are words of their own.
 *
 * @param text only its first 4,000 characters are read
 */
export function wordsOf(text: string): readonly string[] {
  const clean = text.slice(0, LONGEST_TEXT).normalize('NFKC').replace(NOISE, ' ').toLowerCase();
  return (clean.match(WORD) ?? []).map((word) => word.replaceAll('’', "'"));
}
