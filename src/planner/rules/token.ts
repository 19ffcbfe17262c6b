import { wordTable } from '../../toolkit/word-table.ts';
import { canonical } from './canonical.ts';
import { remembered } from './remembered.ts';
import { monthName, monthPattern } from './time/time-words.ts';

/** One piece of a question, with its place in the text as typed. */
export interface Token {
  readonly index: number;
  /** As typed, without quotes and without a possessive 's. */
  readonly text: string;
  readonly lower: string;
  /** What vocabulary and rules compare: lower case, singular, abbreviations written out. */
  readonly word: string;
  readonly kind: 'word' | 'number' | 'date' | 'quoted' | 'comma';
  readonly start: number;
  readonly end: number;
  readonly capitalised: boolean;
  readonly possessive: boolean;
  readonly amount?: Amount;
}

/** A number as people write amounts: 50k, $1.2m, 30%, 1,000+. */
export interface Amount {
  readonly value: number;
  readonly isMoney: boolean;
  readonly isPercent: boolean;
  /** Written with a plus: 50k+ means at least. */
  readonly orMore: boolean;
}

const contractions: Readonly<Record<string, readonly string[]>> = wordTable({
  "isn't": ['is', 'not'],
  "aren't": ['are', 'not'],
  "wasn't": ['was', 'not'],
  "weren't": ['were', 'not'],
  "don't": ['do', 'not'],
  "doesn't": ['does', 'not'],
  "didn't": ['did', 'not'],
  "haven't": ['have', 'not'],
  "hasn't": ['has', 'not'],
  "can't": ['can', 'not'],
  "won't": ['will', 'not'],
  "i'm": ['i', 'am'],
  "i've": ['i', 'have'],
  "we've": ['we', 'have'],
  "we're": ['we', 'are'],
  "they're": ['they', 'are'],
  "what's": ['what', 'is'],
  "who's": ['who', 'is'],
  "how's": ['how', 'is'],
  "where's": ['where', 'is'],
  "when's": ['when', 'is'],
  "that's": ['that', 'is'],
  "there's": ['there', 'is'],
  "let's": ['let', 'us'],
  "i'd": ['i', 'would'],
  whos: ['who', 'is'],
  whats: ['what', 'is'],
  hows: ['how', 'is'],
  whens: ['when', 'is'],
  wheres: ['where', 'is'],
  thats: ['that', 'is'],
  theres: ['there', 'is'],
  im: ['i', 'am'],
  ive: ['i', 'have'],
  weve: ['we', 'have'],
  theyre: ['they', 'are'],
  theyve: ['they', 'have'],
  "they've": ['they', 'have'],
  "it's": ['it', 'is'],
  "they'd": ['they', 'would'],
  isnt: ['is', 'not'],
  arent: ['are', 'not'],
  dont: ['do', 'not'],
  doesnt: ['does', 'not'],
  didnt: ['did', 'not'],
  havent: ['have', 'not'],
  hasnt: ['has', 'not'],
  "hadn't": ['had', 'not'],
  hadnt: ['had', 'not'],
  wasnt: ['was', 'not'],
  werent: ['were', 'not'],
  cant: ['can', 'not'],
  wont: ['will', 'not'],
});

const scanner = new RegExp(
  [
    '"(?<quoted>[^"]{1,200})"',
    "(?<=^|[\\s(,])'(?<single>[^']{1,200})'(?=$|[\\s?!.,)])",
    '(?<date>\\d{4}-\\d{1,2}(?:-\\d{1,2})?(?!\\d)|\\d{1,2}[/.]\\d{1,2}[/.](?:\\d{4}|\\d{2})(?!\\d))',
    // CE-101, CE101 and ce101; oct2025 and fy2026 are times.
    '(?<code>[A-Za-z]{2,}-\\d+|[A-Z]{2,}\\d{3,}|(?![a-z]+20\\d\\d(?!\\d))[a-z]{2,}\\d{3,})(?![\\p{L}\\p{N}])',
    '(?<number>(?<minus>(?<=^|[\\s(<>=])-(?=[$€£]?\\d))?(?<money>[$€£]\\s?)?\\d(?:[\\d,]*\\d)?(?:\\.\\d+)*(?<scale>\\s?(?:mm|mio|million|thousand|bn|billion)|[kKmMbB])?(?<percent>\\s?%)?(?<plus>\\+)?(?![\\p{L}\\p{N}]))',
    // "How-to" is what a question is about; the two words apart only ask.
    "(?<word>(?:[Hh]ow-to|[\\p{L}\\p{N}_]+)(?:'[\\p{L}]+)?)",
    '(?<symbol>>=|<=|≥|≤|\\$+|[><=&,;/+%])',
  ].join('|'),
  'gu',
);

