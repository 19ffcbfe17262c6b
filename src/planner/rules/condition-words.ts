import { monthNumber, monthPattern, weekdayPattern } from './time/time-words.ts';

const anybody = '(?:any|every|some)(?:one|body|thing|where)(?: else)?';
const otherThan = '(?:other than|but|except(?: for)?|besides|apart from|aside from)';
const participle =
  '(?:own|assign|handl|manag|solv|resolv|clos|open|rais|work|writ|answer|creat|mad|host|sponsor|sourc|start|bring|belong|brought)\\w*';
const role = '(?:by|to|with|from|in|for|at|on|of)';

/** Pairs of states that are all there is: either of them is no condition. */
const wholes = [
  ['open|unresolved|unsolved|unclosed', 'closed|solved|resolved'],
  ['active|running|current', 'inactive|ended|cancelled|canceled|expired'],
].flatMap(([left, right]) => [`(?:${left}) or (?:${right})`, `(?:${right}) or (?:still )?(?:${left})`]);

/**
 * Operators of conditions in the one form that the rules read. Each is made of small words alone, whatever is said with
 * them: "neither a nor b" is "not a and not b", "no longer a" is "not a", "a or not" any of both.
 */
const forms: readonly (readonly [RegExp, string])[] = [
  // "Owned by anyone other than Naomi", "from anywhere but the web".
  [new RegExp(`\\b((?:${participle} )?${role}) ${anybody} ${otherThan} `, 'gi'), 'not $1 '],
  // "Either a or b".
  [/\beither (?=[^,?]*? or )/gi, ''],
  [/\bneither ([^,?]+?),? nor /gi, 'not $1 and not '],
  // "That no longer have an assignee", "who do not have a plan any more".
  [/\bno longer (have|has|had|having) (?:an? |any |the )?/gi, '$1 no '],
  [/\bno longer (?=\w)/gi, 'not '],
  [/\b(not|no|n't)\b([^,?]*?) (?:any ?more|any longer)\b/gi, '$1$2'],
  // "Solved ones excluded", "with renewals left out": the exception stands before its word.
  [
    /(?:,| but| and)? ?(?:\bwith )?(?:the )?((?<=(?:,|with|but|and|the) (?:the )?)(?:[\w-]+ ){1,4}?)(?:ones? |(?:are |being )?)?(?:excluded|left out|excepted|not included|not counted)(?=\s*(?:[?.!,]|$))/gi,
    ' excluding $1',
  ],
  // "By chat rather than by email": the other value is none of them.
  [
    /,? (?:rather than|as opposed to)(?: (?:by|via|from|in|at|on|through))? (?=(?!in |on |at |yet |been )\w)/gi,
    ' excluding ',
  ],
  // "Whether resolved or not", "resolved or unresolved".
  [
    new RegExp(
      `,? ?(?:\\b(?:no matter |regardless of )?(?:whether|if)(?: (?:it is|they are|they're|they were))? )?\\b(?:\\w+ or not|${wholes.join('|')})(?=\\s*(?:[?.!,]|$))`,
      'gi',
    ),
    ', any status',
  ],
  // "That were later reopened": it came after, as everything that happens to a record does.
  [/\b(?:later|subsequently|afterwards|eventually|thereafter) (?=(?:re)?\w+ed\b|won\b|lost\b)/gi, ''],
  // "Incidents that hit customers", "outages affecting Borealis": theirs.
  [
    /\b(incidents?|outages?|problems?|alerts?|disruptions?) (?:(?:that|which) )?(?:(?:have|has|had|are|were|was) )?(?:hit|hitting|affect(?:s|ed|ing)?|impact(?:s|ed|ing)?|concern(?:s|ed|ing)?|involv(?:e|es|ed|ing)) (?!by\b)/gi,
    '$1 of ',
  ],
  // "I have left", "still left to do": not done yet.
  [
    /\b(?:(?:that|which) )?(?:(?:do )?(?:i|we) )?(?:(?:have|has|had|are|is)(?: i| we)?(?: still)?(?: got)? |still )left(?: (?:to (?:do|solve|answer|handle|close)|over))?(?=\s*(?:[?.!,]|$))/gi,
    'that are open',
  ],
  // "Supposed to close by Friday" is closing by then.
  [/\b(?:supposed|meant|scheduled|planned) to (?:close|be closed)\b/gi, 'closing'],
  // "On or after 1 November", "no earlier than June".
  [/\b(?:on|in|from) or after\b|\b(?:no|not) (?:earlier|sooner) than\b/gi, 'since'],
  [/\b(?:on|in|by) or before\b/gi, 'until'],
  // "Came in through a referral": from there.
  [
    new RegExp(
      `\\b(?:came|come|coming|arrived|got|received|opened|raised|created|submitted|sent)(?: to us)?(?: in)? (?:through|thru) (?:an? |the |our )?(?!partners?\\b|(?:${monthPattern}|${weekdayPattern})\\b|\\d|(?:now|today|the)\\b)(?=[a-z])`,
      'gi',
    ),
    'from ',
  ],
];

const eitherMonth = new RegExp(`\\b(?:in|during) (${monthPattern}) or (${monthPattern})\\b`, 'gi');

/** "In October or November": two months in a row are one period. */
const inBothMonths = (text: string): string =>
  text.replace(eitherMonth, (said: string, one = '', other = '') =>
    (monthNumber(one.toLowerCase()) % 12) + 1 === monthNumber(other.toLowerCase())
      ? `from ${one} to ${other}`
      : said,
  );

export const inConditionForm = (text: string): string =>
  forms
    .reduce((said, [pattern, form]) => said.replace(pattern, form), inBothMonths(text))
    .replace(/ {2,}/g, ' ');
