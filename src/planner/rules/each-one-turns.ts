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
];

export const ofEachOne = (text: string): string => rephrased(text, turns);
