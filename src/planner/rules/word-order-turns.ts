import { monthPattern, weekdayPattern } from './time/time-words.ts';
import { rephrased, type Turn } from './turn.ts';

/**
 * Sentences built as other languages build them, and the forms that hold for every figure and every kind of record: a share
 * "out of all", one period "over" another, a difference "between".
 */
const records =
  '(?:tickets|cases|deals|opportunities|leads|escalations|conversations|chats|orders|subscriptions|incidents|messages|requests)';
const record =
  '(?:tickets?|cases?|deals?|opportunit(?:y|ies)|leads?|escalations?|conversations?|chats?|subscriptions?|incidents?|outages?)';
const customers = '(?:customers?|accounts?|clients?|company|companies)';
const unit = '(?:week|month|quarter|year)';
const monthName = `(?:${monthPattern})`;
const quarterName = 'q[1-4](?: \\d{4})?';
const shareWord = '(?:share|percentage|percent|%|pct|part|proportion|portion|fraction)';
const period = `(?:(?:this|last) (?:week|month|quarter|year)|yesterday|today|${monthName}|${quarterName})`;
const end = '(?=\\s*[?.!]*$)';
/** What a record can be said to be, in front of it. */
const states =
  '(?:open|unsolved|unassigned|urgent|high priority|low priority|normal priority|breached|solved|closed|won|lost|escalated|reopened|converted|disqualified|resolved|cancelled|active|failed)';
const shortPeriods: readonly Turn[] = [
  // "This week" and "this month" beside another, in the letters of a chat.
  [/(?<=\S )tw (?=(?:vs\.?|versus|and|compared) )/g, 'this week '],
  [/(?<=\S )tm (?=(?:vs\.?|versus|and|compared) )/g, 'this month '],
];

const politeTurns: readonly Turn[] = [
  [
    /^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)),? )?dear(?: (?:heed|bot|friend|colleagues?|team|all|assistant))?(?:,|:|!| -)? (?=\S+ \S)/i,
    '',
  ],
  [/^(?:hi|hello|hey) (?:friend|colleagues?|assistant|buddy|mate|my friend)(?:,|!)? (?=\S+ \S)/i, ''],
  [/(?<=\b(?:know|tell|say|tell me|have|see|me)) (?:by|per) (?:any )?chance(?= |$)/gi, ''],
  [/^by (?:any )?chance,? (?=\S+ \S)/i, ''],
];

const verbTurns: readonly Turn[] = [
  // "When a ticket comes, how long takes the first answer".
  [/^when (?:a|the) (?:new )?(?:ticket|case|request) (?:comes|arrives)(?: in)?,? (?=how )/i, ''],
  // "In november how many tickets did come", "how many tickets come per day".
  [
    new RegExp(
      `\\b(${records}) (?:(?:did|do|does|have|has|had|will) )?come(?=\\s*[?.!]*$| (?:per|each|every|this|last|today|yesterday|since)\\b| (?:in|on) (?:${monthName}|${quarterName}|${weekdayPattern})\\b)`,
      'gi',
    ),
    '$1 came in',
  ],
  [new RegExp(`\\b(${records}) went in\\b`, 'gi'), '$1 came in'],
  [
    /\b(how many (?:tickets|cases|requests) came(?: in)?(?: [^?.!,]*?)?,? and how many) (?:went out|left|got out|were going out|did we get out)\b/gi,
    '$1 were solved',
  ],
  [/\b(tickets|cases) (?:in and out|in vs\.? out|in \/ out|in\/out)\b/gi, '$1 opened and solved'],
  [
    /^on (?:which|what) (?:day|weekday)(?: of the week)? comes? (?:in )?(?:the )?most (?=\S)/i,
    'which weekday has the most ',
  ],
  // "How long lasts an escalation", "how long last our conversations".
  [
    new RegExp(
      `\\bhow (?:long|many (?:hours|days)) (?:lasts?|endures?|goes|go|runs?) (?:an? |the |our |my )?(${record})\\b`,
      'gi',
    ),
    'how long does a $1 last',
  ],
  [
    /\b(?:after|within) how (?:long|many (?:hours|days|minutes)|much time) (?=(?:is|are|do|does|did|was|were) )/gi,
    'how long until ',
  ],
  // "Messages customers have written to me".
  [
    /\bmessages (?:have |did |do |that )?(?:the |our |my )?(?:customers|clients) (?:have |has |did )?(?:written|wrote|write|sent|send) (?:to )?(me|us)\b/gi,
    (_, who = '') => `messages did ${/us/i.test(who) ? 'we' : 'i'} get from customers`,
  ],
  [/\b(messages (?:have|has|did|do) (?:i|we|my team)) (?:written|wrote|write)\b/gi, '$1 sent'],
  [/\b(messages (?:i|we) have) (?:written|wrote)\b/gi, '$1 sent'],
];

