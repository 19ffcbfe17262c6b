import { rephrased, type Turn } from './turn.ts';

const share = '(share|percentage|percent|%|proportion|part|portion|fraction)';
const person = '(?: to (?:an? |the )?(?:humans?|persons?|agents?|people|someone|us|the team))?';
const handed = '(?:handed (?:over|off|on)|passed (?:on|over)|transferred|escalated|forwarded|sent on)';
const be = '(?:(?:got|get|gets|getting|were|was|are|is|be|been|being|has|have|had) )*';
const when = '((?: (?:this|last|in|since|during|over|for|on|today|yesterday)\\b[^?.!,]*?)?)';

/** Parts of a whole that are told by a verb: "of the chats, what share was handed over". */
const turns: readonly Turn[] = [
  // "Of the messages we sent, what share failed".
  [
    new RegExp(
      `^of (?:all )?(?:of )?(?:the |our )?(\\S[^,?]*?), (?:what|which|how large an?|how big an?) ${share} `,
      'i',
    ),
    'what $2 of $1 ',
  ],
  // "What share of the conversations of the bot got handed over to a human".
  [
    new RegExp(
      `^(?:(?:what|which|show(?: me)?|give me) )?(?:the |our )?${share} of (?:all )?(?:of )?(?:the |our )?(?:bot(?:'s)? |chatbot )?(?:conversations|chats)(?: (?:that |which )?(?:the )?bot (?:handled|took|answered|dealt with|started))?${when} ${be}${handed}${person}(?= |[?.!,]|$)`,
      'i',
    ),
    'bot to human rate$2',
  ],
  // "Share of conversations that the bot dealt with without handing over".
  [
    new RegExp(
      `^(?:(?:what|which|show(?: me)?) )?(?:the |our )?${share} of (?:all )?(?:the |our )?(?:conversations|chats)${when} (?:that )?(?:the )?(?:chat)?bot (?:(?:has|have|had) )?(?:dealt with|handled|solved|resolved|answered|finished|closed)(?: (?:alone|by itself|on its own))?(?: without (?:handing|passing|transferring|escalating|involving|needing)(?: (?:it|them))?(?: (?:over|on|off))?(?: to)?(?: (?:an? |any )?(?:humans?|persons?|agents?|people))?)(?= |[?.!,]|$)`,
      'i',
    ),
    'share of conversations handled by the bot alone$2',
  ],
  // "What percentage of our team's leads gets converted".
  [
    new RegExp(
      `^(?:(?:what|which) )?${share} of ((?:my|our|the)(?: team's)? )?leads ${be}(?:converted|convert|converts)(?= |[?.!,]|$)`,
      'i',
    ),
    '$2lead conversion rate',
  ],
  [
    new RegExp(
      `^(?:(?:what|which) )?${share} of (?:the |our )?first (?:replies|responses|answers) ${be}(?:in time|on time|within (?:the )?(?:target|sla))(?= |[?.!,]|$)`,
      'i',
    ),
    'sla compliance of first response',
  ],
  // "How did the interventions we finished turn out": by their outcome.
  [
    /^(?:how did |of )(?:the )?interventions (?:(?:that )?we |that were )?(?:finished|completed|closed|did|have done)((?: (?:this|last|in|since)\b[^?.!,]*?)?),? (?:turn out|end|go|what came out of them)\b(?:[?.!,]? ?(?:and |just |please )?(?:counts?|numbers?)(?: (?:by|per|for each) outcome)?)?[\s?.!]*$/i,
    'interventions finished by outcome$1',
  ],
];

export const inParts = (text: string): string => rephrased(text, turns);