const symbolWords: Readonly<Record<string, string>> = wordTable({
  '&': 'and',
  '≥': '>=',
  '≤': '<=',
  '/': 'slash',
  '%': 'percent',
});

/** The parts of a long question, and what its turns make of them. */
const mostTexts = 500;

/** Straightens quotes, drops what cannot be seen and mentions of chat users. */
export const tidy = remembered(mostTexts, (question: string): string =>
  withTo(
    withMonthNames(
      question
        .normalize('NFKC')
        .replace(/<[@!#][^>]*>/g, ' ')
        .replace(/[‘’‛ʼ`´]/g, "'")
        .replace(/[“”„‟«»]/g, '"')
        .replace(/[‐‑‒–—]/g, '-')
        .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
        .replace(/\bi\.e\.,?|\be\.g\.,?/gi, ' ')
        // "Ms Salazar": whom it is about, not how they are addressed; "300 ms" is a time.
        .replace(/(?<!\d ?)\b(?:mr|mrs|ms|dr)\.? (?=\p{L}{2})/giu, '')
        .replace(/\bw\/o(?:ut)?\b/gi, 'without')
        .replace(/\bw\/(?=\s)/gi, 'with')
        // "24h", "30d": a number and its unit in one word.
        .replace(
          /(?<![\p{L}\p{N}.,$-])(\d{1,4}) ?(h|hrs?|d|wks?|w|mos?|days?|hours?|weeks?|months?)(?![\p{L}\p{N}])/giu,
          splitUnit,
        )
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  ),
);

const numberedDay = '\\d{1,2}(?:st|nd|rd|th)?';
const period = `(?:${monthPattern}|q[1-4]|(?:19|20)\\d\\d)`;
/** "3-7 november", "nov 3-7", "jan-mar", "Q1-Q3", "2024-2026": from one to the other. */
const hyphened = [
  `(?<![\\p{L}\\p{N}-])(${numberedDay}) ?- ?(${numberedDay}(?: of)? ${monthPattern})`,
  `(?<![\\p{L}\\p{N}-])(${monthPattern} ${numberedDay}) ?- ?(${numberedDay})`,
  `(?<![\\p{L}\\p{N}-])(${period}) ?- ?(${period})`,
].map((one) => new RegExp(`${one}(?![\\p{L}\\p{N}-])`, 'giu'));

/** "On 15.10.", "from 3.11. to 9.11.": a day and its month, told by the dot after it; "below 3.5." ends a sentence. */
const dotted =
  /(?<=(?:^|[^\p{L}\p{N}])(?:on|from|since|between|and|before|after|until|till|by|(?<!up )to) )(\d{1,2})\.(\d{1,2})\.(?!\d)|(?<![\p{L}\p{N}.,])(\d{1,2})\.(\d{1,2})\.(?= ?(?:to|until|till|-) ?\d{1,2}\.\d{1,2}\.)/giu;

const withMonthNames = (text: string): string =>
  text.replace(dotted, (typed: string, day = '', month = '', day2 = '', month2 = '') => {
    const name = monthName(Number(month || month2));
    return name === null ? typed : `${day || day2} ${name}`;
  });

const withTo = (text: string): string =>
  hyphened.reduce((typed, pattern) => typed.replace(pattern, '$1 to $2'), text);

const shortUnits: Readonly<Record<string, string>> = wordTable({
  h: 'hours',
  hr: 'hours',
  hrs: 'hours',
  d: 'days',
  w: 'weeks',
  wk: 'weeks',
  wks: 'weeks',
  mo: 'months',
  mos: 'months',
});

const splitUnit = (_typed: string, count: string, unit: string): string =>
  `${count} ${shortUnits[unit.toLowerCase()] ?? unit}`;

/** @param text a tidied question */
export const tokenise = remembered(mostTexts, (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  const add = (token: Omit<Token, 'index' | 'lower' | 'word'> & { readonly word?: string }): void => {
    const lower = token.text.toLowerCase();
    tokens.push({ ...token, index: tokens.length, lower, word: token.word ?? canonical(lower) });
  };
  for (const match of text.matchAll(scanner)) {
    const groups = match.groups ?? {};
    const place = { start: match.index, end: match.index + match[0].length };
    const plain = { capitalised: false, possessive: false };
    const quoted = groups['quoted'] ?? groups['single'];
    if (quoted !== undefined) {
      add({ ...place, ...plain, text: quoted.trim(), kind: 'quoted', word: '"' });
    } else if (groups['date'] !== undefined) {
      add({ ...place, ...plain, text: groups['date'], kind: 'date' });
    } else if (groups['code'] !== undefined) {
      add({ ...place, text: groups['code'], kind: 'word', capitalised: true, possessive: false });
    } else if (groups['number'] !== undefined) {
      add({ ...place, ...plain, text: groups['number'].trim(), kind: 'number', amount: readAmount(groups) });
    } else if (groups['word'] !== undefined) {
      addWord(groups['word'], place.start, add);
    } else if (groups['symbol'] !== undefined) {
      const symbol = groups['symbol'];
      const kind = symbol === ',' || symbol === ';' ? 'comma' : 'word';
      add({
        ...place,
        ...plain,
        text: symbol,
        kind,
        word: symbolWords[symbol] ?? (symbol.startsWith('$') ? 'amount' : symbol),
      });
    }
  }
  return tokens;
});

/** Words alone, in lower case. */
export function plainText(question: string): string {
  return tokenise(tidy(question))
    .filter((token) => token.kind !== 'comma')
    .map((token) => token.lower)
    .join(' ');
}

function addWord(
  typed: string,
  start: number,
  add: (token: Omit<Token, 'index' | 'lower' | 'word'>) => void,
): void {
  const end = start + typed.length;
  const parts = contractions[typed.toLowerCase()];
  if (parts) {
    for (const text of parts) add({ text, kind: 'word', start, end, capitalised: false, possessive: false });
    return;
  }
  const possessive = /'s$/i.test(typed) || /s'$/i.test(typed);
  const text = typed.replace(/'s?$/i, '');
  add({ text, kind: 'word', start, end, capitalised: /^\p{Lu}/u.test(text), possessive });
}

const scales: Readonly<Record<string, number>> = wordTable({
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mm: 1e6,
  mio: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
});

function readAmount(groups: Readonly<Record<string, string | undefined>>): Amount {
  const digits = (/\d[\d,]*(?:\.\d+)*/.exec(groups['number'] ?? '')?.[0] ?? '0').replaceAll(',', '');
  // 50.000 and 1.250.000 are thousands in much of Europe; nobody writes three decimals of an amount in a question.
  const plain = /^\d{1,3}(?:\.\d{3})+$/.test(digits) ? digits.replaceAll('.', '') : digits;
  const scale = scales[(groups['scale'] ?? '').trim().toLowerCase()] ?? 1;
  const sign = groups['minus'] === undefined ? 1 : -1;
  return {
    value: sign * Number.parseFloat((Number.parseFloat(plain) * scale).toPrecision(12)),
    isMoney: groups['money'] !== undefined || scale > 1,
    isPercent: groups['percent'] !== undefined,
    orMore: groups['plus'] !== undefined,
  };
}
