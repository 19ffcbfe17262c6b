import { rephrased, type Turn } from './turn.ts';

/**
 * Questions of those who lead others: how something has moved, what is asked of records besides, parts of today. Only words
 * of form stand here; what is asked for is in the groups and may be any figure or any records.
 */
const grown =
  '(?:better|worse|higher|lower|stronger|weaker|slower|faster|longer|shorter|bigger|smaller|happier|unhappier|healthier|improv(?:e|es|ed|ing)|worsen(?:s|ed|ing)?|deteriorat(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|ris(?:e|es|en|ing)|rose|grow(?:s|n|ing)?|shrink(?:s|ing)?|shrunk|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|climb(?:s|ed|ing)?|(?:go(?:es|ne|ing)?|went|trend(?:s|ed|ing)?) (?:up|down|upwards?|downwards?)|(?:go(?:ing)?|head(?:ing|ed)?) (?:in )?the (?:right|wrong) (?:way|direction))';
const becoming = '(?:(?:been|be|become|became|becoming|get|got|gotten|gets|getting|turned|turning) )*';
const lately = '(?:,? (?:lately|recently|of late|over time|at the moment|right now|now|again|at all))?';
const since = '(?<time>(?:,? (?:since|after|over|from)\\b.*)?)';
/** Whoever asks for one of several, for a bound, or for what moved by itself asks for no course. */
const course = new RegExp(
  `^(?:so |and )?(?:is|are|was|were|has|have|had|did|do|does) (?!(?:there|any|anyone|anybody|some|the number of days)\\b)(?:the |our )?(?<what>(?:(?!\\b(?:more|fewer|less|most|least|who|which|that|than|whose|with|at|or)\\b)[^,;?])+?) ${becoming}${grown}(?: or ${grown}| or not)?${lately}${since}[?.!]*$`,
  'i',
);

/** "Has sentiment become worse since May", "are escalations increasing": how it went, point by point. */
function asCourse(text: string): string {
  const { what = '', time = '' } = course.exec(text)?.groups ?? {};
  if (what === '' || /\b(?:than|compared|versus|per|by)\b/i.test(text)) return text;
  // What got better after September is seen beside September itself.
  return `${what} trend${time.replace(/^(,? )after\b/i, '$1since')}`;
}

