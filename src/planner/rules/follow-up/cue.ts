import type { MetricPlan, Transform } from '../../../query/metric-query.ts';
import { tidy } from '../token.ts';

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
  /** Words after "sorted by". */
  readonly sortedBy: string | null;
  readonly rest: string;
}

type Found = { -readonly [Key in keyof Cue]: Cue[Key] };

interface Rule {
  readonly pattern: RegExp;
  readonly says: (found: Found, match: RegExpExecArray) => void;
  /** What stays of the matched words; default: nothing. */
  readonly keeps?: (match: RegExpExecArray) => string;
}

const pronoun = '(?:it|that|this|them|those|these|the same|the result|the results|the numbers?|the list)';
const polite = '(?:can you |could you |would you |will you |please |pls |kindly )*';

const strongly =
  (mode?: Cue['mode']) =>
  (found: Found): void => {
    found.isStrong = true;
    if (mode !== undefined) found.mode = mode;
  };

/** Beginnings, taken off one after the other until none fits. */
const openings: readonly Rule[] = [
  {
    pattern:
      /^(?:ok(?:ay)?|right|great|thanks?|thank you|cool|hmm+|nice|perfect|good|alright|please|pls|so|well|oh|hey|sorry|um)\b[,.!:]*\s*/i,
    says: () => undefined,
  },
  { pattern: /^(?:now|then|but|next)\b[,:]?\s+/i, says: strongly() },
  { pattern: /^(?:and|plus|&)\b[,:]?\s+/i, says: strongly('add') },
  {
    pattern: /^also\b[,:]?\s+/i,
    says: (found) => {
      found.isStrong = true;
      found.mode = 'add';
      found.isWider = true;
    },
  },
  { pattern: /^(?:what|how) about\b\s*/i, says: strongly('swap') },
  {
    pattern:
      /^(?:the )?same(?! (?:period|time|day|week|month|quarter|year|point))(?: (?:thing|question|figure|number|again|chart|breakdown|report))?(?: (?:but|just|only))*(?: (?:for|with|of|on))?\s*/i,
    says: strongly('swap'),
  },
  {
    pattern: /^(?:i meant?|i want(?:ed)?|make that|no,|no wait,?|not that,?|rather|instead,?)\s+/i,
    says: strongly('swap'),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:switch|change|set|move|make|turn)(?: ${pronoun}| the (?:time|period|range|dates?|time ?frame|filter|region|team|grouping|metric))?(?: (?:to|into|over to))?(?:\\s+|$)`,
      'i',
    ),
    says: strongly('swap'),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:filter|narrow|limit|restrict|reduce|zoom|drill|focus|scope)(?: ${pronoun})?(?: (?:down|in|into|to|on|by|for|out))*\\s+`,
      'i',
    ),
    says: strongly('only'),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:break|split|slice|cut|divide|segment|group|bucket)(?: ${pronoun})?(?: (?:down|up|out|further))*(?=\\s+(?:by|per|into|across)\\b)\\s+`,
      'i',
    ),
    says: strongly('add'),
    keeps: () => '',
  },
  {
    pattern: new RegExp(
      `^${polite}(?:show|give|display|do|get|see|view|run|list)(?: me)? ${pronoun}(?! (?:tickets?|customers?|accounts?|deals?|cases?)\\b)(?: (?:again|all))?(?=\\s)\\s+`,
      'i',
    ),
    says: strongly(),
  },
  {
    pattern: /^(?:only|just)\b(?: (?:show|for|the|those|with|count|include|list))*(?:\s+|$)/i,
    says: strongly('only'),
  },
  {
    pattern: /^(?:add|include|including|count)\b(?: in| also)?(?:\s+|$)/i,
    says: (found) => {
      found.isStrong = true;
      found.mode = 'add';
      found.isWider = true;
    },
  },
  {
    pattern:
      /^(?:remove|drop|hide|ignore|exclude|excluding|leave out|take out|skip|lose|omit|get rid of|minus|except(?: for)?|without|w\/o|not counting)\b\s+/i,
    says: strongly('plain'),
    keeps: () => 'without ',
  },
  {
    pattern:
      /^(?:what|how) (?:is|are|was|were|does|did|do) (?:it|that|this|they|those|these)(?: (?:look|looking|doing|do|like))*\s+/i,
    says: strongly(),
  },
];

/** Ends, taken off likewise. */
const endings: readonly Rule[] = [
  { pattern: /[\s?.!,]+$/i, says: () => undefined },
  { pattern: /\s+(?:please|pls|thanks|thank you|again|though|now|then)$/i, says: () => undefined },
  { pattern: /(?:^|\s+)(?:instead|rather)$/i, says: strongly('swap') },
  {
    pattern: /\s+(?:too|as well|also|additionally)$/i,
    says: (found) => {
      found.isStrong = true;
      found.mode = 'add';
      found.isWider = true;
    },
  },
  { pattern: /\s+only$/i, says: strongly('only') },
];

/** Whole wishes, wherever they stand; what is around them is read on. */
const wishes: readonly Rule[] = [
  {
    pattern: new RegExp(
      `^${polite}(?:compare[ds]?|versus|vs\\.?|against|relative to|in comparison (?:to|with))\\b(?: ${pronoun})?(?: (?:to|with|against|versus|vs\\.?))*\\s*(.*)$`,
      'i',
    ),
    says: (found, match) => {
      found.isStrong = true;
      found.comparedWith = (match[1] ?? '').trim();
    },
  },
  {
    pattern:
      /^(?:the )?((?:(?:day|week|month|quarter|year) (?:before|earlier|prior)|(?:the )?(?:previous|prior|preceding) (?:one|period|time)|before|a year ago|one year ago|same .* last year)(?: that)?)$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.comparedWith = match[1] ?? '';
    },
  },
  {
    pattern: /(?:^|\s)without (?:the |any |a )?compar\w+(?: to .*)?$|^no compar\w+$/i,
    says: (found) => {
      found.isStrong = true;
      found.comparedWith = 'nothing';
    },
  },
  {
    pattern: new RegExp(
      `(?:^|\\s)(?:(?:re)?sort(?:ed)?|order(?:ed)?|ranked)(?: ${pronoun})?(?: by)?\\s+(.+)$`,
      'i',
    ),
    says: (found, match) => {
      found.isStrong = true;
      found.sortedBy = (match[1] ?? '').trim();
    },
  },
  {
    pattern:
      /^((?:newest|oldest|latest|highest|lowest|largest|biggest|smallest|longest|shortest|most recent|ascending|descending)(?: (?:ones|values))?(?: first)|the other way (?:a?round)|reverse(?:d)?(?: (?:it|order|the order))?|ascending|descending)$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.sortedBy = match[1] ?? '';
    },
  },
  {
    pattern: new RegExp(
      `^(?:${polite}(?:list|show|display|give|get|see|name|open)(?: me)?(?: all)?(?: of)?(?: the)? (?:them|those|these|it|ones|records?|details?|rows?|list|underlying \\w+|individual \\w+)(?: all)?|which ones?(?: (?:are|were) (?:they|those|these|it|that))?|(?:who|what|which) (?:are|were) (?:they|those|these|the ones)|(?:the )?(?:details|records)|(?:as )?a list|list|drill ?down)$`,
      'i',
    ),
    says: (found) => {
      found.isStrong = true;
      found.toList = true;
    },
  },
  {
    pattern:
      /^(?:how many(?: of (?:them|those|these))?(?: (?:are|is|were) (?:there|that|those|they|it|these|them))?(?: in total| altogether)?|count (?:them|those|these)|them|the count|just the (?:count|number))$/i,
    says: (found) => {
      found.isStrong = true;
      found.toCount = true;
    },
  },
  {
    pattern:
      /(?:^|\s)(?:without (?:the |any )?(?:filters?|conditions?)|no filters?|clear (?:the |all )?filters?|unfiltered)$/i,
    says: (found) => {
      found.isStrong = true;
      found.unfiltered = true;
    },
  },
  {
    pattern:
      /(?:^|\s)(?:(?:without|remove|drop|clear|ignore|no|any) (?:the |any )?(?:dates?|time|time ?frame|period)(?: (?:range|filter|limit|restriction))?|regardless of (?:date|time|when)|(?:for |of )?all time|ever)$/i,
    says: (found) => {
      found.isStrong = true;
      found.anyTime = true;
    },
  },
  {
    pattern:
      /(?:^|\s)(?:with (?:the )?(?:zeros|empty ones|empty groups)|without (\bnone\b)|(?:show |and |also )?(?:those|the ones|ones) with (?:none|zero|0)|zeros|empty (?:ones|groups))$/i,
    says: (found) => {
      found.isStrong = true;
      found.includeEmpty = true;
    },
  },
  {
    pattern:
      /(?:^|\s)(?:as |in )?(?:a )?(?:percent(?:ages?)?(?: of (?:the )?total)?|% of (?:the )?total|shares?(?: of (?:the )?total)?|proportions?)$/i,
    says: (found) => {
      found.isStrong = true;
      found.transform = 'share';
    },
  },
  {
    pattern: /(?:^|\s)(?:as )?(?:a )?(?:running total|running sum|cumulative(?:ly)?|accumulated)$/i,
    says: (found) => {
      found.isStrong = true;
      found.transform = 'running';
    },
  },
  {
    pattern:
      /(?:^|\s)(?:as |with )?(?:a |the )?(?:(\d{1,2})[- ](?:\w+ )?)?(?:moving|rolling) (?:average|mean|avg)(?: (?:of|over) (?:the last )?(\d{1,2})(?: \w+)?)?$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.transform = 'moving_avg';
      found.window = Number(match[1] ?? match[2] ?? 0) || null;
    },
  },
  {
    pattern:
      /(?:^|\s)(?:in total|overall|altogether|ungrouped|without (?:the |a |any )?(?:grouping|breakdown|split|groups)|no (?:grouping|breakdown)|(?:just )?the total|^total)$/i,
    says: (found) => {
      found.isStrong = true;
      found.ungrouped = true;
    },
  },
  {
    pattern: new RegExp(
      `(?:^|\\s)(?:${polite}(?:plot|chart|graph|draw|visuali[sz]e)(?: ${pronoun})?|(?:as|in|into|on|with|to)?\\s*(?:a |an |the )?(?:(line|bar|column|pie|trend) ?)?(chart|graph|plot|diagram|table|picture))$`,
      'i',
    ),
    says: (found, match) => {
      found.isStrong = true;
      found.chart =
        match[2]?.toLowerCase() === 'table'
          ? 'table'
          : /bar|column|pie/i.test(match[1] ?? '')
            ? 'bar'
            : 'line';
    },
  },
  {
    pattern:
      /(?:^|\s)(?:for )?(?:everyone|everybody|all (?:people|reps|agents|teams|of us)|the whole (?:team|company|organi[sz]ation)|company ?wide)$/i,
    says: (found) => {
      found.isStrong = true;
      found.subject = 'none';
    },
  },
  {
    pattern:
      /^(?:show |give |list )?(?:me )?(?:the )?(?:first |next |up to )?(\d{1,3})(?: (?:rows?|results?|lines?|entries|of (?:them|those)))?$/i,
    says: (found, match) => {
      found.isStrong = true;
      found.limit = Number(match[1]);
    },
  },
  {
    pattern:
      /^(?:show |give |list )?(?:me )?(?:all(?: of (?:them|it|those))?|everything|more(?: rows| results)?|the rest)$/i,
    says: (found) => {
      found.isStrong = true;
      found.limit = 100;
    },
  },
];

const questionHead =
  /^(?:how (?:many|much|long|often|big|high)|what(?:'s| is| was| are| were)\b|which\b|who\b|show\b|list\b|give\b|tell\b|display\b|count of|number of|do we|did we|are there|is there)/i;

/** Reads what a text says about the question before it. Pure; an ordinary question comes back almost as it is. */
export function readCue(question: string): Cue {
  const found: Found = {
    mode: 'plain',
    isWider: false,
    isStrong: false,
    isQuestion: false,
    toList: false,
    toCount: false,
    ungrouped: false,
    unfiltered: false,
    anyTime: false,
    chart: null,
    subject: null,
    transform: null,
    window: null,
    includeEmpty: null,
    limit: null,
    comparedWith: null,
    sortedBy: null,
    rest: tidy(question),
  };
  takeAll(endings, found);
  takeWishes(found);
  takeAll(openings, found);
  takeWishes(found);
  takeAll(endings, found);
  found.isQuestion = questionHead.test(found.rest);
  // "which customers?" names no more than what the answer before is to be split by.
  if (/^(?:which|who|whose|by whom|by which)(?: [\p{L}-]+){0,2}$/iu.test(found.rest)) {
    found.isStrong = true;
    found.isQuestion = false;
    found.mode = 'add';
  }
  found.rest = found.rest.replaceAll(/\b(?:ones|them|those|these)\b/gi, () => {
    found.isStrong = true;
    return '';
  });
  return { ...found, rest: found.rest.replaceAll(/\s+/g, ' ').trim() };
}

/** "as a chart" alone points back; at the end of a whole question it belongs to that. */
function takeWishes(found: Found): void {
  const wasStrong = found.isStrong;
  takeAll(wishes, found);
  found.isStrong = wasStrong || found.rest === '';
}

/** Takes what fits until nothing does; each rule at most twice, so that no text keeps it busy. */
function takeAll(rules: readonly Rule[], found: Found): void {
  for (let round = 0; round < 3; round += 1) {
    let hasTaken = false;
    for (const rule of rules) {
      const match = rule.pattern.exec(found.rest);
      if (!match || (match[0] === '' && match.index === 0)) continue;
      rule.says(found, match);
      const before = found.rest.slice(0, match.index);
      const after = found.rest.slice(match.index + match[0].length);
      const next = `${before} ${rule.keeps?.(match) ?? ''}${after}`.trim();
      if (next === found.rest) continue;
      found.rest = next;
      hasTaken = true;
    }
    if (!hasTaken) return;
  }
}
