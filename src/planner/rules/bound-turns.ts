import { rephrased, type Turn } from './turn.ts';

const digits: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  twelve: '12',
  fifteen: '15',
  twenty: '20',
};
const spelt = Object.keys(digits).join('|');
const count = `(\\d[\\d.,]*%?|${spelt})`;
const inDigits = (said: string): string => digits[said.toLowerCase()] ?? said;
/** What is counted may stand before the word that bounds it: "5 tickets or more". */
const counted = '((?: (?!or\\b|and\\b|in\\b)[a-z]+){0,2})';

const up = '(?:more|higher|above|greater|better|over|up|longer|older|upwards?|larger|bigger)';
const down = '(?:less|lower|below|fewer|under|worse|smaller|shorter|younger)';

const lowestOf = (_said: string, n = '', what = ''): string => `at least ${inDigits(n)}${what}`;
const highestOf = (_said: string, n = '', what = ''): string => `at most ${inDigits(n)}${what}`;
const lowest = (_said: string, n = ''): string => lowestOf('', n);
const highest = (_said: string, n = ''): string => highestOf('', n);

/** Every way to say how much is wanted at least or at most. */
const bounds: readonly Turn[] = [
  // "No more than 90 days ago": a period.
  [
    new RegExp(`\\b(?:no|not) (?:more|later|longer) than ${count} (hours|days|weeks|months) ago\\b`, 'gi'),
    (_said, n = '', unit = '') => `in the last ${inDigits(n)} ${unit}`,
  ],
  [/\b(whose (?:[a-z]+ ){1,3})(?:exceeded|exceeds|exceed) /gi, '$1is over '],
  [new RegExp(`(?<![\\w$€£.,-])${count}${counted},? (?:or|and) ${up}\\b(?! than)`, 'gi'), lowestOf],
  [new RegExp(`(?<![\\w$€£.,-])${count}${counted},? (?:or|and) ${down}\\b(?! than)`, 'gi'), highestOf],
  [
    new RegExp(`\\b(?:no|not|nothing) (?:less|fewer|lower|smaller|below|under)(?: than)? ${count}`, 'gi'),
    lowest,
  ],
  [
    new RegExp(
      `\\b(?:no|not|nothing|never) (?:more|higher|above|greater|over|larger|longer)(?: than)? ${count}`,
      'gi',
    ),
    highest,
  ],
  [new RegExp(`<= ?${count}`, 'g'), highest],
  [new RegExp(`>= ?${count}`, 'g'), lowest],
  [
    new RegExp(
      `\\b(?:at or (?:above|over)|equal to or (?:above|greater than)|a minimum of|minimum) ${count}`,
      'gi',
    ),
    lowest,
  ],
  [
    new RegExp(
      `\\b(?:at or (?:below|under)|equal to or (?:below|less than)|a maximum of|maximum|up to) ${count}`,
      'gi',
    ),
    highest,
  ],
  [
    new RegExp(
      `\\b(at least|at most|more than|less than|fewer than|over|under|above|below) (${spelt})\\b`,
      'gi',
    ),
    (_said, how = '', n = '') => `${how} ${inDigits(n)}`,
  ],
  // "Older, higher, longer than 20".
  [
    /\b(?:greater|higher|larger|bigger|in excess of|exceeding|exceeds|exceeded)(?: than)? (?=\d)/gi,
    'more than ',
  ],
  [/\b(?:lower|smaller) than (?=\d)/gi, 'less than '],
];

/** "5 or more tickets", "no higher than 2", "tickets >= 3": in the two words that bound everything. */
export const inBoundWords = (text: string): string => rephrased(text, bounds);
