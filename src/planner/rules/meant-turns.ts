import { addUp, isProperty, theOnes, youKnow } from './frame-turns.ts';
import { looselySaid } from './loosely-said-turns.ts';
import { outOf } from './request-turns.ts';
import { rephrased, type Turn } from './turn.ts';

const when =
  '(?:(?:in |during |over |since )?(?:this|last|the (?:last|past|previous|current)) (?:\\d+ )?(?:days?|weeks?|months?|quarters?|years?)|yesterday|today|(?:in |since )?(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \\d{4})?)';
const tickets = '(?:tickets|cases)';
const lengths: Readonly<Record<string, string>> = {
  'a day': '24 hours',
  'one day': '24 hours',
  'the day': '24 hours',
  'an hour': '1 hours',
  'one hour': '1 hours',
  'a week': '7 days',
  'one week': '7 days',
};
const within =
  '(?:with)?in (?:less than |under |at most )?(a day|one day|the day|an hour|one hour|a week|one week|\\d+ ?(?:hours?|days?|h|d|minutes?|weeks?))';
const solvedWithin = (what: string, said: string): string =>
  `${what} with a resolution time of at most ${lengths[said.toLowerCase()] ?? said}`;

/** Short questions that would be understood as something else. */
const terse: readonly Turn[] = [
  // "Accounts with 3 or more breaches, by name and count": no person is asked for.
  [
    /^((?:(?:which|what|list|show me|the|our|my|all|top|\d+) )*(?:accounts|customers|clients|reps|agents|products|partners|campaigns)\b.*?),? (?:by|with) (?:their )?names? and (?:the )?(?:counts?|numbers?|how many)(?: each)?[?.! ]*$/i,
    '$1',
  ],
  // "Solved tickets with CSAT below 3 last month, with agent".
  [
    /^((?:[a-z0-9']+ ){0,3}(?:tickets|cases|conversations|chats)\b.*?), with (?:the )?(?:agents?|assignees?)(?: names?)?[?.! ]*$/i,
    '$1, with their assignee',
  ],
  // "Share of conversations the bot escalated to a human": of those it had.
  [
    /\b(?:share|percentage|%|proportion|rate) of (?:the |all |our )?(?:conversations|chats) (?:that |which )?(?:the |our )?bot (?:has |had |have )?(?:escalated|handed over|handed off|passed on|transferred|passed)(?: (?:on|over))?(?: to (?:a |an )?(?:human|person|agent|people|humans|agents))?(?=[\s,?.!]|$)/gi,
    'bot to human handover rate',
  ],
  // "Sales cycle by segment, won this year": of the deals that were.
  [
    new RegExp(
      `^((?:average |avg |median |mean |our |the )*(?:sales cycle(?: length)?|days to (?:close|win)|deal size|deal length))(?: (?:by|per) ([a-z ]+?))?,? (?:(?:only )?(?:deals|opportunities) )?won (${when}|ytd|so far this year)[?.! ]*$`,
      'i',
    ),
    (_said, figure = '', by?: string, time = '') =>
      `${figure} of deals won ${time}${by === undefined ? '' : ` by ${by}`}`,
  ],
  // Deals with partners are by the tier of the partner.
  [
    /\b((?:joint|partner|co-?sell) (?:deals|opportunities)(?: won| lost)?) (by|per) (tier|type)\b/gi,
    '$1 $2 partner $3',
  ],
  [
    /^((?:number of |our |the )*)partners (by|per) (tier|type|region),? (?:with|and) (?:the |their )?(?:number of |count of )?((?:open |won )?(?:joint deals|deals))[?.! ]*$/i,
    (_said, head = '', by = '', group = '', rows = '') =>
      `${head}${rows.replace(/(?<!joint )deals/i, 'joint deals')} ${by} partner ${group}`,
  ],
  // "Leads, conversions and conversion rate by campaign": of leads.
  [
    /^((?:number of |how many |the )*leads), (?:the )?(?:number of )?conversions,? and (?:the )?conversion rate\b/i,
    'number of leads, converted leads and lead conversion rate',
  ],
  // "How many of my tickets from last week are still unsolved".
  [
    new RegExp(
      `^(how many|which|list|show me) (?:of )?(my |our |the |my team'?s )?(${tickets})(?: (?:opened|created|raised|that came in))? (?:from|of|in) (${when}) (?:are|is|remain) (?:still )?(?:unsolved|unresolved|open|not solved|not closed|pending)(?: yet| now)?[?.! ]*$`,
      'i',
    ),
    '$1 $2$3 opened $4 are still open',
  ],
  // "Which joint deals are open", "list open partner deals": deals, of which partners have parts.
  [
    /^(?:list|show(?: me)?|give me|which|what(?: are)?) (?:of )?((?:the |our |my |all )*)(?:open (?:joint|partner) (?:deals|opportunities)|(?:joint|partner) (?:deals|opportunities) (?:that |which )?(?:are |is )?(?:still )?open)(?: (?:right )?now| currently)?[?.! ]*$/i,
    (_said, whose = '') => `list ${whose}open deals with a partner`,
  ],
  [
    /\b(open|lost) (?:joint|partner) (deals|opportunities) with (?=\p{Lu}|(?!(?:a|an|the|our|my|any)\b)[a-z]+[?.! ]*$)/giu,
    '$1 $2 with ',
  ],
  // "List the joint deals with Nordkap": the rows.
  [
    /^((?:list|show(?: me)?|give me|which|what(?: are)?) (?:of )?(?:the |our |my |all )*)joint (deals|opportunities)\b(?! (?:by|per|amount|won\b.*\bby|are|is)\b)/i,
    '$1partner deals',
  ],
  // "Number of tickets by sentiment", "positive and negative tickets": how many of each.
  [
    /^((?:number of|how many|count of|our|the|my) )*(tickets|cases)(.*?) (by|per) (?:sentiment|mood)(?: (?:label|class|band|category))?(?=[\s?.!,]|$)(?! (?:score|average))/i,
    (_said, _head, rows = '', rest = '', by = '') => `number of ${rows}${rest} ${by} tone`,
  ],
  [
    /^((?:number of|how many|count of|our|the|my) )*(?:positive|negative|neutral)(?:,? (?:and|or|vs\.?|versus)? ?(?:positive|negative|neutral))+ (tickets|cases)\b/i,
    (_said, _head, rows = '') => `number of ${rows} by tone`,
  ],
  // "Accounts per rep and their total ARR": two figures of each rep.
  [
    /^((?:number of|how many|our|the) )*(accounts|customers|deals|subscriptions|orders|open deals|won deals) (by|per) (rep|owner|account owner|region|segment|industry|tier|plan|product|stage),? (?:and|with|plus) (?:their|the) (?:total |summed )?(arr|mrr|amount|value)[?.! ]*$/i,
    (_said, _head, rows = '', by = '', group = '', figure = '') =>
      `number of ${rows} and ${/amount|value/i.test(figure) ? figure : `total ${figure}`} ${by} ${group}`,
  ],
  [
    /^(?:the )?churn (?:probability|risk) ((?:above|over|below|under|of at least|of more than) [\d.]+ ?%?),? by (?:account|customer)\b/i,
    'accounts with churn probability $1',
  ],
  [
    /^((?:which|what) (?:industry|industries|segments?|regions?|tiers?|countries) (?:has|have|had)) the (lowest|highest|worst|best) (?:average )?health(?: score)?s?[?.! ]*$/i,
    '$1 the $2 average health score',
  ],
  // "Unread WhatsApp messages": of those that were sent.
  [
    /\b(?:unread ((?:whatsapp|sms|chat) )?messages|((?:whatsapp|sms) )?messages (?:that )?(?:(?:were|are|have been) )?(?:not|never|un) ?(?:been )?read)(?: yet)?\b/gi,
    (_said, one?: string, two?: string) => `outgoing ${one ?? two ?? ''}messages that were not read`,
  ],
  // A manager is somebody, and not what somebody's role is called.
  [
    /\b(people|employees|colleagues|persons|agents|reps|team members|staff members) (?:(?:who|that|which) )?(?:have|has|with|without|are without|lacking)? ?(?:no|a|any|out)? ?(?:an? )?(?:line )?manager(?=[?.! ]*$)/i,
    (said, rows = '') => (/\b(?:no|without|lacking)\b/i.test(said) ? `${rows} without a line manager` : said),
  ],
  [
    /^(?:who|which (?:people|employees|agents|reps|colleagues)) (?:reports?(?: directly)? (?:to|into)|works? (?:under|for)|(?:is|are) (?:managed|led) by) (?:the )?(?=\p{Lu}|[a-z]+ [a-z]+[?.! ]*$)/iu,
    'people with line manager ',
  ],
  [/\bwhose (?:line )?(?:manager|boss) is (?=\p{Lu})/gu, 'with line manager '],
  [
    /\b(partners?\b[^,?]*?),? (?:with|and|plus|together with) (?:the |their |its )?(?:responsible )?managers?(?=[?.! ]*$)/i,
    '$1 with their partner manager',
  ],
  [/\bpartners whose health is (thriving|steady|fading|critical|strong|weak)\b/gi, '$1 partners'],
  // "Which customers expanded this quarter and by how much": the amounts.
  [
    /^(?:which |what |list (?:the )?|show me (?:the )?)?(?:customers|accounts|clients) (?:that |who |which )?(?:have )?(expanded|upgraded|downgraded|contracted|shrank)(?: their (?:subscription|plan|contract)s?)?( .+?)?,? (?:and|with) (?:by )?(?:how much|(?:the |their )?(?:amounts?|mrr))(?: (?:each|did they|was it))?[?.! ]*$/i,
    (_said, deed = '', when = '') =>
      `${/^(?:exp|up)/i.test(deed) ? 'expansion' : 'contraction'} MRR by customer${when}`,
  ],
  [
    new RegExp(
      `^(?:the )?(upgrades|expansions|downgrades|contractions) (${when}|ytd) by (?:customer|account),? (?:and|with) (?:the |their )?amounts?[?.! ]*$`,
      'i',
    ),
    (_said, deed = '', time = '') =>
      `${/^(?:exp|up)/i.test(deed) ? 'expansion' : 'contraction'} MRR ${time} by customer`,
  ],
  // Whoever orders for the first time is won by it.
  [
    /^(?:which |what |list (?:the )?|show me (?:the )?)(?:customers|accounts|clients) (?:that |who |which )?(?:have )?(?:ordered|bought|purchased)(?: from us| something| anything)? for the first time (.+?)[?.! ]*$/i,
    'customers won $1 by customer',
  ],
  [
    /^how many (?:customers|accounts|clients) (?:have )?(?:ordered|bought|purchased|placed)(?: their first order| from us| something| anything)?(?: for the first time)? (.+?)[?.! ]*$/i,
    (said, when = '') => (/\bfirst\b/i.test(said) ? `number of customers won ${when}` : said),
  ],
  // "The steepest drop in health over the past month": points that were lost.
  [
    /\b(customers|accounts|clients) (?:with|that (?:had|saw)|who (?:had|saw)|having) the (?:steepest|biggest|largest|sharpest|strongest|most severe) (?:drop|decline|fall|decrease|loss|deterioration) in (?:their )?health(?: scores?)?(?: points)?(?: (?:over|in|during|within) (?:the )?(?:past|last) (month|week|\d+ days|30 days))?/gi,
    (_said, rows = '', unit?: string) =>
      `${rows} that lost the most health score points${unit === undefined ? '' : ` in the last ${unit === 'month' ? '30 days' : unit === 'week' ? '7 days' : unit}`}`,
  ],
  // "… per campaign this quarter, and how many converted": both.
  [
    /^how many leads (?:came in|did we get|were created|do we have|arrived)( .+?)?,? and how many (?:of (?:them|those) )?(?:have |were |got )?converted[?.! ]*$/i,
    'leads and converted leads$1',
  ],
  [
    /\b(?:running|active|ongoing|live|current) campaigns\b|\bcampaigns (?:that are |which are )?(?:currently )?(?:running|active|ongoing|live)(?: now| right now| at the moment| currently)?\b/gi,
    'campaigns with campaign status running',
  ],
  // "CSAT responses that were 4 or 5".
  [
    /\b(csat (?:responses|answers|ratings|surveys))(.*?) (?:(?:that|which) )?(?:were|was|are|gave|scored|rated) (?:an? )?(?:4 (?:or|and|\/) 5|4\+|4 or (?:more|better|higher|above))(?: stars?)?(?=[\s?.!,]|$)/i,
    '$1 with a score of at least 4$2',
  ],
  // "Average time in negotiation": how long deals stay there.
  [
    /^(?:what(?:'s| is) (?:the |our )?)?(?:average|avg|median|mean)? ?(?:time|days|duration) (?:spent |deals spend )?(?:in|at) (?:the )?(prospecting|qualification|needs analysis|proposal|negotiation)(?: stage)?(?: (?:for|of) (?:my team'?s|our|my|the|all)(?: open)? deals)?[?.! ]*$/i,
    'average days in $1',
  ],
  // "What did my team close in October, by deal": which deals.
  [
    new RegExp(
      `^what did (my team|we|i|our team) close,? ((?:in |during |over )?(?:${when}|q[1-4](?: \\d{4})?)),? (?:by|per|with the) deals?[?.! ]*$`,
      'i',
    ),
    (_said, who = '', time = '') => `list deals ${who} won ${time}`,
  ],
  // "My deals with a close date in the past, how many and how much".
  [
    /^(?!which |what |how )(.*\b(?:deals|opportunities|opps)\b.*?),? how many (?:are there )?and (?:how much|what(?: is| are)? (?:the |their )?(?:amount|value|total))(?: in total| altogether)?[?.! ]*$/i,
    'number and amount of $1',
  ],
  // "What's my quota and how much have I closed": since it began.
  [
    /^(?:what(?:'s| is)|show me) (my|our) quota,? and how much (?:of it )?(?:have|did|has) (?:i|we) (?:closed?|won|win|done|achieved?|sold)(?: so far| already)?[?.! ]*$/i,
    '$1 quota and won towards quota',
  ],
  [
    /^how much (mrr|arr) (?:does|do|did|is|are) (?:the )?(?!we\b|i\b|it\b|they\b|our\b|my\b|all\b|each\b|every\b)(.+?) (?:pay|paying|bring|bringing|worth|have|make)(?: us| in)?[?.! ]*$/i,
    '$1 of $2',
  ],
  [
    /^orders (from|of|by) (my|our|my team'?s) (accounts|customers) ((?:over|above|below|under|of at least|of more than) [\d.,]+k?)(?= |[?.!]*$)/i,
    'orders $4 $1 $2 $3',
  ],
  [
    new RegExp(
      `^(?:which |what )?products (my|our|my team'?s) (accounts|customers) (?:have )?bought (${when}),? by (?:the )?(?:units|quantity|number of units)[?.! ]*$`,
      'i',
    ),
    'units sold by product $3 to $1 $2',
  ],
  // "Escalated tickets without a CE, still open": the tickets are.
  [
    /^(?!.*\bopen\b.*,)((?:[a-z]+ )?(?:tickets|cases|deals|escalations|incidents)\b[^,]*?), (?:(?:that are|and|only) )?still (open|unsolved|unresolved)[?.! ]*$/i,
    '$2 $1',
  ],
  // "Chats per week, bot vs human": how many of each.
  [
    /^((?:number of |how many )?(?:chats|conversations)\b.*?),? (?:(?:handled |answered )?by )?(?:the )?bots? (?:vs\.?|versus|and|or) (?:by )?(?:a )?(?:humans?|agents?|people|persons?),?(?= |[?.!]*$)(.*)$/i,
    (said, what = '', rest = '') =>
      /\b(?:rate|share|csat|time|rating|average|avg|median)\b/i.test(said)
        ? said
        : `${what.replace(/,$/, '')}${rest.replace(/[?.! ]+$/, '')} by handled by the bot`,
  ],
  [
    /\b(?:inbound|incoming|received) (?:vs\.?|versus|and|or) (?:outbound|outgoing|sent) messages\b|\b(?:outbound|outgoing|sent) (?:vs\.?|versus|and|or) (?:inbound|incoming|received) messages\b/gi,
    'messages by direction',
  ],
  // "When was each WhatsApp number last seen".
  [
    /^when (?:was|were) (?:each|every|all|our)(?: of (?:our|the))? (whatsapp |messaging |chat )?(?:numbers?|sessions?|lines?|phones?)(?: of ours)? last (?:seen|online|connected)[?.! ]*$/i,
    (_said, kind = '') => `list ${kind}sessions with last seen`,
  ],
  // "CSAT by account, only those with 3 or more responses": answers, and no replies to tickets.
  [
    /^(.*\b(?:csat|nps)\b.* (?:by|per) (account|customer|agent|team|category|segment|region|product|channel))(.*?),? (?:but )?only (?:those|the ones) (?:with|that have|having) (?:at least )?(\d+)(?: or more)? (responses|answers|ratings)((?:, ?[a-z0-9 ]+)?)[?.! ]*$/i,
    (_said, what = '', group = '', middle = '', n = '', rows = '', rest = '') =>
      `${what}${middle}${rest.replace(/^,/, '')}, but only ${group.replace(/y$/i, 'ie')}s with at least ${n} ${rows}`,
  ],
  // "Performance per team": how each is doing, and not the tickets about what is slow.
  [
    /^(?:the |our |show me (?:the )?|compare (?:the )?)?performance (by|per|of each|for each|for every) (team|agent|rep|owner|region|channel)\b/i,
    'performing $1 $2',
  ],
  [/^(?:what(?:'s| is) the )?size of (the|my|our) (?=.*\b(?:deal|opportunity)\b)/i, 'amount of $1 '],
  // "Median last month by team": when stands behind.
  [new RegExp(`^(median|average|avg|mean|p90) (${when}) (by|per) ([a-z]+)[?.! ]*$`, 'i'), '$1 $3 $4 $2'],
  // "Incidents 02/11".
  [
    /^((?:my |our |the |open )*(?:tickets|cases|incidents|orders|deals|chats|conversations|escalations|leads|calls|meetings)) (?:around |about )?(\d{1,2}\/\d{1,2}(?:\/\d{2,4})?)[?.! ]*$/i,
    '$1 on $2',
  ],
  // "Deals called Core banking pilot".
  [
    /\b(?:the |our |my )?(deal|opportunity|campaign|incident|ticket)s? (?:called|named|titled|by the name of|with the name) ["“]?([\w&'-]+(?: [\w&'-]+){1,5}?)["”]?(?=[?.! ]*$)/i,
    'the $2 $1',
  ],
];

/** Tickets and chats, as a desk speaks of them. */
const ofTheDesk: readonly Turn[] = [
  // "% of tickets opened last month that were solved within a day": of all that were opened.
  [
    new RegExp(
      `\\b(${tickets} (?:opened|created|raised|that came in|received) ${when}),? (?:(?:that|which) )?(?:(?:were|was|got|have been|had been) )?(?:solved|resolved|closed) ${within}(?=[\\s,?.!]|$)`,
      'gi',
    ),
    (_said, what = '', length = '') => solvedWithin(what, length),
  ],
  // "October tickets solved within a day": those of October.
  [
    new RegExp(
      `\\b((?:my |our |the |my team'?s? )?)(${when.replace('(?:in |since )?', '').replace('(?:in |during |over |since )?', '')})(?:'s|s)? (${tickets}) (?:(?:that|which) )?(?:(?:were|was|got) )?(?:solved|resolved|closed) ${within}(?=[\\s,?.!]|$)`,
      'gi',
    ),
    (_said, whose = '', time = '', what = '', length = '') =>
      solvedWithin(
        `${whose}${what} opened ${/^[a-z]+(?: \d{4})?$/i.test(time) && !/^(?:yester|to)day$/i.test(time) ? 'in ' : ''}${time}`,
        length,
      ),
  ],
  // "First response SLA in October": how much of it was kept, where a period or a split is said.
  [
    new RegExp(
      `^((?:(?:what(?:'s| is| was)|show(?: me)?|how (?:is|was)) )?(?:my |our |the |my team'?s? )?)((?:first )?(?:response|reply)|resolution) slas? (?=(?:${when}|(?:by|per) \\w+)(?:[\\s?.!,]|$))`,
      'i',
    ),
    (_said, head = '', kind = '') =>
      `${head}${/^resolution/i.test(kind) ? 'resolution' : 'first response'} SLA compliance `,
  ],
  // "Joint deals by partner": how many.
  [
    /^(?:(?:how many|our|the|show me|number of) )*(open |won )?joint deals(?= (?:by|per|this|last|in|do we|are there|with (?:our )?partners)\b|[?.! ]*$)(?! (?:by|per) .*\bwith (?:the |their )?amounts?\b)/i,
    (_said, state = '') => `number of ${state}joint deals`,
  ],
  [
    /^(?:(?:our|the|show me) )*open (?:joint|partner|co-?sell(?:ing)?) (?:deals|opportunities) ((?:by|per) .+?),? (?:with|and) (?:the |their )?(?:amounts?|value)[?.! ]*$/i,
    'number of open joint deals and open joint deal amount $1',
  ],
  // "Interventions by outcome": those that have one.
  [
    /^((?:how many |number of |our |the |show me )*)interventions (?=(?:by|per) outcome\b)/i,
    '$1closed interventions ',
  ],
  // "Root causes of escalations this year": how many each of them had.
  [
    /^((?:(?:what (?:are|were)|show me|list|top \d+|the|our|main|most common) )*)root causes (?:of|for|behind) (?:the |our |all )?((?:open |new |customer |critical |urgent |ce )*(?:escalations|incidents|ces))(?= |[?.!]*$)(.*)$/i,
    (_said, head = '', rows = '', rest = '') => {
      const top = /top \d+/i.exec(head)?.[0];
      return `${rows} by root cause${rest.replace(/[?.! ]+$/, '')}${top === undefined ? '' : ` ${top}`}`;
    },
  ],
  // "Products with declining sales": from one month to the next.
  [
    /^((?:which |what |show me |list |any |our )*products?) (?:(?:with|have|having|that have|with the) (declining|falling|shrinking|dropping|growing|rising|increasing) (?:sales|revenue)|whose (?:sales|revenue) (?:is |are |has |have )?(declin\w+|fall\w*|fell|shr[aiu]nk\w*|dropp?\w*|gr[eo]w\w*|ris\w+|rose))[?.! ]*$/i,
    (_said, head = '', one = '', other = '') =>
      `${head} whose sales ${/^(?:grow|grew|ris|ros|incr)/i.test(one + other) ? 'rose' : 'fell'} last month`,
  ],
  // "New vs returning customers": how many of each.
  [
    /\b(?:first[- ]time|new) (?:and|vs\.?|versus|or|against) (?:returning|repeat|recurring) (?:chat )?customers\b/gi,
    'first-time customers and returning customers',
  ],
  // "Average handling time per agent": of chats, where no other record is named.
  [
    /^((?:(?:show me|what(?:'s| is| was)|my|our|the) )*)(average|avg|mean|median)? ?(?:handling|handle) time(?= (?:per|by|of) (?:each |every )?agents?\b| for (?:each|every) agent\b)(?!.*\b(?:tickets?|cases?|escalations?|incidents?)\b)/i,
    '$1average handling time of chats',
  ],
  // "API calls by account last week, top 5".
  [/^(\S.*? (?:by|per) [a-z]+(?: [^,]*)?), (top|bottom) (\d+)(?=[?.! ]*$)/i, '$1 $2 $3'],
  // "What did my team close in October, $".
  [
    new RegExp(
      `^what did (my team|we|i|our team|(?:sales )?[a-z]+(?: [a-z]+)?) close,? ((?:in |during |over )?(?:${when}|q[1-4](?: \\d{4})?|this \\w+|so far this \\w+)),? (?:in )?(?:\\$+|€|amount|money|dollars|value)[?.! ]*$`,
      'i',
    ),
    (_said, who = '', time = '') =>
      `won amount ${/^(?:my team|i|we|our team)$/i.test(who) ? ({ 'my team': 'of my team ', 'our team': 'of my team ', i: 'of mine ', we: '' }[who.toLowerCase()] ?? '') : `of ${who} `}${time}`,
  ],
  [/\brunning subscriptions\b/gi, 'active subscriptions'],
  // "What did I solve yesterday": which ones.
  [
    new RegExp(
      `^what (?:tickets |all )?(?:did|have) (i|we|my team) (?:solved?|closed?|resolved?) (${when})[?.! ]*$`,
      'i',
    ),
    (_said, who = '', time = '') =>
      `list ${/^i$/i.test(who) ? 'my ' : /^we$/i.test(who) ? '' : "my team's "}tickets solved ${time}`,
  ],
  // "Emails I sent last week", "emails sent last week by rep": what reps log, and no wish to write one.
  [/^e?-?mails (?:that )?i (?:have )?(?:sent|wrote|written|made|logged)\b/i, 'number of emails of mine'],
  [/^e?-?mails (?:sent|written|logged) (?=.*\b(?:by|per) (?:rep|owner|seller)\b)/i, 'number of emails '],
  [/^email activities (?=.*\b(?:by|per) )/i, 'number of emails '],
  [
    /^(?:which |how many |show me |list )?(?:chats|conversations) (?:are )?(?:still )?waiting(?: for (?:an? )?(?:agent|answer|reply|us|someone|somebody))?(?: (?:right )?now| at the moment| currently)?[?.! ]*$/i,
    'chats that nobody has answered yet',
  ],
  // "Did any of my deals slip this month".
  [
    new RegExp(
      `^(?:did|have|has) any of (my|our|my team's) (?:open )?(?:deals|opps|opportunities) slip(?:ped)?,? (${when})[?.! ]*$`,
      'i',
    ),
    '$1 deals with a pushed close date $2',
  ],
  // "Campaigns by conversion rate": that of each.
  [
    /^((?:(?:show me|list|rank|our|the|all) )*)campaigns (?:ranked |sorted |ordered )?by (?:their )?((?:conversion|response) rate)(?= |[?.!]*$)/i,
    'campaign $2 by campaign',
  ],
  // "Open tickets high medium low": how many of each.
  [
    /^((?:number of |how many |our |the |my )*open tickets?),? (?:by )?(?:high,? ?\/? ?(?:and )?(?:medium|normal),? ?\/? ?(?:and )?low|low,? ?\/? ?(?:medium|normal),? ?\/? ?(?:and )?high)(?: priority)?[?.! ]*$/i,
    '$1 by priority',
  ],
  // "Stage conversion rates": of each stage.
  [
    /^((?:(?:show me|what are|our|the|all) )*)(?:stage conversion|stage-to-stage conversion|conversion between stages)(?: rates?)?[?.! ]*$/i,
    '$1stage conversion by stage',
  ],
  [
    /^((?:which |what )?(?:product )?categories) (?:grew|shrank|fell|rose|declined) (?:in|from) /i,
    (said) =>
      said
        .replace(/^(which |what )?(?:product )?categories/i, 'which product categories')
        .replace(/ (grew|rose) /i, ' have a sales amount that rose ')
        .replace(/ (shrank|fell|declined) /i, ' have a sales amount that fell '),
  ],
  // "Products with margin below 30%".
  [
    /^((?:which |what |list |show me )*products) (?:with|have|having|that have) (?:an? )?(?:gross )?margin (?:of )?((?:below|under|above|over|less than|more than|at least|at most) \d+ ?(?:%|percent))/i,
    '$1 with a margin share $2',
  ],
  [/\bcustomers by sentiment\b/gi, 'customers by average ticket sentiment'],
  [/^(?:the )?segmentation of (?:our |the )?(customers|accounts|clients) by /i, '$1 by '],
  // "Compliant vs non-compliant SLAs": how many of each.
  [
    /\bcompliant (?:vs\.?|versus|and|or) non[- ]?compliant(?: slas?| clocks?)?\b/gi,
    'SLAs met and SLA breaches',
  ],
  // "Sent, delivered, read, failed".
  [
    /^(?:(?:whatsapp|messages?) )?sent,? ?\/? ?delivered,? ?\/? ?read,? ?\/? ?(?:and )?failed(?: messages)?(?= |[?.!]*$)/i,
    'messages sent, delivered, read and failed',
  ],
  // "Best case and commit by rep".
  [
    /^((?:amount in |pipeline in |our |the )*)(commit|best case|pipeline) (?:and|vs\.?|versus) (commit|best case) (by|per) (rep|owner|team|region|segment)\b/i,
    'pipeline in $2 and $3 by forecast category and $5',
  ],
  [
    /^((?:show me |our |the |what is the )*)resolution rate (per|by) agent (?:for|of|in) (?:chats|conversations)\b/i,
    '$1chat resolution rate $2 agent',
  ],
  // "Most meetings, emails and calls not counted": meetings are neither.
  [
    /\b(meetings|calls|e?-?mails)\b([^,?]*?),? (?:(?:excluding|without|not counting|leaving out|not including) (?:the )?(e?-?mails|calls|meetings)(?:,? (?:and|or) (?:the )?(e?-?mails|calls|meetings))?|(e?-?mails|calls|meetings)(?: (?:and|or) (e?-?mails|calls|meetings))? not (?:counted|included))(?=[?.! ]*$)/i,
    (said, ...found) => {
      const [kind = '', rest = '', ...out] = found.slice(0, 6).map((one: string | undefined) => one ?? '');
      return out.some((one) => one.toLowerCase() === kind.toLowerCase()) ? said : `${kind}${rest}`;
    },
  ],
  [/^(?:the |our )?busiest (?:customer|account|client)\b/i, 'most active account'],
  // "What closes this month".
  [/^what closes (?=\S)/i, 'deals closing '],
  // "Avg first response by chat channel": of chats.
  [/\b(?:by|per) (?:chat|conversation) channels?\b/gi, 'of chats by channel'],
  // "Which of my chats are still open": a conversation that is pending is not over.
  [
    /^((?:which|what|how many) (?:of )?(?:my |our |the )?(?:chats|conversations)) (?:are|is) still (?:open|going|running|ongoing)\b/i,
    '$1 are active',
  ],
  [/\bstill[- ]open (chats|conversations)\b/gi, 'active $1'],
  // "Opened vs solved per day": both.
  [
    /\b(opened|created|new|incoming|raised) (?:vs\.?|versus|against|v) (solved|resolved|closed)\b(?= (?:tickets |cases )?(?:by|per|each|every|this|last|in|for|since|yesterday|today))/gi,
    '$1 and $2',
  ],
  // "Active and idle hours per agent".
  [
    /\b(active|idle|away|online) (?:and|vs\.?|versus|&) (active|idle|away|online) (?:hours|time)\b/gi,
    '$1 time and $2 time',
  ],
  [/\b(active|idle|away|online) hours (?=(?:by|per|of) (?:agent|person|engineer))/gi, '$1 time '],
  // "Which channel do most of my tickets come from".
  [
    /^(?:through |via |from )?(?:which|what) (channel|category|region|segment|priority|account|customer|product|source|country|industry|campaign) (?:do|did) (?:the )?most (?:of )?(my |our |the )?([a-z]+(?: [a-z]+)?) (?:come|fall|belong|originate|arrive|get in|sit)(?: in)?(?: from| through| via| into| to| in| under| over)?(?= |[?.!]*$)/i,
    (_said, group = '', whose?: string, rows = '') =>
      `which ${group} had the most ${rows}${whose?.toLowerCase() === 'my ' ? ' of mine' : ''}`,
  ],
  // "Open incidents, which accounts": those rows, which tell of whom they are.
  [
    /^((?!which\b|what\b|who\b|how\b|did\b|do\b|does\b|is\b|are\b|was\b|were\b|has\b|have\b|any\b)[^,?]*\b(?:incidents|escalations|tickets|deals|opportunities|subscriptions|interventions)\b[^,?]*), (?:which|what|whose|and which) (?:accounts?|customers?|clients?|companies)(?: (?:are they|are these|is it|are affected|is that))?[?.! ]*$/i,
    'list $1',
  ],
  // "Tickets with failover in the subject this month": when is no part of it.
  [
    new RegExp(
      `\\b(${tickets}|escalations|incidents) (?:with|that have|having|mentioning|containing) (["“]?[\\w -]{3,40}?["”]?) in (?:the|their|its) (subject|title|headline) (${when})(?:, how many)?[?.! ]*$`,
      'i',
    ),
    (said, what = '', word = '', where = '', time = '') =>
      `${/how many[?.! ]*$/i.test(said) ? 'how many ' : ''}${what} ${time} have ${word} in the ${where}`,
  ],
  // "When was the whatsapp campaigns number last seen".
  [
    /^(?:when (?:was|did)|since when has) (?:the |our )?([\w' -]+?) (?:number|session|line|phone|phone number)(?: we)? (?:been )?last (?:seen|see|connected|online)[?.! ]*$/i,
    'status of the session $1',
  ],
  // "Accounts with a health score under 50 and their open tickets": how many those are.
  [
    /^((?:which |list |show )?(?:accounts|customers)(?: of mine)? (?:with|whose|that have) (?!.*\band .*\band )[^,]+? (?:below|under|above|over|at least|at most) [\d.,]+%?),? (?:and|with|plus|incl(?:uding|\.)?) (?:their|the number of(?: their)?) ((?:open|active|unsolved|urgent) )?(tickets|deals|escalations|incidents|subscriptions|conversations)[?.! ]*$/i,
    '$1 with number of $2$3',
  ],
  // "Lead status of Dimitri Larsen": of that lead.
  [/^(?:what(?:'s| is) the )?lead status (?:of|for) (?!(?:the|all|my|our|each)\b)(?=\S)/i, 'status of lead '],
  [
    /\b((?:status|stage|source|owner|company|email|phone|name) of )my (lead|contact|partner) (?=(?!(?:and|by|this|last|who|with|from|in|that|which|or)\b)[\p{L}])/giu,
    '$1$2 ',
  ],
  [
    /^(?:which|what) (?:company|account|customer) (?:is|does|was) (?:the |my |our )?lead ([\p{L}]+(?: [\p{L}]+)?) (?:from|at|with|work for|of|belong to)(?:,? and what'?s? (?:is )?(?:his|her|their) status)?[?.! ]*$/iu,
    'status of lead $1',
  ],
  [
    /\b(?:the )?(?:total|sum)(?: value| amount)? of (?:the |our |all |all the )?orders\b/gi,
    'total order amount',
  ],
  // "Average time per ticket": which time is open.
  [
    /^((?:average|avg|mean|median) time) (?:per|for a|of a|for each) (ticket|case|chat|conversation)(?=[?.! ]|$)/i,
    '$1 of $2s',
  ],
  [/\b(which|what) ([a-z]+) (?:works|performs|does) (best|worst)\b/gi, '$1 $2 is $3'],
  // "Chats opened 11/09": on that day.
  [
    /\b(opened|created|solved|closed|resolved|started|sent|won|lost|placed|received|raised) (?=\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?:[?.! ]|$))/gi,
    '$1 on ',
  ],
  // "What my team logged": calls, mails and meetings.
  [
    /^what (?:has |have |did )?(my team|i|we|[\p{L}]+ [\p{L}]+)(?: have| has)? (?:logged?|logged)\b/iu,
    'activities $1 logged',
  ],
  // "Who has ticket 11854", "when was 11795 opened": a number of one record, whose zeros nobody types.
  [
    /\b(ticket|case) (?:number |no\.? |nr\.? )?#?(\d{5,7})\b(?! (?:days|hours|tickets))/gi,
    (_said, noun = '', n = '') => `${noun} ${n.padStart(8, '0')}`,
  ],
  [
    /^((?:when was|who (?:has|owns|opened|raised|solved|handles|took)|is|was|status of|priority of|what about|whose is) )#?(\d{5,7})(?=[?.! ]*$| (?:opened|solved|closed|created|still|about|assigned|escalated|now)\b)/i,
    (_said, ask = '', n = '') => `${ask}${n.padStart(8, '0')}`,
  ],
];

/** Deals, campaigns and customers, as they are spoken of in passing. */
const ofTheTrade: readonly Turn[] = [
  // "Average days in negotiation": how long deals stay there, not until they close.
  [
    /\b(?:(?:the )?(?:average|avg|mean|median|typical|usual) )?(?:number of )?days (?:spent )?in (?:the )?(negotiation|proposal|qualification|prospecting|discovery|evaluation|closing)(?: stage| phase)?(?=[\s,?.!]|$)/gi,
    'time in stage $1',
  ],
  [
    /^(?:the )?(?:top|biggest|most expensive|costliest) campaigns? by (?:cost|spend|price)( .+?)?[?.! ]*$/i,
    (_said, when?: string) => `campaign cost by campaign${when ?? ''}, highest first`,
  ],
  // "Lifetime value top 10".
  [
    /^((?:average )?(?:lifetime value|ltv|arr|mrr|revenue|churn probability|churn risk|open pipeline)),? top (\d+)(?: (?:customers|accounts))?[?.! ]*$/i,
    'top $2 customers by $1',
  ],
  [
    /\b(dropped|fell|declined|decreased|rose|grew|increased|lost|gained) (?=(?:more than|over|at least) \d+ points\b)/gi,
    '$1 by ',
  ],
  [/\bwhose health (?=(?:dropped|fell|declined|decreased|rose|grew|increased)\b)/gi, 'whose health score '],
  [
    /^(?:the )?bot[- ]handled (?:share|rate|percentage|%)(?: of (?:chats|conversations))?\b/i,
    'share of conversations handled by the bot',
  ],
  [
    /^(?:low )?seat (?:usage|use|utili[sz]ation) (?:under|below|less than) (\d+ ?%)/i,
    'accounts with seat use below $1',
  ],
  [
    /^who (?:has|have|had) no ((?:open |active |unsolved )?(?:tickets|chats|conversations))(?: assigned)? (?:in|on|of) (my|our|the) team[?.! ]*$/i,
    'agents in $2 team without $1',
  ],
  [
    /\bcross[- ]?sell (?:ideas|suggestions|recommendations|options|opportunities) (?=(?:for|at|with)\b)/gi,
    'cross sell ',
  ],
];

/** What another reading would take for an aside or for a number: whoever says it means it. */
const meant: readonly Turn[] = [
  ...terse,
  ...ofTheDesk,
  ...ofTheTrade,
  outOf,
  [
    /\b(?:that are |which are )?not (?:yet )?assigned to (?:anyone|anybody|someone|any agent|an agent)\b/gi,
    'without an assignee',
  ],
  youKnow,
  theOnes,
  isProperty,
  addUp,
  // "Whose close date falls in this month": no fall.
  [
    /\b(deals|opportunities|opps)((?: [a-z]+){0,4}?),? (?:and )?whose clos(?:e|ing) dates? (?:falls?|lies|lie|is|are|comes?) (?:with)?in (?!the past(?! \w+ (?:days|weeks|months)))(?=(?:this|the|next|last)\b)/gi,
    '$1$2 closing in ',
  ],
  // "The open deals that belong to me": whose they are stands with them.
  [
    /\b((?:open |active |won |lost )?(?:deals|opportunities|opps)) (?:(?:that|which) )?(?:belong to me|are owned by me|owned by me|i own(?=,| and\b| that\b| which\b))/gi,
    'my $1',
  ],
  [/\bthe my (?=\S)/gi, 'my '],
  // "Of the deals closed this year, what percentage did each owner win".
  [
    /^of (?:the |all )?((?:[a-z]+ )?(?:deals|opportunities)) (?:that were |which were )?(?:closed|decided) ((?:this|last) [a-z]+),? (?:what|which) (?:percentage|share|percent|part) did (?:each|every) ([a-z]+) win[?.! ]*$/i,
    'win rate of $1 by $3 $2',
  ],
  [
    /\b(?:percent|percentage|share|%) of (?:the )?((?:this|last) (?:week|month|quarter|year))'s (?:closed|decided) (?:deals|opportunities) (?:that|which) (?:were|got) won\b/gi,
    'win rate $1',
  ],
  // "The number of chats, by channel, that were opened last week": no aside.
  [
    /,? by ([a-z]+(?: [a-z]+)?), (that|which) (were|was|are|is|have|had) ([^,?.!]+)(?=[?.! ]*$)/i,
    ' $2 $3 $4 by $1',
  ],
  [/,? and whose sentiment(?: score)? is (negative|positive)\b/gi, ' with $1 sentiment'],
  // "Incidents whose resolution time exceeded 4 hours": whose they are is not asked.
  [
    /(?<=[a-z] )whose ((?:[a-z]+ ){0,2}(?:time|duration|length|age)) (?:is|was|were|are|has been) (?=(?:over|under|above|below|more|less|longer|shorter|at|greater)\b)/gi,
    'with a $1 ',
  ],
  [
    /(?<=[a-z] )whose ((?:[a-z]+ ){0,2}(?:time|duration|length|age)) (?:exceeded|exceeds|exceed) /gi,
    'with a $1 over ',
  ],
  // Fewer than five conversions are no rate.
  [
    /(?<=\bcampaigns?\b.*)\b((?:below|fewer than|less than|more than|over|at least|at most|no|zero|any|0) (?:\d+ )?)conversions?\b|(?<=\bcampaigns?\b.*)\bconversions? (?=(?:below|above|under|over) \d)/gi,
    (_said, bound = '') =>
      /^(?:no|zero|any|0) ?$/i.test(bound)
        ? 'converted recipients below 1 '
        : `${bound}converted recipients `,
  ],
  // Two states of the same rows are no two figures.
  [
    /\b(unsolved|unresolved|open|urgent|escalated) and (unassigned|unanswered|escalated|overdue|urgent) (?=(?:tickets|cases|escalations|conversations|ones)\b)/gi,
    '$1 $2 ',
  ],
  // "Reopened at least 3 times": whether they are solved again is another matter.
  [
    /(?<=\b(?:opened|created|raised|solved|closed)\b.*),? (?:and )?(?:(?:that|which) )?(?:were |was |have been |had been |got |been )*re-?opened (at least|more than|over|at most) (\d+|two|three|four|five|twice|once)(?: times)?\b/gi,
    (_said, how = '', n = '') =>
      ` with ${how} ${/^once$/i.test(n) ? '1' : /^twice$/i.test(n) ? '2' : n} reopens`,
  ],
  [
    /\b(tickets (?:opened|created|raised) (?:this|last|today|yesterday|since|in)(?: (?!re)[\w]+){0,3}?) (?:that |which )(?:were |have been |had been |got )(?:been )?re-?opened(?=[?.! ]*$)/gi,
    '$1 with at least 1 reopens',
  ],
  // "Messages sent by customers": they come in.
  [
    /\b(?:messages|texts) (?:(?:that|which) )?(?:(?:were |are )?(?:sent|written)(?: to us| in)? by|we (?:got|received|had) from|came in from|coming from) (?:our |the )?(?:customers|clients|contacts|users)\b/gi,
    'inbound messages',
  ],
  [
    /\b(?:messages|texts) (by \w+ )?(?:that |which )?(?:our |the )?(?:customers|clients|contacts) (?:have )?(?:sent|wrote|send)(?: (?:to )?us| in)?\b/gi,
    'inbound messages $1',
  ],
  [
    /\b(nps|csat) (?:survey )?(?:responses?|answers?|ratings?|surveys?) (?:of|at|scored|rated) (?=(?:at most|at least|below|above|under|over|less|more|no |\d))/gi,
    '$1 responses with a score of ',
  ],
  [
    /\b(campaigns\b[^?.!]*?) without (?:any )?(conversions|responses|members)(?=[?.! ]*$)/gi,
    '$1 with $2 below 1',
  ],
  [
    /\b(whose|with a|with their) (close date|closing date|renewal date|due date) (?:(?:is|lies|are|was) )?(?:already )?(?:(?:in the past|over|past|gone by|gone|passed|before today|behind us))\b/gi,
    (_said, how = '', date = '') => `${how} ${date} ${/^whose/i.test(how) ? 'is ' : ''}already in the past`,
  ],
  [/\b(?:distinct|different|unique|separate) (?=(?:accounts|customers|clients|contacts|agents)\b)/gi, ''],
];

export const asMeant = (text: string): string => rephrased(rephrased(text, looselySaid), meant);
