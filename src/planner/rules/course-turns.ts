import { rephrased, type Turn } from './turn.ts';

const records = '(leads?|escalations?|tickets?|deals?)';
const begun = '(?:being )?(?:created|opened|raised|open|creation|opening|started)';
const done = '(?:being )?(?:its |their )?(?:converted|conversion|resolved|resolution|solved|closed|won)';
const usual = '(?:usually|normally|typically|generally|on average)';
const whenPart = '(?:in|on|since|this|last|over|during|so far|ytd|mtd|today|yesterday)';

/** What the time from the beginning of such a record to its end is called. */
const timeOf = (word: string): string => {
  if (/^lead/i.test(word)) return 'time to convert a lead';
  if (/^esc/i.test(word)) return 'escalation resolution time';
  return /^deal/i.test(word) ? 'days to close' : 'resolution time';
};

/** How long something takes, how something stands to a bound or to what it was, how something is spread. */
const turns: readonly Turn[] = [
  // "Time from lead created to converted, mean, by source".
  [
    new RegExp(
      `\\b(?:(average|mean|avg|median) )?(?:time|days|hours) from (?:a |an |the )?${records} ${begun} (?:to|until|till) ${done}(?:, (mean|average|avg|median)\\b)?`,
      'gi',
    ),
    (_all = '', before = '', of = '', after = '') => `${before || after || ''} ${timeOf(of)}`.trim(),
  ],
  // "Escalations resolved this quarter: mean days open".
  [
    new RegExp(
      `^${records} (?:resolved|solved|closed|won|converted)( [^:,]+)?[:,] (?:the )?(mean|average|avg|median) (?:days|time|hours) (?:open|they were open|to close)(.*)$`,
      'i',
    ),
    (_all = '', of = '', when = '', aggregate = '', rest = '') => `${aggregate} ${timeOf(of)}${when}${rest}`,
  ],
  // "How long does Needs Analysis usually last", "how long do deals stay in Negotiation".
  [
    new RegExp(
      `\\bhow long (?:does|do) (?!it\\b|they\\b|we\\b|an?\\b|the\\b|our\\b|tickets?\\b|escalations?\\b)(\\S+(?: \\S+)?) ${usual} last\\b`,
      'gi',
    ),
    'days in stage for $1',
  ],
  [
    new RegExp(
      `\\bhow long (?:do )?(?:stay |remain )?(?:the |our )?deals (?:(?:${usual}|in average) )?(?:stay |remain |sit )?(?:(?:${usual}|in average) )?in ([A-Z]\\S+)(?: before (?:they are|being|it is) won)?`,
      'g',
    ),
    'days in stage for $1',
  ],
  // "Are we above 95% on first response SLA this month": the figure, which stands above it or below.
  [
    /^(?:are|were|is|was) (?:we|i|my team|the team) (?:still )?(?:above|below|over|under|within|at) (?:\d+(?:[.,]\d+)? ?(?:%|percent)?) (?:on|for|in|with) (.*?\bsla)\b(?! compliance)(.*)$/i,
    '$1 compliance$2',
  ],
  // "Is Performance still our number one ticket category": how they rank.
  [
    new RegExp(
      `^(?:is|was) (?:\\S+(?: \\S+)?) (?:still )?(?:our |the )?(?:number one|number 1|no\\.? ?1|#1|top|most common|biggest) (ticket|escalation|incident|lead) (category|priority|channel|source|root cause|product)( ${whenPart}\\b.*?)?(?=[?.!]*$)`,
      'i',
    ),
    '$1s by $2$3, most first',
  ],
  // "Are more tickets coming in than going out".
  [
    /^(?:are|were|do|did)(?: we)?(?: get| have)? more tickets (?:coming|come|came|getting|being)? ?(?:in|opened|created) than (?:are |were |we )?(?:(?:going|go|went) out|solved|closed|(?:being |getting )?(?:solved|closed))/i,
    'tickets opened and tickets solved',
  ],
  // "Does everybody on Support EMEA have fewer than 10 open tickets": how many each has.
  [
    /^(?:does|do|has|have) (?:everybody|everyone|all agents|every agent|each agent) (?:on|in|from|at) (.+?) (?:have|has|got) (?:fewer|less|more) than \d+ (open tickets|tickets|open escalations)(?=[?.!]*$)/i,
    '$2 by assignee for $1, most first',
  ],
  // "Distribution of CSAT scores": how many gave each of them.
  [
    /^(?:(?:show|what is|what's) )?(?:the )?(?:distribution|spread|breakdown) of (?:the |our |my )?(csat|nps) (?:scores?|ratings?|answers?)\b(?! by)/i,
    '$1 survey responses by survey score',
  ],
  // "Customers who have been with us longer than a year": they are customers still.
  [
    /\b(?:customers|accounts|clients) (?:(?:who|that|which) )?(?:(?:have|has) been |are |'ve been )?with us (?:for )?(?:longer than|more than|over|at least) (?:(an?) (year|month|quarter)|(\d+|two|three|four|five|six|nine|ten) (years?|months?|quarters?))\b/gi,
    (_all = '', one = '', unit = '', n = '', units = '') =>
      `accounts in lifecycle stage Customer created more than ${one ? `1 ${unit}` : `${n} ${units}`} ago`,
  ],
  // "How do weekends look, tickets opened on Saturdays": what follows says it.
  [/^how (?:do|does|did) [a-z ]{3,20} look(?: like)?[,:] (?=\S+ \S)/i, ''],
  // "How many days since the last order": when that was.
  [
    /^how many (?:days|weeks|months) (?:is it |has it been |have passed |passed |ago was )?since (?=(?:the|our|my|their) last\b)/i,
    'how long since ',
  ],
];

/** @param text a tidied question */
export const inCourseWords = (text: string): string => rephrased(text, turns);
