import { monthPattern } from './time/time-words.ts';
import { rephrased, type Turn } from './turn.ts';

/**
 * Turns that ask for one figure of several things: "how many were questions and how many problems" is one figure beside the
 * other, "health score of my accounts" that of each.
 */
const turns: readonly Turn[] = [
  [
    /^how many (?:of )?((?:my|our|the|all|your)? ?[\p{L} -]+?) (?:were|are|was|is) (\p{L}+),? (?:and )?how many(?: (?:were|are|was|is))? (\p{L}+)[\s?.!]*$/iu,
    '$1 $2 versus $3',
  ],
  // "Of the tickets opened last week how many breached SLA": tickets, of which several targets may have been missed.
  [
    /^(?:and )?of (?:all )?(?:the |my |our )?(tickets|cases) ((?:opened|created|received|solved|closed|raised|that came in)\b[^,?]*?),? how many (?:of them )?(?:have )?(?:breached|missed|violated|broke|broken)(?: (?:an?|the|their|its|any|our))? slas?(?: targets?)?( (?:in|at|of|for|by) [^?.!]+)?[\s?.!]*$/i,
    'how many $1 $2$3 with a breached sla',
  ],
  [
    /^((?:what(?:'s| is| are) |show (?:me )?|list |give me )?(?:the )?)((?:current |latest )?(?:health|churn|risk|engagement|adoption|lead)(?: (?:score|scores|probability|probabilities|risk|index|value|values)))(?: of| for) (my|our|the|all(?: our| my)?) (accounts|customers|clients)[\s?.!]*$/i,
    '$2 by account of $3 $4',
  ],
  // "What percentage of my November tickets is still open": of those that were opened then.
  [
    new RegExp(
      `^((?:(?:what|which|show|give me|tell me) )?(?:the )?(?:share|percentage|percent|%|part|proportion|portion|fraction)|how many percent) of ((?:my |our |the |all )*)(${monthPattern}|(?:last|this) (?:week|month|quarter|year)(?='?s )|yesterday(?='?s ))(?:'?s)? ((?:[a-z]+ )?(?:tickets|cases)) (?=(?:(?:is|are|was|were|has been|have been|got) )?(?:still |already )?(?:open|unsolved|unresolved|solved|closed|done|pending)\\b)`,
      'i',
    ),
    (_said, share = '', whose = '', when = '', rows = '') =>
      `${share} of ${whose}${rows} opened ${/^(?:last|this|yesterday)/i.test(when) ? '' : 'in '}${when} `,
  ],
];

export const ofEachOne = (text: string): string => rephrased(text, turns);
