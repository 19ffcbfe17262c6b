import { rephrased, type Turn } from './turn.ts';

const rows =
  '(?:tickets|cases|chats|conversations|deals|opportunities|opps|leads|orders|incidents|escalations)';
const customers = '(?:customers|accounts|clients|companies)';
const whose = "(?:my |our |the |all |my team's |our team's )?";
const counts: Readonly<Record<string, string>> = {
  replies: 'replies per ticket',
  touches: 'replies per ticket',
  responses: 'replies per ticket',
  messages: 'messages per conversation',
};

/** Bounds on a count that the question names elsewhere. */
const bounds: readonly Turn[] = [
  // "P1 tickets per account this quarter, only accounts with 5 or more".
  [
    new RegExp(
      `,? (?:but )?only (?:the |those )?(?:${customers}|agents|reps|products|partners|categories|regions|owners|teams|ones|those) (?:with|that have|who have|having) (?:(\\d+) or more|(at least|more than|over|under|fewer than|less than) (\\d+))(?: of (?:them|those|these))?[?.! ]*$`,
      'i',
    ),
    (_said, least?: string, how?: string, n?: string) =>
      least === undefined ? `, ${how ?? ''} ${n ?? ''}` : `, at least ${least}`,
  ],
  // "An open escalation and health below 50".
  [/\bhealth (?=(?:below|under|above|over|less than|at most|at least) \d)/gi, 'a health score '],
  [
    /\b(?:w\/|with) churn risk (high|medium|low|critical)\b|\bchurn risk (high|medium|low|critical)\b(?=[\s,?.!]|$)/gi,
    (_said, one?: string, two?: string) => `with ${one ?? two ?? ''} churn risk`,
  ],
  [
    /\b(deals|opportunities|opps) (?:with|that (?:had|have|got)) (\d+)(?:\+| or more) (?:close date )?(?:pushes|changes of (?:the )?close date|postponements)\b/gi,
    'close dates pushed by deal, at least $2',
  ],
  [
    /\b(deals|opportunities|opps) (?:(?:that|which) )?(?:(?:are|have been|were) )?(?:stuck|sitting|stalled|parked|idle|hanging|stood still) (?:in|at) (?:the |their )?(?:same |current |one |a )?stage (?:for )?(?:(?:over|more than|at least|longer than) )?(\d+)(?:\+)? days?(?: or (?:more|longer))?/gi,
    '$1 that have been in their stage for over $2 days',
  ],
];