const shareTurns: readonly Turn[] = [
  // "Share of my tickets from November that are still open": of those that came then.
  [
    new RegExp(
      `\\b(${shareWord} of (?:my |our |the )?(?:tickets|cases)) (?:from|of|in) (${period}) (?:is|are|that are|which are) (?:still |yet )?(open|unsolved)${end}`,
      'gi',
    ),
    '$1 opened in $2 that are still $3',
  ],
  [
    /^((?:what |which )?)(?:fraction|proportion|portion) of (deals|leads) (?:was |were |got |is |are |has been |have been )?(won|converted)\b/i,
    '$1share of $2 $3',
  ],
  [
    /^((?:what |which )?)((?:share|percentage|part) of leads) (?:was|were|got|have been|has been|are|is) converted\b/i,
    '$1$2 converted',
  ],
  // "Urgent tickets out of all open tickets", "my breached tickets out of all my tickets".
  [
    new RegExp(
      `^(?:how many )?((?:my |our |the )?)(${states}) (${records}) (?:are there )?out of (?:all )?(?:of )?(?:the )?((?:my |our )?(?:${states} )?\\3)\\b`,
      'i',
    ),
    (_, own = '', state = '', _noun = '', whole = '') =>
      `share of ${/^(?:my|our) /i.test(whole) ? '' : own.replace(/^the /i, '')}${whole} that are ${state}`,
  ],
  [
    new RegExp(
      `^how many (?:(?:out )?of all (?:the |our |my )?)(${records}) (?:are|were|was|is|got) (${states})\\b`,
      'i',
    ),
    (said = '', noun = '', state = '') =>
      /^how many of/i.test(said) ? said : `share of ${noun} that are ${state}`,
  ],
];

