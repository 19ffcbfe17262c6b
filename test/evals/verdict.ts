/** What became of a question. */
export type Verdict =
  /** The expected rows, range, question back or refusal. */
  | 'right'
  /** Answered, and wrong, and nothing in the answer says so. */
  | 'silent-wrong'
  /** Answered, and wrong, but the answer says which of the asker's words it did not use. */
  | 'warned'
  /** No answer where there is one. */
  | 'refused'
  /** A question back where none was needed. */
  | 'clarified'
  /** Something broke; the asker was told so. */
  | 'failed';

/** How one question went, with all that is needed to see why. */
export interface Judged {
  readonly verdict: Verdict;
  /** Of a refusal that was expected: whether its reason is the expected kind. */
  readonly isReasonRight?: boolean;
  /** The answer keeps currencies apart that the expected rows add up; it was compared added up. */
  readonly isAddedUp?: boolean;
  /** A list was expected and its length was told: silently wrong, but nobody is misled about a figure. */
  readonly isOnlyCounted?: boolean;
  /** Per turn of a chain. */
  readonly turns?: readonly Verdict[];
  /** One line each: what was understood, what was expected, what came. */
  readonly plan: string;
  readonly expected: string;
  readonly got: string;
  /** Of answers with rows, in milliseconds from question to stored answer. */
  readonly latencies: readonly number[];
}

/** From worst to best; a chain is as good as its worst turn. */
const worstFirst: readonly Verdict[] = ['failed', 'silent-wrong', 'warned', 'refused', 'clarified', 'right'];

export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'right';
}

/**
 * Whether an answer that differs says itself that it answers something else, and what: "there is no average of this, so
 * here is the median", "I did not answer “how many of them”". A note about how a word was read does not count, since it
 * says nothing about the rest.
 */
export function saysWhatDiffers(notes: readonly string[]): boolean {
  return notes.some((note) =>
    /^There is no .+, so here is |\b(?:left out|did not (?:use|answer)|ignored) .*“/.test(note),
  );
}
