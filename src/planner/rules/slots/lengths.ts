import { wordTable } from '../../../toolkit/word-table.ts';
import { type Reading, range, tokensOf } from '../reading.ts';
import { secondsPer } from '../time/seconds-per.ts';
import { countPattern, readCount } from '../time/time-rule.ts';
import type { NumberFilter } from './number-filters.ts';

/** A condition on how long something took: "resolved within an hour", "lasted more than a day". */
export interface LengthFilter {
  readonly op: NumberFilter['op'];
  readonly seconds: number;
  /** What ended it, as far as it is said: the reply, the solution, the conversion. */
  readonly end: LengthEnd | null;
  readonly words: string;
  /** Half-open range of tokens. */
  readonly from: number;
  readonly to: number;
  /** The words before it name what is that long. */
  readonly isMeasured?: boolean;
  /** "Not solved within 2 days": longer than that, whether it has come to that end or not. */
  readonly isMissed?: true;
}

/** What a length of time leads up to. */
export type LengthEnd = 'reply' | 'solution' | 'conversion';

const seconds: Readonly<Record<string, number>> = wordTable({
  second: 1,
  sec: 1,
  minute: secondsPer.minute,
  min: secondsPer.minute,
  hour: secondsPer.hour,
  hr: secondsPer.hour,
  day: secondsPer.day,
  week: secondsPer.week,
  wk: secondsPer.week,
  month: 30 * secondsPer.day,
  year: 365 * secondsPer.day,
});

const number = `(?<n>${countPattern}|\\d+(?:\\.\\d+)?|half an|an|a|one)`;
const size = `${number} (?<unit>second|sec|minute|min|hour|hr|day|week|wk)s?`;
/** Where nothing but a length can be meant, it may be long. */
const longSize = `${number} (?<unit>second|sec|minute|min|hour|hr|day|week|wk|month|year)s?`;
const long =
  '(?<more>more than|longer than|later than|greater than|higher than|slower than|over|above|at least|upwards of|beyond|exceeding|no less than)';
const short =
  '(?<less>less than|shorter than|lower than|faster than|quicker than|under|below|at most|within|in|inside|up to|no more than|no longer than|not more than|in under|in less than|in at most|within less than)';
// "Within a day of opening", "in an hour after it was created": lengths begin there anyway.
const begun =
  '(?: (?:of|after|from|since) (?:(?:being|it was|they were|the ticket was|their|its) )?(?:opened|opening|creation|created|arrival|arriving|receipt|coming in))?';
const comparison = `(?:after )?(?:${long}|${short}) (?:just |only )?(?:the first )?${size}${begun}`;
const longComparison = `(?:${long}|${short}) ${longSize}`;
const ended = '(?:solved|resolved|fixed|closed|finished|ended|over|done|completed|cleared|handled)';
const replied = '(?:answered|replied to|replied|responded to|responded)';
const solve = '(?:solve|resolve|fix|close|finish|end|complete|clear|handle)';
const reply =
  '(?:answer|reply to|reply|respond to|respond|get (?:a|the|its|an|their) (?:first )?(?:reply|answer|response))';
const took = '(?:took|takes|take|taken|taking|needed|needs|need|needing|required|requiring|ran|running)';
const lasted = '(?:lasted|lasts|lasting|went on|goes on|dragged on|stayed open|were open|was open)';

const soon = `(?:within|inside|in less than|in under|in) (?:just |only )?(?:the first )?${size}${begun}`;
const not =
  '(?:(?:that|which|who) )?(?:(?:have|has|had|were|was|are|is|did|do|does|got|get|could) )?(?<not>not|never) (?:(?:yet|been|be|being|get|got) )*';

/** Each with the words that say what the length leads up to; "in" alone says a length only behind an end. */
const forms: readonly { readonly pattern: string; readonly end: LengthEnd | null }[] = [
  { pattern: `${not}(?:${ended}|${solve}) ${soon}`, end: 'solution' },
  { pattern: `${not}(?:${replied}|${reply}) ${soon}`, end: 'reply' },
  { pattern: `${not}(?:converted|convert) ${soon}`, end: 'conversion' },
  {
    pattern: `(?:with )?(?<not>without|no) (?:a |an |any )?(?:first )?(?:reply|response|answer) ${soon}`,
    end: 'reply',
  },
  { pattern: `${took} ${comparison}(?: to (?:be )?(?:${ended}|${solve}))`, end: 'solution' },
  { pattern: `${took} ${comparison}(?: to (?:be )?(?:${replied}|${reply}))(?: to)?`, end: 'reply' },
  { pattern: `${took} ${comparison}(?: to (?:be )?(?:converted|convert))`, end: 'conversion' },
  {
    pattern: `(?:with|had|have|has|having|got|gets|get|received)? ?(?:a |an |its |their |the )?(?:first )?(?:reply|replies|responses?|answers?)(?: time)?(?: of| that came| came| is| was)? ${comparison}`,
    end: 'reply',
  },
  { pattern: `(?:were |was |got |been )?${replied} ${comparison}`, end: 'reply' },
  { pattern: `(?<said>(?:${ended}|${solve})) ${comparison}`, end: 'solution' },
  {
    pattern: `(?:with|had|having)? ?(?:a |an |its |their |the )?(?:resolution|solution)(?: time)?(?: of| is| was)? ${comparison}`,
    end: 'solution',
  },
  { pattern: `(?<said>converted|convert) ${comparison}`, end: 'conversion' },
  // "Solved by Priya in under four hours": whoever did it stands between.
  { pattern: `(?<said>${ended} by \\S+(?: \\S+)?) ${comparison}`, end: 'solution' },
  { pattern: `(?<said>${replied} by \\S+(?: \\S+)?) ${comparison}`, end: 'reply' },
  { pattern: `${lasted} (?:for )?${comparison}`, end: null },
  // "That had been with us for over two years".
  {
    pattern: `(?:(?:that|who|which) )?(?:(?:had|have|has) been|were|was|stayed|are) (?:with us|(?:a )?customers?(?: of ours)?) (?:for )?${longComparison}`,
    end: null,
  },
  { pattern: `(?:with )?(?:a )?(?:duration|length)(?: of| is| was)? ${comparison}`, end: null },
  { pattern: `${took} ${longComparison}(?: to (?:win|close))?`, end: null },
  { pattern: `(?:that (?:are|were) |which (?:are|were) |with )?${comparison} (?:long|in length)`, end: null },
];

