import { monthNumber, monthPattern, weekdayPattern } from './time/time-words.ts';
import { rephrased, type Turn } from './turn.ts';

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

/** What records are called that are not open any more. */
const over =
  'closed|solved|resolved|cancelled|canceled|expired|ended|finished|completed|done|lost|won|won and lost|won or lost|inactive|converted|former|past|old';

const amounts = 'more than|less than|over|under|above|below|at least|at most|up to|exceeding';

/** States of work that is not over; one record is in one of them. */
const state = '(?:new|open|pending|on hold|in progress|waiting)';
const states = `(${state}(?:(?:, | and | or |, and |, or )${state})+)`;

/**
 * Operators of conditions in the one form that the rules read. Each is made of small words alone, whatever is said with
 * them: "neither a nor b" is "not a and not b", "no longer a" is "not a", "a or not" any of both.
 */
const forms: readonly Turn[] = [
  // "Owned by anyone other than Naomi", "from anywhere but the web".
  [new RegExp(`\\b((?:${participle} )?${role}) ${anybody} ${otherThan} `, 'gi'), 'not $1 '],
  // "How many tickets are open and pending": open or pending tickets, of which none is both.
  [
    new RegExp(
      `\\b(?:(?:that|which|who) )?(?:is|are|were) (?:(?:currently|now|still|either) )*${states}\\b(?! ?(?:for|since|tickets|cases))`,
      'gi',
    ),
    'with status $1',
  ],
  [
    new RegExp(
      `\\b((?:${state}, )*${state},? or ${state}) (tickets|cases|conversations|escalations|interventions|incidents)\\b`,
      'gi',
    ),
    '$2 with status $1',
  ],
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
  // "Including cancelled ones", "the closed ones too", "won or lost": all of them.
  [
    new RegExp(
      `,? ?\\b(?:(?:but |and )?(?:also )?(?:including|incl\\.?|inclusive of|counting|with) (?:all |also )?(?:the )?(?:already )?(?:${over}) ones(?: too| as well)?|(?:and )?(?:the )?(?:already )?(?:${over}) ones (?:too|as well|included|incl))(?=\\s*(?:[?.!,]|$| (?:by|per|for|of|in|this|last|since|do|does|did|have|has|are|were|we|i)\\b))`,
      'gi',
    ),
    ', any status',
  ],
  // "API calls per week over all customers": all there are, which narrows nothing and splits nothing.
  [
    /(?<!^compare .*)(?<=\w) (?:summed |added up |in total |together )?(?:over|across) all (?:of )?(?:the |our )?(?:customers|accounts|clients)(?: together| combined| in total)?(?=\s*(?:[?.!,]|$| (?:by|per|in|this|last|since|for each|over the)\b))/gi,
    '',
  ],
  // "With status done": a word that says nothing elsewhere.
  [/\b(status|state)( is| of)? done\b/gi, '$1$2 completed'],
  // "Whose churn risk is high or critical": with it; "whose lead status is new" has no "new lead".
  [
    /\bwhose ((?!(?:close|due|renewal|end|start) )(?:[a-z]+ ){0,2}(?:status|state|stage|type|kind)) (?:is|are) (?:either )?(on hold|in progress|past due|(?!(?:\w+er|better|worse|not|in|at|on|a|an|the|no|under|over|below|above|more|less|between|still|yet|before|after|since|older|past|due|overdue|empty|missing|unknown|known|set|greater|higher|lower|only|just|from|to|of|by)\b)[a-z]+(?: or [a-z]+)?)(?=\s*(?:[?.!,]|$))/g,
    'with $1 $2',
  ],
  [
    /\bwhose ((?!(?:close|due|renewal|end|start) )(?:[a-z]+ ){0,2}[a-z]+) (?:is|are) (?:either )?(on hold|in progress|past due|(?!(?:\w+er|better|worse|not|in|at|on|a|an|the|no|under|over|below|above|more|less|between|still|yet|before|after|since|older|past|due|overdue|empty|missing|unknown|known|set|greater|higher|lower|only|just|from|to|of|by)\b)[a-z]+(?: or [a-z]+)?)(?=\s*(?:[?.!,]|$))/g,
    'with $2 $1',
  ],
  // "Inactive products", but whoever was a customer is called so as well.
  [
    /\binactive (?!(?:customers?|accounts?|clients?|deals?|opps?|opportunities|people|persons?|users?|agents?|reps?|colleagues?)\b)([a-z]+s)\b/gi,
    '$1 that are not active',
  ],
  // "Not yet due": the day has not come.
  [/\b(?:(?:are|is) )?not (?:yet )?due(?: yet)?(?=\s*(?:[?.!,]|$| and\b))/gi, 'due after today'],
  // "Will breach before tomorrow": due by then.
  [
    /\b(?:(?:that|which|who) )?(?:(?:will|would|might|may|could|are going to|is going to|are about to) (?:breach|miss)|breach)(?: (?:their|the|its) (?:slas?|targets?|deadlines?|due dates?))? (?=(?:before|by|within|in the next|tomorrow|later today)\b)(?!(?:before|by) (?:tonight|today|midnight|(?:the )?end of))/gi,
    'due ',
  ],
  // "Tickets I worked on": mine, in whatever state.
  [/\b(?:that |which )?i(?: have|'ve)? worked on\b/gi, 'of mine'],
  // "Paying over 10,000 a month": what recurs of them.
  [
    new RegExp(
      `\\b(?:paying|pay|pays|worth|costing|bringing in|spending) ((?:${amounts}) ?[$€£]?\\d[\\d.,]*(?:k|m)?) (?:a|per|each|every) month\\b`,
      'gi',
    ),
    'with mrr $1',
  ],
  [
    new RegExp(
      `\\b(?:paying|pay|pays|worth|costing|bringing in|spending) ((?:${amounts}) ?[$€£]?\\d[\\d.,]*(?:k|m)?) (?:a|per|each|every) year\\b`,
      'gi',
    ),
    'with arr $1',
  ],
  // "Have nothing open in the pipeline": no open deals, whatever it is that is not there.
  [
    /\b(?:with|have|has|had|having) nothing (open|pending|planned|overdue|in progress) in the pipeline\b/gi,
    'with no $1 deals',
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
  text.replace(eitherMonth, (said: string, one: string, other: string) =>
    (monthNumber(one.toLowerCase()) % 12) + 1 === monthNumber(other.toLowerCase())
      ? `from ${one} to ${other}`
      : said,
  );

const kept =
  /\b(solv(?:e|ed|ing)|resolv(?:e|ed|ing)|clos(?:e|ed|ing))\b(.*?) (outside|after|past|beyond|later than|within|inside|in|before)(?: of)? (?:the |their |its |our )?(?:slas?(?: targets?| times?)?|due (?:date|time)s?|deadlines?|targets?)\b/i;

/** "Solved outside the SLA", "did I resolve inside SLA", "closed after their due date": what the clock of the solution says of them. */
function inClockWords(text: string): string {
  const found = kept.exec(text);
  // Of one record by its number its clocks are shown.
  if (found === null || /\b(?:sla (?:clocks?|breach)|breach)|\b\d{5,}\b/i.test(text)) return text;
  // "Share of tickets solved within SLA" is a figure by that name.
  const isNamed = /\b(?:share|percentage|percent|rate)\b/i.test(text);
  if (isNamed && !/ (?:the|their|its|our) /i.test(found[0])) return text;
  const state = /^(?:within|inside|in|before)$/i.test(found[3] ?? '') ? 'met' : 'breached';
  const end = /[?.!\s]*$/.exec(text)?.[0] ?? '';
  const rest = text.slice(0, text.length - end.length).replace(kept, '$1$2');
  return `${rest} with a ${state} resolution SLA clock${end}`;
}

const inStage =
  /\b(?:(?:that|which) )?(?:(?:have|has|are|is|were) )?(?:been )?(?:stuck |sitting |still )*(?:in|at) (?:the same|their|its|one|their current|the current) stage (?:for )?(over|more than|longer than|at least|under|less than) (\d+) (day|week|month)s?\b/i;

/** "Stuck in the same stage for over six weeks": the days that are kept of it. */
const inStageDays = (text: string): string =>
  text.replace(inStage, (_said: string, how: string, n: string, unit: string) => {
    const days = Number(n) * ({ week: 7, month: 30 }[unit.toLowerCase()] ?? 1);
    return `with days in this stage ${how.replace('longer', 'more')} ${days}`;
  });

export const inConditionForm = (text: string): string =>
  rephrased(inStageDays(inClockWords(inBothMonths(text))), forms).replace(/ {2,}/g, ' ');