const comparedTurns: readonly Turn[] = [
  // "Won amount this quarter over last quarter", "csat q3 over q2".
  [new RegExp(`\\bthis (${unit}) over (?:the )?(?:last|previous|prior) \\1\\b`, 'gi'), 'this $1 vs last $1'],
  [new RegExp(`\\b(${quarterName}) over (${quarterName})(?![\\w-])`, 'gi'), '$1 vs $2'],
  [new RegExp(`\\b(${monthName}) over (${monthName})(?![\\w-])`, 'gi'), '$1 vs $2'],
  // "The difference in CSAT between EMEA and Americas".
  [
    new RegExp(
      `^(?:(?:what is|what's|whats|show(?: me)?|how big is|give me) )?(?:the )?difference (?:in|of) (?:the |our )?(\\S.*?) between (?!(?:this|last|the|now|today|yesterday|${monthName}|${quarterName})\\b)(\\S+(?: \\S+)?) and (\\S+(?: \\S+)?)${end}`,
      'i',
    ),
    '$1 $2 vs $3',
  ],
  [
    new RegExp(
      `^(?:(?:what is|what's|whats|show(?: me)?|how big is|give me) )?(?:the )?difference between (?!(?:this|last|the|now|today|yesterday|${monthName}|${quarterName})\\b)(\\S+) and (\\S+) (?:in|for|on|by|regarding) (?:the |our )?(\\S.*?)${end}`,
      'i',
    ),
    '$3 $1 vs $2',
  ],
  // "Growth of leads this quarter", "orders growth month over month"; what recurs has a growth of its own.
  [
    new RegExp(
      `^(?:(?:what is|what's|whats|show(?: me)?|how big is|give me) )?(?:the |our )?(?:growth|increase) (?:in|of) (?:the |our )?((?:new )?(?:leads|orders|tickets|conversations|logins|deals|escalations|customers)) (?=(?:this|last) ${unit}\\b|month over|week over|quarter over|year over)`,
      'i',
    ),
    'how have $1 changed ',
  ],
  [
    /^(?:(?:what is|what's|whats|show(?: me)?) )?(?:the |our )?(lead|order|ticket|conversation|login|escalation)s? growth (?=(?:this|last) |month over|week over|quarter over|year over)/i,
    'how have $1s changed ',
  ],
];

const groupTurns: readonly Turn[] = [
  // "Our regional win rate this year".
  [
    /^((?:please |show |show me |what is |what's |give me )?)(?:the |our )?((?:daily |weekly |monthly |quarterly )?)regional (?!(?:manager|lead|head|director|team|teams|rep|reps|sales rep|office)\b)(\S.*?)(?=\s*[?.!]*$)/i,
    '$1$2$3 by region',
  ],
  [/(?<=\S) regionally(?=\s*[?.!]*$)/i, ' by region'],
  // "The most breached customer": the one with the most breaches.
  [
    /^(?:(?:who|which|what) (?:is|was|are|were) )?(?:the |our |my )?most breached (customer|client|account|team|agent|region|channel|product)(s?)\b/i,
    'which $1$2 had the most breaches',
  ],
  [
    /^(?:which )?(customer|client|account|team|agent|region|channel|product)(s?) (?:(?:has|have|is|are|was|were) )?(?:most breached|breached (?:the )?most)\b/i,
    'which $1$2 had the most breaches',
  ],
];

const relatedTurns: readonly Turn[] = [
  // "Deals whose customer has an open escalation", "tickets where the customer is at risk".
  [
    new RegExp(
      `\\b(${records}) (?:whose|where (?:the|their|its)|for which the|from which the) ${customers} (?:has|have|had|got|have got) (?:an? |any |some |at least one )?(?!not\\b|no\\b|more\\b|less\\b|never\\b)(?=\\S)`,
      'gi',
    ),
    '$1 of customers with ',
  ],
  [
    new RegExp(
      `\\b(${records}) (?:whose|where (?:the|their|its)|for which the|from which the) ${customers} (?:is|are) (?=at risk\\b|churning\\b|likely\\b)`,
      'gi',
    ),
    '$1 of customers who are ',
  ],
];

const untilTurns: readonly Turn[] = [
  // "Tickets with no reply for 3 days": without one, and that old.
  [
    /\b((?:my |our )?)(?:open )?(tickets|cases) (?:(?:that|which) )?(?:(?:are|have been|been) )?(?:(?:with no|without|w\/o|no|without any|without an) (?:repl(?:y|ies)|answer|response)|unanswered|not answered|not replied)(?: yet)? (?:for|since) (?:(?:more than|over|longer than|at least) )?(\d+) (hour|day|week)s?\b/gi,
    '$1unanswered $2 older than $3 $4s',
  ],
  // "Deals that close within a month": from now on. "Closed within 30 days" lasted that long, and a share of those that do is a length, too.
  [
    /^(?!.*\b(?:share|percent|percentage|rate|usually|normally|how long|of (?:creation|being|opening)|after|sla)\b)(.*?\b(?:deals|opportunities|opps|subscriptions|contracts|accounts|customers|certificates|tickets|renewals)\b(?: of mine)?(?: (?:that|which|who))?(?: (?:will|are|is|to))? ?(?:close|closing|closes|renew|renewing|renews|expire|expiring|expires|due|up for renewal)) within (an? |one |the next |\d+ )?(hour|day|week|month|quarter)(s?)\b/i,
    (_, head = '', n = '', one = '', s = '') => `${head} in the next ${/^\d/.test(n) ? n : '1 '}${one}${s}`,
  ],
  [
    /\b(clos(?:e|es|ing)|renew(?:s|ing)?|expir(?:e|es|ing)) within the (week|month|quarter|year)\b/gi,
    '$1 this $2',
  ],
  // "First response time without chat": that channel is left out.
  [
    /(?<=\b(?:time|csat|rate|compliance|score|tickets|cases|frt)) (?:without|w\/o|w\/out|except|but not|other than) (?=(?:chat|email|phone|web)s?(?=\s*[?.!,]*$| (?:this|last|in|since|per|by)\b))/gi,
    ' excluding ',
  ],
];

const usualTurns: readonly Turn[] = [
  // "Which deals are since 60 days open": that old, not of that time.
  [
    /\bsince (?:(?:more than|over|longer than|at least|already) )?(\d+) (day|week|month|hour)s? (open|unsolved|unresolved)\b/gi,
    '$3 for more than $1 $2s',
  ],
  // "Tix/agent this week", "csat/team".
  [
    /\b(tix|tickets?|cases|deals?|leads?|orders|csat|breaches|escalations|conversations|chats|logins|messages|arr|mrr|won|solved|amount|pipeline|rate|time)\/(agent|rep|team|customer|account|region|channel|product|day|week|month)\b/gi,
    '$1 per $2',
  ],
  [/^what(?:'s|s| is) due (?:for|on) me\b/i, 'my slas due'],
  // "Change of win rate Q2 to Q3", "difference between won amount in Q2 and Q3": the later against the earlier.
  [
    new RegExp(
      `\\b(?:change|difference|growth) (?:of|in) (?:the |our )?([^,?.!]+?) (?:from )?(${quarterName}) to (${quarterName})(?![\\w-])`,
      'gi',
    ),
    '$1 $3 vs $2',
  ],
  [
    new RegExp(
      `\\b(?:the )?difference between (?:the |our )?(?!(?:this|last|${monthName}|${quarterName})\\b)([^,?.!]+?) in (${monthName}|${quarterName}) and (?:in )?(${monthName}|${quarterName})(?![\\w-])`,
      'gi',
    ),
    '$1 $3 vs $2',
  ],
  // "Deals bigger as 50k".
  [
    /\b(bigger|higher|larger|greater|more|older|longer|smaller|lower|less|fewer|slower|faster|better|worse) as (?=[\d$€]|last\b|in\b)/gi,
    '$1 than ',
  ],
  [
    /\b(?:grouped on|separated (?:by|after|per)|divided (?:by|after|per)|according to|depending on) (?!the source\b)(?=(?:the )?(?:channel|region|team|agent|priority|customer|product|stage|rep|owner|segment|source|category|status|month|week|industry)s?(?=\s*[?.!,]*$| (?:this|last|in|since|and)\b))/gi,
    'by ',
  ],
  // "All open deals but renewals".
  [
    /\b((?:all|every) [^,?.!:]*?) but (?!not\b|also\b|still\b|only\b|no\b|with|are\b|is\b|have\b|has\b|i\b|we\b|they\b|never\b|the customer\b)(?=\S)/gi,
    '$1 except ',
  ],
  [/\b(close[ds]? [^,?.!]*?) but (?=(?:are|is|which are|that are) still open\b)/gi, '$1 and '],
  [/\b(from|via|by|over) (chat|email|phone|web) or (?=(?:chat|email|phone|web)\b)/gi, '$1 $2 and '],
  [/\bat average\b/gi, 'on average'],
  [/\bres time\b/gi, 'resolution time'],
  [/^(?:%|pct|percent) (?=(?:tickets|deals|leads|conversations|orders)\b)/i, 'share of '],
  // "Just the urgent ones of my open tickets".
  [
    new RegExp(
      `^(?:just |only )?(?:the )?(${states}) ones (?:of|in|from|among) ((?:my |our |the )?)(?=\\S)`,
      'i',
    ),
    '$2$1 ',
  ],
  [
    /^(?:what(?:'s|s| is| was)|which (?:is|was)) (?:higher|bigger|larger|lower|better|smaller)[,:]? (?:the )?(.+?) in (\S+) or (?:in )?(\S+?)(?=\s*[?.!]*$)/i,
    '$1 in $2 vs $3',
  ],
];

const turns: readonly Turn[] = [
  ...usualTurns,
  ...politeTurns,
  ...shortPeriods,
  ...verbTurns,
  ...shareTurns,
  ...comparedTurns,
  ...groupTurns,
  ...relatedTurns,
  ...untilTurns,
];

/** @param text a question as it was typed */
export const inUsualWords = (text: string): string => rephrased(text, turns).replace(/ {2,}/g, ' ').trim();
