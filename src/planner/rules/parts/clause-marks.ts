import { smallNumbers } from '../small-numbers.ts';
import { type Token, tidy, tokenise } from '../token.ts';

/** A condition on other records of the rows, in words that could be a question of their own. */
export interface Clause {
  readonly has: 'some' | 'none';
  readonly atLeast: number;
  /** "open escalations this quarter". */
  readonly words: string;
  /** The words begin with what was done ("ordered quorum vault"), not with what there is. */
  readonly isVerb: boolean;
  /** The asker is who did it. */
  readonly isMine: boolean;
  /** This one, or the one before it: "no next step or no close date". */
  readonly isOr: boolean;
}

/** A question in two: the rows it asks for, and the other records that these must have or lack. */
export interface ClausedQuestion {
  readonly head: string;
  readonly clauses: readonly Clause[];
}

interface Mark {
  readonly from: number;
  readonly to: number;
  readonly has: 'some' | 'none';
  readonly atLeast: number;
  readonly isVerb: boolean;
  readonly isMine: boolean;
  readonly isOr?: boolean;
  /** What comes before the words. */
  readonly lead: string;
}

const relative = '(?:(?:that|who|which|and|but|where|whom) )*';
const article = '(?:(?:a single|one single|even one|even a|a|an|any|some|the|its|their) )?';
/** "Where there", "for which there". */
const place = '(?:where|for whom|for which|with whom) there ';
/** What cannot be what they have: "no contact with in the last week". */
const behind =
  '(?:in|for|since|this|last|during|within|over|before|after|them|him|her|us|me|it|we|i|you|they|been)';
const count = '(\\d+|one|two|three|four|five|six|seven|eight|nine|ten)';

const done = '\\S+ed|won|lost|sold|made|sent|bought|brought|closed';

/** Earliest in the text wins, then the longest. Words are as typed, in lower case, with contractions written out. */
const marks: readonly {
  readonly pattern: RegExp;
  readonly has: 'some' | 'none';
  readonly isVerb?: boolean;
  readonly plus?: number;
  /** The verb stands before the negation: "solved no tickets". */
  readonly keepsVerb?: boolean;
}[] = [
  { pattern: new RegExp(`^${relative}(?:without|lacking|missing) ${article}`), has: 'none' },
  {
    pattern: new RegExp(
      `^${relative}(?:with|having|have|has|had|got|show|shows) (?:(?:i|we|they|you) )?(?:had |got )?(?:no|zero|not a single|not one|not any) `,
    ),
    has: 'none',
  },
  {
    pattern: new RegExp(
      `^${relative}(?:(?:i|we|they|anyone|anybody|someone) )?(?:have|has|had|do|does|did) not (?:have|had|got) ${article}`,
    ),
    has: 'none',
  },
  {
    pattern: new RegExp(
      `^${relative}(?:(?:i|we|they) )?(?:have|has|had|do|does|did|were|was|are|is) (?:(?:i|we|they|you) )?(?:not|never)(?: yet| ever)?(?: been)? `,
    ),
    has: 'none',
    isVerb: true,
  },
  {
    pattern: new RegExp(`^${relative}(?:(?:i|we|they) )?(?:have |has |had )?never(?: been)? `),
    has: 'none',
    isVerb: true,
  },
  { pattern: /^not (?:yet )?(?:been )?(?=\S+(?:ed|en|ought|oke|oken|old|et) )/, has: 'none', isVerb: true },
  {
    pattern: new RegExp(`^${relative}(?:nobody|no one|noone|none of us)(?: has| have| had| ever)* `),
    has: 'none',
    isVerb: true,
  },
  {
    pattern: new RegExp(`^${relative}(?:with|having|have|has|had) (?:more than|over) ${count} `),
    has: 'some',
    plus: 1,
  },
  {
    pattern: new RegExp(`^${relative}(?:with|having|have|has|had) (?:at least|a minimum of) ${count} `),
    has: 'some',
  },
  { pattern: new RegExp(`^${relative}(?:with|having|have|has|had) ${count} or more `), has: 'some' },
  {
    pattern: new RegExp(`^${relative}(?:with|having|have|has|had) (?:fewer than|less than) ${count} `),
    has: 'none',
  },
  {
    pattern: new RegExp(
      `^${relative}(?:with|having|have|has|had) (?:both )?(?:an|a|one or more|some|any|multiple) `,
    ),
    has: 'some',
  },
  {
    pattern: new RegExp(`^${relative}(?:with|having|have|has|had) (?:both )?(?!${behind} )`),
    has: 'some',
  },
  { pattern: new RegExp(`^${place}(?:is|are|was|were) no(?:t a|t any)? `), has: 'none' },
  {
    pattern: new RegExp(`^${place}(?:is|are|was|were) (?:an|a|some|any|at least one|still an|still a) `),
    has: 'some',
  },
  {
    pattern:
      /^(?:while|although|though|even though|whereas|where|and) (?:we|i|they) (?:still )?(?:have|has|had|got) (?:an|a|some|any|at least one) /,
    has: 'some',
  },
  { pattern: /^(?:is|are|was|were) no (?=\S+ )/, has: 'none' },
  {
    pattern: /^(?:and|but) (?:with |has |have |had )?(?:no|zero) (?!more |less |fewer |longer )/,
    has: 'none',
  },
  // The article belongs to what is there: "and an open ticket".
  {
    pattern: /^(?:and|but) (?:with |has |have |had )?(?:an?|at least one) (?=(?:open|live|running|overdue) )/,
    has: 'some',
  },
  {
    pattern: new RegExp(
      `^${relative}(?:have |has |had )?(\\S+ed|won|lost|sold|made|sent|had) (?:no|zero|not a single|not any) `,
    ),
    has: 'none',
    isVerb: true,
    keepsVerb: true,
  },
  // "Won nothing since May", "converted nobody".
  {
    pattern: new RegExp(`^${relative}(?:have |has |had )?(${done}) (?:nothing|nobody|no one|noone) ?`),
    has: 'none',
    isVerb: true,
    keepsVerb: true,
  },
  // "That sourced at least one won deal": what they did, to so many.
  {
    pattern: new RegExp(
      `^${relative}(?:have |has |had )?(${done}) (?:at least|a minimum of) ${count} (?!hour|day|week|month|quarter|year|minute|time)`,
    ),
    has: 'some',
    isVerb: true,
    keepsVerb: true,
  },
  // "Customers renewing next month": what they have does so.
  {
    pattern: new RegExp(
      `^${relative}(?:are |is |will )?(renewing|renew|renews|expiring|expire|expires) (?=\\S)`,
    ),
    has: 'some',
    isVerb: true,
    keepsVerb: true,
  },
  {
    pattern:
      /^(?:that|who) (?:i |we )?(?:have |has |had |did )?(?:(?:already|since|also|ever) )*(?=(?:\S+ed|bought|sold|sent|made|met|won|lost|placed) )/,
    has: 'some',
    isVerb: true,
  },
];