const compiled = forms.map(({ pattern, end }) => ({
  pattern: new RegExp(`(?<![^ ])${pattern}(?![^ ])`),
  end,
}));

const operators: Readonly<Record<string, NumberFilter['op']>> = {
  'at least': 'gte',
  'no less than': 'gte',
  'at most': 'lte',
  within: 'lte',
  in: 'lte',
  inside: 'lte',
  'up to': 'lte',
  'no more than': 'lte',
  'no longer than': 'lte',
  'not more than': 'lte',
  'in at most': 'lte',
};

/** What the words before a length can be. */
export interface LengthWords {
  /** Rows that last: "calls longer than 20 minutes". */
  readonly lasts: (word: string) => boolean;
  /** Something that is told as a length: "idle time above two hours". */
  readonly isLength: (words: readonly string[]) => boolean;
}

const nothing: LengthWords = { lasts: () => false, isLength: () => false };
const longerThan = new RegExp(
  `(?<![^ ])(?<said>\\S+) (?:that (?:are|were) |which (?:are|were) )?(?:(?<more>longer than|over)|(?<less>shorter than|under)) ${size}(?![^ ])(?! (?:old|ago))`,
);
const measured = new RegExp(`(?<![^ ])(?:(?:of|is|was|are|were) )?${comparison}(?![^ ])(?! (?:old|ago))`);

/** Taken before times and numbers are read: "within an hour" of a reply is no time to come. */
export function readLengths(reading: Reading, words: LengthWords = nothing): readonly LengthFilter[] {
  const found: LengthFilter[] = [];
  const add = (
    match: RegExpExecArray,
    end: LengthEnd | null,
    starts: readonly number[],
    isMeasured = false,
  ): void => {
    const length = takeLength(reading, match, end, starts);
    if (length !== null) found.push(isMeasured ? { ...length, isMeasured } : length);
  };
  for (const { pattern, end } of compiled) {
    const { text, starts } = freeText(reading);
    const match = pattern.exec(text);
    if (match) add(match, end, starts);
  }
  const { text, starts } = freeText(reading);
  const compared = longerThan.exec(text);
  const noun = compared ? starts.findIndex((start) => start >= compared.index) : -1;
  if (compared && words.lasts(reading.tokens[noun]?.word ?? '')) add(compared, null, starts);
  const rest = freeText(reading);
  const match = measured.exec(rest.text);
  const at = match ? rest.starts.findIndex((start) => start >= match.index) : 0;
  const before = reading.tokens.slice(Math.max(0, at - 4), at).map(({ word }) => word);
  if (match && before.some((_, from) => words.isLength(before.slice(from))))
    add(match, null, rest.starts, true);
  return found;
}

function takeLength(
  reading: Reading,
  match: RegExpExecArray,
  end: LengthEnd | null,
  starts: readonly number[],
): LengthFilter | null {
  // "Solved in a day" means within it; "solved in the last week" is no length at all.
  // What ended is what the figure goes by, so that the word stays to be read: tickets solved within an hour.
  const { n, unit = '', more, less, said = '', not: missed } = match.groups ?? {};
  const count = n === 'half an' ? 0.5 : /^(?:an?|one)$/.test(n ?? '') ? 1 : (readCount(n) ?? Number(n));
  const each = seconds[unit];
  if (each === undefined || !Number.isFinite(count)) return null;
  const lead = said === '' ? match[0].length - match[0].trimStart().length : said.length + 1;
  const { from, to } = tokensOf(starts, match.index + lead, match.index + match[0].length);
  if (missed !== undefined) {
    reading.take('length of time', range(from, to), `no ${end ?? 'end'} within ${count} ${unit}`);
    return { op: 'gt', seconds: count * each, end, words: match[0].trim(), from, to, isMissed: true };
  }
  const op = operators[more ?? less ?? ''] ?? (more === undefined ? 'lt' : 'gt');
  reading.take('length of time', range(from, to), `${end ?? 'it'} ${op} ${count} ${unit}`);
  return { op, seconds: count * each, end, words: match[0].trim(), from, to };
}

/** The free words in lower case with single spaces; `starts[i]` is where token i begins. */
export function freeText(reading: Reading): { readonly text: string; readonly starts: readonly number[] } {
  let text = '';
  const starts: number[] = [];
  for (const token of reading.tokens) {
    const word = reading.isFree(token.index) && token.kind !== 'comma' ? token.lower : '¦';
    if (text !== '') text += ' ';
    starts.push(text.length);
    text += word;
  }
  return { text, starts };
}