/** One figure in the words of somebody who does not know its name. */
const figures: readonly Turn[] = [
  // "How many replies do my solved tickets need on average, last month".
  [
    new RegExp(
      `^how many (replies|touches|responses|messages) (?:do|did|does) (?:we need for |it take to solve )?(?:a |an )?(${whose})((?:solved |closed |open |urgent )?(?:tickets?|cases?|chats?|conversations?)) (?:need|take|have|get|require)(?: to (?:be )?solved?)?(?: on average| per ticket)?`,
      'i',
    ),
    (_said, what = '', who = '', of = '') => `${counts[what.toLowerCase()] ?? what} of ${who}${of}`,
  ],
  // "How much time did agents of my team spend idle on Monday".
  [
    /^how (?:much time|many hours|long) (?:did|do|have|has|does|were|was) (?:the |our )?(?:(?:agents|people|engineers|members) (?:of|in|on) (my|our) team|(each agent|every agent|agents|my team|our team)) (?:spen[dt] |be |been )?(idle|away|active|online)\b/i,
    (_said, own: string | undefined, group: string | undefined, state = '') =>
      `${state} time of ${own === undefined ? ((group ?? '').includes('team') ? group : 'agents') : `${own} team`} by agent`,
  ],
  // "Share of tickets from our top 5 customers last month".
  [
    new RegExp(
      `^(?:what(?:'s| is| was)? (?:the )?)?(?:share|percentage|%|proportion) of (?:all )?(?:the |our )?(${rows}) (?:(?:that )?(?:came|come|coming) )?(?:from|of|by|with) (?:our |the )?top (\\d+) (customers|accounts|clients|products|categories|partners|regions)\\b`,
      'i',
    ),
    'share of $1 by $3, top $2',
  ],
  [
    /^how many (?:of our customers' )?(?:users|people) (?:logged|signed) (?:in|on)(?= |$)(.*?)(?:,? (?:across|over|from|of|at) all (?:customers|accounts))?[?.! ]*$/i,
    'active users$1',
  ],
  [
    /\brepeat (?:purchase|buying|order) rate(?: over (?:the last )?(?:90 days|three months|3 months))?\b|\brepeat customer rate over (?:the last )?90 days\b/gi,
    'repeat customer rate',
  ],
  [
    /^how (?:accurate|exact|good|reliable|far off) (?:is|was|were|are|have been) (?:our |the |my )?(?:last |latest |previous |recent )?forecasts?[?.! ]*$/i,
    'forecast error',
  ],
  // "What do customers who buy X also buy".
  [
    new RegExp(
      `^what(?: else)?(?: products)? (?:do|did) (?:the )?(?:${customers}|people|buyers|those)? ?(?:who|that|which|with) (?:buy|bought|have bought|order|ordered|have|own) (.+?) (?:also |usually |typically )*(?:buy|bought|order|ordered|purchase)(?: too| as well| usually| typically)?[?.! ]*$`,
      'i',
    ),
    'what is bought together with $1',
  ],
  [
    /^(?:what|which) products (?:are|get|were) (?:usually |often |typically )?(?:bought|sold|ordered) (?:together )?with (.+?)[?.! ]*$/i,
    'what is bought together with $1',
  ],
  [
    /^(?:(?:which|list|show me|how many) )?((?:my |our |open )*)(?:deals|opportunities|opps) (?:where|for which|in which|with whom|with) (?:we |i )?(?:only |just )+(?:know |have |talk to |spoke to |engaged )?(?:a single|one|1) (?:contact|person|contact person)(?: engaged)?[?.! ]*$/i,
    '$1single-threaded deals',
  ],
  [
    /^how many days (?:is|has been) (my|our|the) oldest ((?:open )?(?:deal|ticket|case|escalation)) (?:been )?open[?.! ]*$/i,
    '$1 oldest open $2',
  ],
];

/** Which rows, by when they came and how they stand. */
const states: readonly Turn[] = [
  [
    /\b(?:and|with|plus) (?:a|any) renewal (?=(?:in|within|this|next|before|coming)\b)/gi,
    'and a subscription that renews ',
  ],
  [
    /^(failed messages) (?:by|per) ([a-z]+)(.*?),? (?:with|and) (?:the |their )?reasons?[?.! ]*$/i,
    '$1 by $2 and reason$3',
  ],
];

/** What is said of agents, categories and customers in passing. */
const talk: readonly Turn[] = [
  [
    /^(who|which agent|which of us) (?:took|had|got|did|handled) the (most|fewest|least) (chats|conversations|tickets)\b/i,
    '$1 handled the $2 $3',
  ],
  [
    /^(?:the |our )?(?:hardest|toughest|slowest|trickiest) (category|categories|channel|product|customer|team) by (?:the )?((?:average |median |mean )?resolution time)/i,
    'which $1 has the longest $2',
  ],
  [
    /^(?:share of |percentage of |% of )?(chats|conversations) (?:that (?:were|got) )?(?:resolved|solved|closed|handled|finished) without (?:a |any )?(?:human|person|agent|people)(?:s)?(?: help)?(.*?)(?:,? (?:in )?(?:%|percent|share|as a share))?[?.! ]*$/i,
    (said, rows = '', rest = '') =>
      `${/%|percent|share/i.test(said) ? 'share of' : 'number of'} ${rows} resolved by the bot${rest}`,
  ],
  [
    /^((?:all |the |our )?broadcasts)(?: (?:sent|from|we sent))? (.*?),? ?(?:with|and) (?:their |the )?(delivery|read|success) rates?[?.! ]*$/i,
    (_said, _rows, when = '', rate = '') =>
      `${/delivery|success/i.test(rate) ? 'broadcast success' : rate} rate by broadcast ${when}`,
  ],
  [
    /^(?:the )?health(?: scores?)? of (?:our |the |my )?(top \d+) (customers|accounts) by (arr|mrr|revenue)[?.! ]*$/i,
    '$1 $2 by $3 with health score',
  ],
  [/^product margins\b/i, 'margin by product'],
  [
    /^(?:the )?(?:average )?(?:lead[- ]to[- ]customer|lead to deal) conversion time\b/i,
    'lead conversion time',
  ],
  [
    /^(?:number of |how many )?(?:partners certified|certified partners) (by|per) (tier|type|region)\b/i,
    'number of partners with a certification $1 partner $2',
  ],
  [
    /^how many (tickets|chats|orders|conversations) are we (?:getting|receiving|seeing) (?:per|by|each|every) (hour|day|week)\b/i,
    '$1 by $2',
  ],
];

/** What managers ask for in their reports. */
const reports: readonly Turn[] = [
  [
    /^(?:what was |what is |show me )?(?:the )?(?:highest|maximum|peak|largest|biggest) number of (tickets|chats|conversations|orders|leads|incidents)(?: (?:opened|created|received|raised))? (?:on|in|within) (?:a |one |any )?(?:single )?(day|week|hour|month)\b(.*?)[?.! ]*$/i,
    'which $2 had the most $1$3',
  ],
  [
    /^(?:which |list |show me )?(?:the |our )?(?:partner )?(?:certifications|certificates|certs) (?:that |which )?(?:are |have )?(?:already )?(?:expired|lapsed|run out) or (?:(?:that |which |will |are |about to |going to )*)(?:expire|expiring|run out|running out|end|lapse)(?: soon)? (?:with)?in (?:the )?(?:next )?(\d+ (?:days|weeks|months))[?.! ]*$/i,
    'partners whose certification expired or expires in the next $1',
  ],
  [
    /^(?:which|what) interventions (?:are|have been) (?:more than|over) (?:a|one) week overdue[?.! ]*$/i,
    'open interventions due more than 7 days ago',
  ],
  [
    /^(?:the )?(average|avg|mean|median) (?:deal|sales) (?:cycle|length|duration)(?: length| time)? (?:for|of) (?=(?:won |closed )?deals\b)/i,
    '$1 days to close of ',
  ],
  [
    /^(mrr|arr) (?:of|from|in) (?:the |our )?subscriptions (?:that are )?past due,? (by|per) /i,
    '$1 of past due subscriptions $2 ',
  ],
  [
    /^(?:the )?joint pipeline\b(.*?)(?:, (?:only )?open(?: deals)?(?: only)?)?[?.! ]*$/i,
    'open joint deal amount$1',
  ],
  [
    /^when (?:does|do|will) (?:each|every|our) (?:of our )?partners?'?s? certifications? (?:expire|run out|end)(?:,? (?:soonest|earliest|next) first)?[?.! ]*$/i,
    'partners sorted by certification expiry',
  ],
  [
    /^(?:the )?(meetings|calls|activities) with partners( .+?)? (by|per) (?:partner |their )?managers?[?.! ]*$/i,
    'partner $1$2 $3 partner manager',
  ],
  [
    /\b(?:total )?arr (?:at|with|in|under) high churn risk\b|\barr of (?:the )?(?:customers|accounts) (?:at|with) high churn risk\b/gi,
    'revenue at churn risk',
  ],
  [
    /^(deals closing .*?) (by|per) (rep|owner),? (?:with|and) (?:the |their )?((?:amount|stage|close date)(?:,? (?:and )?(?:amount|stage|close date))*)[?.! ]*$/i,
    '$1 with $3, $4',
  ],
  [
    /^((?:which |what )?(?:bot )?intents) (?:have|has|with|that have) (?:an? )?(?:bot )?success rate (below|under|above|over|of less than|of more than) (\d+ ?%|\d+ percent)/i,
    'bot success rate by intent $2 $3',
  ],
  [
    /^(bot success rate by intent) ((?:below|under|above|over) \d+ ?(?:%|percent)) (.+?)[?.! ]*$/i,
    '$1 $3, $2',
  ],
  [/\bdrop ?offs?(?= (?:rate|share))/gi, 'drop-off'],
  [/\b(?:are |is )?in (?:the )?sla warning\b|\bwith (?:an? )?sla warning\b/gi, 'have an SLA at risk'],
  [/,? (?:min|minimum)\.? (\d+)(?=[?.! ]*$)/i, ', at least $1'],
  [
    /^(?:my|the|our) (?:most negative|angriest|unhappiest) (ticket|case)\b/i,
    'my $1 with the lowest sentiment',
  ],
  [
    /^open tickets (by|per) (agent|person|assignee),? weighted(?: by priority)?[?.! ]*$/i,
    'weighted workload $1 $2',
  ],
  [/\bopene?d (?:vs\.?|versus) solved (?=(?:today|yesterday|this|last))/i, 'opened and solved '],
];

/** Questions of a few words, where they are not understood as they are put. */
export const inTerseFrames = (text: string): string =>
  rephrased(text, [...bounds, ...figures, ...states, ...talk, ...reports]);