/** After "and" or "but" inside a clause another one may begin without its own "with". */
const nextMarks: readonly {
  readonly pattern: RegExp;
  readonly has: 'some' | 'none';
  /** The verb of the clause before is meant again: "bought the one but not the other". */
  readonly isSame?: true;
}[] = [
  { pattern: /^(?:and|but|nor|or) (?:no|without) (?:a |an |any )?/, has: 'none' },
  { pattern: /^(?:and|but|nor|or) not (?:a |an |any )?/, has: 'none', isSame: true },
  { pattern: /^(?:and|but) (?:with )?(?:an|a|at least one|some) /, has: 'some' },
];

/** Groupings and columns said behind a clause belong to the rows, not to it. */
const tail = /^(?:by|per|sorted|ordered|order|grouped|along|together|including|showing)$/;

/**
 * Takes a question apart where it says that rows have, or lack, other records. Whether the words are such records is
 * for the reader to find out; nothing here knows a catalogue.
 *
 * @returns every way to part it, the earliest first
 */
export function readClauses(question: string): readonly ClausedQuestion[] {
  const text = tidy(question).replace(/[?!.]+$/, '');
  const tokens = tokenise(text);
  const found: ClausedQuestion[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    const mark = markAt(tokens, from);
    if (!mark) continue;
    const ends = [tailFrom(tokens, mark.to), tokens.length];
    for (const end of new Set(ends)) {
      const clauses = clausesFrom(text, tokens, mark, end);
      const head = wordsBetween(text, tokens, 0, from).replace(/\b(?:is|are|there|and|,)+\s*$/i, '');
      const rest = wordsBetween(text, tokens, end, tokens.length);
      if (clauses.length > 0 && clauses.length <= 3) found.push({ head: `${head} ${rest}`.trim(), clauses });
    }
    // The text before the next mark would keep this one's words.
    from = Math.max(from, mark.to - 1);
  }
  return found;
}

