import { monthPattern } from './time/time-words.ts';
import { rephrased, type Turn } from './turn.ts';

/**
 * Turns that ask for one figure of several things: "how many were questions and how many problems" is one figure beside the
 * other, "health score of my accounts" that of each.
 */
const groups =
  '(?:accounts|customers|clients|agents|engineers|reps|people|partners|products|regions|segments|teams|campaigns|categories|channels|industries)';
const ofScore =
  '(?:health(?: scores?)?|nps|csat|usage|logins|api calls|active users|seats(?: in use)?|mrr|arr|engagement|adoption|churn (?:risk|probability)|win rate|sentiment)';
const ends =
  '(?=\\s*[?.!]*$| (?:in|over|since|during|this|last|compared|between|from|within|today|vs|versus|against|until|so far|for)\\b)';

const turns: readonly Turn[] = [
  // "Which accounts lost the most health points": by how much the figure of each has fallen.
  [
    new RegExp(
      `\\b(${groups}) (?:that |which |who )?(?:have |has |had )?(lost|shed|gained|won back) (?:the )?most (?:points? (?:of|on|in) (?:their )?)?(${ofScore})(?: points?)?${ends}`,
      'gi',
    ),
    (_said, of = '', way = '', score = '') =>
      `${of} with the biggest ${/^(?:lost|shed)$/i.test(way) ? 'drop' : 'increase'} in ${score}`,
  ],
  [
    new RegExp(
      `^(?:which|what) (${groups}) (?:have |has |had )?(?:dropped|fallen|fell|declined|slipped) (?:the )?most in (?:their )?(${ofScore})${ends}`,
      'i',
    ),
    '$1 with the biggest drop in $2',
  ],
  // "Top 5 accounts by drop in health score": ranked by the change.
  [
    new RegExp(
      `\\b(?:top |the )?((?:\\d{1,2} )?)(${groups}) by (?:the )?(?:biggest |largest |steepest )?(drop|fall|decline|decrease|increase|rise|gain) (?:in|of) (?:their )?(?=\\S)`,
      'gi',
    ),
    '$1$2 with the biggest $3 in ',
  ],
  // "Biggest drop in health score": of customers, who alone have one.
  [
    /^(?:(?:what|which) (?:was|is|were|are) )?(?:the )?((?:biggest|largest|steepest|worst) (?:drop|fall|decline|decrease|increase|rise|gain)s?) (?:in|of) (health(?: scores?)?|logins|api calls|seats in use)(?!.*\b(?:by|per|each|accounts?|customers?)\b)/i,
    'customers with the $1 in $2',
  ],
  // "Last activity date with each partner", "when was the last ticket of each customer": one of each.
  [
    /^(?:when (?:was|is|were) |what (?:was|is) |show (?:me )?|list |give me )?(?:the )?(?:date of (?:the )?)?(last|latest|most recent|first|earliest|next) ([\p{L}]+(?: [\p{L}]+)??)( date| day)? (?:with|of|for|from|by|at|on|in|to) (?:each|every)(?: (?:one )?of)? ((?:my |our |the )?)(\p{L}+)/iu,
    (said, which = '', noun = '', date = '', whose = '', group = '') =>
      /^partners?$/i.test(group) && date === '' ? said : `${which} ${noun} per ${whose}${group}`,
  ],
  [
    /^(?:when (?:was|is) |what (?:was|is) |show (?:me )?|list |give me )?(?:the |their )?last (?:log ?in|login|logon)(?: (?:date|day|time))? (?:per|by|of each|for each|of every|for every|of all) (?:of )?(?:my |our )?(customer|account|client)s?(?: of mine)?[\s?.!]*$/i,
    (said) => `when did each ${/\b(?:my|mine)\b/i.test(said) ? 'of my accounts' : 'account'} last log in`,
  ],
  [
    /^when (?:did|has|have) (?:each|every)(?: of)?( my| our| the)? (customer|account|client)s? last (?:order|ordered|buy|bought|purchase|purchased)(?: (?:something|anything|from us))?[\s?.!]*$/i,
    'last order per$1 $2',
  ],
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