const turns: readonly Turn[] = [
  // "… and what they were worth", "and their total amount": shown with each of them, and added up beneath.
  [
    /,? and (?:what|how much) (?:they|those|these|it) (?:are|were|is|was)(?: all| together| in total)* worth\b/gi,
    ' and their value',
  ],
  [
    /^(?!.*\b(?:how (?:many|much)|number|count|total|sum)\b.*\band (?:their|its)\b)(.*?),? and (their|its) (?:total|combined|overall|summed) (amount|value|worth)\b/i,
    '$1 and $2 $3',
  ],
  // "Tickets that concern billing", "escalations related to backups": about that.
  [
    /\b(tickets?|cases|escalations?|incidents?|conversations?|chats|complaints|requests) (?:(?:that|which) )?(?:(?:are|were|is|was|have|has) )?(?:concern(?:ing|s)?|relat(?:e|es|ed|ing) to|regard(?:s|ing)?|deal(?:s|ing)? with|revolv(?:e|es|ing) around|pertain(?:s|ing)? to|(?:to do|do|does) with|touch(?:es|ing)? on)(?= (?!by\b|this\b|last\b|in\b|since\b|today\b|yesterday\b)[a-z])/gi,
    '$1 about',
  ],
  // "Tickets that breached and are still open": two things are said of the same records.
  [
    /\b([a-z]+s) (that|which|who) ((?!(?:were|was) (?:open|pending|active)\b)[^,?.!]+?),? (?:and|but) (?:(?:that|which|who) )?(?:are|is) (?:still |currently |yet )?(open|unsolved|unresolved|unassigned|unanswered|active|overdue)(?=[\s?.!]*$| (?:by|per|this|last|in|since|from|for|with)\b)/gi,
    '$4 $1 $2 $3',
  ],
  // "How much did each campaign cost": of each of them.
  [
    /\b(?:what|how much) (?:did|does|do|has|have) (?:each|every)(?: of (?:our|the))? (?:one of )?(\w+?)s? costs?(?: us)?\b/gi,
    '$1 cost by $1',
  ],
  [
    /^((?:please )?(?:show|give|draw|plot|make)(?: me| us)? )?(?:an? |the )?heat ?maps? (?:of|for|showing|with) /i,
    '$1',
  ],
  // "Accounts with several open escalations": more than one.
  [
    /\b(with|has|have|had|having|got) (?:several|multiple|a couple of|two or more|more than a single) ((?:[a-z-]+ ){0,3}[a-z]+s)\b(?: at (?:once|the same time|a time))?/gi,
    '$1 more than one $2',
  ],
  // "Over the five bands": all there are.
  [
    /\b(distribution|breakdown|split) (?:over|across|by|between|among|into) (?:the |our |all )*(?:two |three |four |five |six |seven )?(?=(?!year|quarter|month|week|day|hour|last|past|largest|biggest|top)[a-z]+s\b)/gi,
    '$1 by ',
  ],
  // "Tomasz's workload next to the rest of his team": that of each of them.
  [
    /^(?:compare )?(?:"[^"]+"|[A-Z][\w.-]+(?: [A-Z][\w.-]+)?)'s? (\S.*?) (?:next to|compared (?:to|with)|versus|vs\.?|against|with|beside|and) (?:the rest of (?:his|her|their|the) (?:team|colleagues)|(?:his|her|their) (?:peers|colleagues|team ?mates|team)|everyone else|everybody else|the others)\b/,
    '$1 by person',
  ],
  // "Who on the support side is overloaded".
  [
    /^who (?:on|in|at|from) (?:the |our )?(?:support|service)(?: side| team| desk| department)? (?=(?:is|are|was|has|have|had) )/i,
    'which agents ',
  ],
  [
    /^who (?:on|in|at|from) (?:the |our )?sales(?: side| team| department)? (?=(?:is|are|was|has|have|had) )/i,
    'which reps ',
  ],
  // "Is there a seasonal pattern in our churn": month by month.
  [
    /^(?:is|are) there (?:an? |any )?(?:seasonal(?:ity)?(?: patterns?| effects?| swings?)?|yearly patterns?) (?:in|to|of|behind) (?:the |our )?(.+?)([?.!]*)$/i,
    '$1 by month$2',
  ],
  // "How concentrated is our ARR in the five largest customers": what share each of them has.
  [
    /^how concentrated (?:is|are) (?:the |our )?(.+?) (?:in|on|among|across|with) (?:the |our )?(\w+) (?:largest|biggest|top|highest) (\w+?)s?([?.!]*)$/i,
    'share of $1 by $3, top $2$4',
  ],
  [/\bbest (day|week|month|quarter|year) so far\b/gi, 'best $1'],
  // "Forecast as commit": what is expected to close, in that category.
  [
    /^(?:what|how much) (?:have|has|did|do) (?:we|they) forecast(?:ed)? as (\S+(?: case)?)\b/i,
    'open amount by close date in forecast category $1',
  ],
  // "Tickets that will miss their SLA": breach it.
  // "At risk of missing their SLA", "risk breaching the SLA", "might miss SLA".
  [
    /\b(tickets|cases|any|mine|ours)(?: (?:that|which))? (?:(?:are|is) )?(?:currently |right now |now )?(?:at risk of|in danger of|at danger of|running the risk of|risk|risking|likely to|may|might|could|threaten to|close to) (?:miss|breach|break|blow|fail|overrun|violat)(?:ing|e)? (?:their |the |its |our |an? )?(?:slas?|sla targets?|targets?)(?= now|[ ?.!]*$)/gi,
    '$1 about to breach SLA',
  ],
  [
    /\b(will|going to|about to) (?:miss|break|blow|fail|overrun|violate) (?:their|the|its|our|an?) (?=slas?\b)/gi,
    '$1 breach their ',
  ],
  // "MRR month by month": nothing is called by the first of both.
  [/\b(hour|day|week|month|quarter|year)[- ]by[- ]\1\b/gi, 'by $1'],
  // "Which account managers own the at-risk customers": these, for each of them.
  [
    /^(?:which|what) (?:of (?:my|our|the) )?(account managers?|account owners?|owners?|reps?|csms?|sellers?) (?:own|look after|manage|cover|handle)s? (?!the most|most|the fewest|fewest|the least|no\b|how\b|more\b|fewer\b|less\b|at least\b|over\b|(?:an?|any)\b|\d)(?:the |our |these )?(?=\S.*s\b)(.+?)([?.!]*)$/i,
    '$2 by $1$3',
  ],
  // "Still open this afternoon": as of now. Otherwise a part of today.
  [/\b(still|yet|currently)\b(.*?) (?:this (?:morning|afternoon|evening)|tonight)\b/gi, '$1$2'],
  [
    /(?<!\b(?:before|until|till|by|since|after) )\b(?:earlier )?this morning\b(?! (?:at|between|since|after|before)\b)/gi,
    'today before noon',
  ],
  [
    /(?<!\b(?:before|until|till|by|since|after) )\bthis afternoon\b(?! (?:at|between|since|after|before)\b)/gi,
    'today after noon',
  ],
  [/(?<!\b(?:before|until|till|by|since|after) )\b(?:this evening|tonight)\b/gi, 'today after 6 pm'],
  [/\byesterday morning\b/gi, 'yesterday before noon'],
  [/\byesterday (?:afternoon)\b/gi, 'yesterday between 12 pm and 6 pm'],
  [/\byesterday (?:evening|night)\b/gi, 'yesterday after 6 pm'],
  // "Before the year is over", "by the time the quarter ends": before its end.
  [
    /\b(?:before|until|by the time) (?:the|this) (year|quarter|month|week|day) (?:is over|is out|is through|is done|ends?|closes|finishes|runs out)\b/gi,
    'by the end of this $1',
  ],
];

/** @param text a tidied question */
export const inLeadingWords = (text: string): string => asCourse(rephrased(text, turns));