function markAt(tokens: readonly Token[], from: number): Mark | null {
  const words = `${tokens
    .slice(from)
    .map(({ lower, kind }) => (kind === 'comma' ? ',' : lower))
    .join(' ')} `;
  const often = oftenAt(words, from);
  if (often) return often;
  for (const { pattern, has, isVerb = false, plus = 0, keepsVerb = false } of marks) {
    const match = pattern.exec(words);
    if (!match) continue;
    const length = match[0].trim().split(' ').length;
    const said = keepsVerb ? match[2] : (match[1] ?? match[2]);
    const isCounted = said !== undefined;
    const number = isCounted ? (smallNumbers[said] ?? Number(said)) + plus : 1;
    const lead = keepsVerb ? `${match[1] ?? ''} ` : '';
    const isMine = isVerb && /\bi\b/.test(match[0]);
    return { from, to: from + length, has, atLeast: number, isVerb, isMine, lead };
  }
  return null;
}

const oftenDone = new RegExp(
  `^(?:(?:that|who|which) )?(?:(?:have|has|had) )?(?<verb>\\S+(?:ed|en|ote|ought|ent|ame|ot)(?: (?!more|at|over)\\S+){0,3}?) (?:(?<more>more than|over)|(?:at least))? ?${count.replace('(', '(?<n>')}(?: or more)? times? `,
);

/** "Who contacted support more than 2 times": what they did, and how often. */
function oftenAt(words: string, from: number): Mark | null {
  const match = oftenDone.exec(words);
  const { verb, more, n = '' } = match?.groups ?? {};
  if (!match || verb === undefined || from === 0) return null;
  const isExact = more === undefined && !/ at least | or more /.test(match[0]);
  if (isExact) return null;
  const to = from + match[0].trim().split(' ').length;
  const atLeast = (smallNumbers[n] ?? Number(n)) + (more === undefined ? 0 : 1);
  return { from, to, has: 'some', atLeast, isVerb: true, isMine: false, lead: `${verb} ` };
}

function tailFrom(tokens: readonly Token[], from: number): number {
  for (let index = from + 1; index < tokens.length; index += 1) {
    const token = tokens[index];
    const next = tokens[index + 1];
    if (token && tail.test(token.lower) && next?.lower !== 'now') return index;
    if (token?.lower === 'with' && /^(?:their|its|the)$/.test(next?.lower ?? '')) return index;
    if (token?.kind === 'comma' && next?.lower === 'with') return index;
  }
  return tokens.length;
}

function clausesFrom(text: string, tokens: readonly Token[], first: Mark, end: number): readonly Clause[] {
  const clauses: Clause[] = [];
  let mark = first;
  let start = mark.to;
  for (let index = mark.to + 1; index <= end; index += 1) {
    const next = index === end ? null : followingMark(tokens, index, mark);
    if (index < end && !next) continue;
    const words = wordsBetween(text, tokens, start, index);
    // "Of the deals that reached it, how many did we win?": a question stands there, and no condition.
    if (/(?:^|[ ,])how (?:many|much)\b|, (?:which|what|who)\b/i.test(words)) return [];
    if (`${mark.lead}${words}`.trim() !== '')
      clauses.push({
        has: mark.has,
        atLeast: mark.atLeast,
        words: `${mark.lead}${words}`.trim(),
        isVerb: mark.isVerb,
        isMine: mark.isMine,
        isOr: mark.isOr ?? false,
      });
    if (!next) break;
    mark = next;
    start = next.to;
    index = next.to;
  }
  return clauses;
}

function followingMark(tokens: readonly Token[], from: number, before: Mark): Mark | null {
  const words = `${tokens
    .slice(from)
    .map(({ lower }) => lower)
    .join(' ')} `;
  for (const { pattern, has, isSame = false } of nextMarks) {
    const match = pattern.exec(words);
    if (!match) continue;
    const isVerb = isSame && before.isVerb;
    return {
      from,
      to: from + match[0].trim().split(' ').length,
      has,
      atLeast: 1,
      isVerb,
      isMine: isVerb && before.isMine,
      isOr: match[0].startsWith('or '),
      lead: isVerb ? `${before.lead === '' ? (tokens[before.to]?.lower ?? '') : before.lead.trim()} ` : '',
    };
  }
  return /^(?:and|but|with|without)$/.test(tokens[from]?.lower ?? '') ? markAt(tokens, from) : null;
}

function wordsBetween(text: string, tokens: readonly Token[], from: number, to: number): string {
  const first = tokens[from];
  const last = tokens[to - 1];
  return first && last && to > from ? text.slice(first.start, last.end).trim() : '';
}
