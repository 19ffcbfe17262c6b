import type { MetricPlan, Transform } from '../../../query/metric-query.ts';

/** How a text continues the question before it: what its small words say, and the words that are left to read. */
export interface Cue {
  /**
   * `add`: beside what is there ("and by region", "high too"); `swap`: in its place ("what about Acme", "last week
   * instead"); `only`: narrower; `plain`: nothing said.
   */
  readonly mode: 'plain' | 'add' | 'swap' | 'only';
  /** "too", "as well", "also", "include": values join those that are there. */
  readonly isWider: boolean;
  /** The text cannot stand alone: it points back ("them", "instead", "what about"). */
  readonly isStrong: boolean;
  /** Speaks of the very rows of the answer before: "how many of those", "is that", "the open ones". */
  readonly isPointing: boolean;
  /** "Of those", "is that": a figure named now is of exactly these rows. */
  readonly isOfThose: boolean;
  /** "Instead", "rather": nothing said before it makes it an addition. */
  readonly isReplacing: boolean;
  /** "Which of them is …", "which ones are …": one of the rows, or several. */
  readonly asksWhich: 'one' | 'several' | null;
  /** "What is the largest deal": one of them. */
  readonly asksOne: boolean;
  /** "How many of them are …": their number, not they themselves. */
  readonly isCounted: boolean;
  /** Asks a question of its own ("and how many …"). */
  readonly isQuestion: boolean;
  readonly toList: boolean;
  readonly toCount: boolean;
  /** "in total", "without a breakdown". */
  readonly ungrouped: boolean;
  readonly unfiltered: boolean;
  /** "without the date", "all time". */
  readonly anyTime: boolean;
  readonly chart: MetricPlan['chart'] | null;
  readonly subject: MetricPlan['subject'] | null;
  readonly transform: Transform | null;
  readonly window: number | null;
  readonly includeEmpty: boolean | null;
  readonly limit: number | null;
  /** Words after "compare with"; null: nothing compared. Empty: no comparison any more. */
  readonly comparedWith: string | null;
  /** "The rest", "the others": those that were left out. */
  readonly restOf: 'rest' | 'others' | null;
  /** "Where do they stand": by the property that they are told apart by. */
  readonly asksStanding: boolean;
  /** "In money", "what are they worth", "what do they add up to". */
  readonly toAmount: boolean;
  /** "Next 10", "the next ones": how many; 0: as many as before. */
  readonly nextRows: number | null;
  /** "Second biggest", "the third one": the place in the order of the answer. */
  readonly place: number | null;
  /** "Biggest" of "the second biggest"; null: in the order there is. */
  readonly placeBy: string | null;
  /** "The difference", "percentage change": against the period before. */
  readonly asksChange: boolean;
  /** "As CSV". */
  readonly isExport: boolean;
  /** Words after "sorted by". */
  readonly sortedBy: string | null;
  /** "The week before", "the previous one": the range moves back by this unit, or by its own length. */
  readonly movedBack: MovedBack | null;
  /** Words after "instead of", "rather than", "not by". */
  readonly insteadOf: string | null;
  /** "Median", "as an average": the same figure put together in another way. */
  readonly aggregate: string | null;
  /** Words after "as a rate of"; empty for "as a rate". */
  readonly rateOf: string | null;
  readonly rest: string;
}

export type MovedBack = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'same';

/** What is found while small words are taken off a text. */
export type Found = { -readonly [Key in keyof Cue]: Cue[Key] };

export interface CueRule {
  readonly pattern: RegExp;
  readonly says: (found: Found, match: RegExpExecArray) => void;
  /** What stays of the matched words; default: nothing. */
  readonly keeps?: (match: RegExpExecArray) => string;
}

/** "All", "everything": as many as an answer shows. */
export const allRows = 100;

/** The answer before, as people call it. */
export const pronoun =
  '(?:it|(?:that|this)(?! (?:hour|day|week|month|quarter|year)\\b)|them|those|these|the same|the result|the results|the numbers?|the list)';

export const polite = '(?:can you |could you |would you |will you |please |pls |kindly )*';

export const strongly =
  (mode?: Cue['mode']) =>
  (found: Found): void => {
    found.isStrong = true;
    if (mode !== undefined) setMode(found, mode);
  };

/** "And by category instead": what stands at the end decides, whatever the beginning sounds like. */
export function setMode(found: Found, mode: Cue['mode']): void {
  if (found.isReplacing) return;
  found.mode = mode;
}
