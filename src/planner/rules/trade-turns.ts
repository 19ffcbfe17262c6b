import { asideTurns, ofMine, shareTurns, ticket } from './aside-turns.ts';
import { endOfDayPattern } from './time/time-words.ts';
import { rephrased, type Turn } from './turn.ts';

const customers = '(?:customers?|clients?|accounts?|compan(?:y|ies))';
const someone =
  '(?:a |an |the |our |my |any )?(?:customers?|clients?|requesters?|people|someone|somebody|anyone)';
const reply = '(?:answer|reply|response)';
const noReply =
  '(?:(?:a |any |an |one |even )?(?:single )?(?:first )?(?:answer|reply|response|word)s?(?: from (?:us|me|anyone|an agent))?)';
const today = `(?:${endOfDayPattern}|tonight|the day is (?:over|out))`;

/** Who has how much to do, and who brings it. */
const loadTurns: readonly Turn[] = [
  // "Who is drowning in tickets", "who has the most on their plate": whose open tickets are the most.
  [
    new RegExp(
      `(?:\\b(?:is|are)|'s) (?:drowning|buried|swamped|snowed under|under ?water|flooded)(?: (?:in|under|with|by)(?: all)?(?: (?:the|their|his|her))?(?: open)? (?:${ticket}|work|chats?))?(?![\\w-])`,
      'gi',
    ),
    ' has the most open tickets',
  ],
  [
    /\b(has|have|got|with) the (most|least|fewest) (?:work )?(?:on|in) (?:their|his|her) (?:own )?(?:plates?|desks?|hands|lists?|queues?)\b/gi,
    '$1 the $2 open tickets',
  ],
  // "Which topics are we getting hammered on": of which there are the most tickets.
  [
    /\b((?:which|what) (?!is\b|are\b|do\b)[\w-]+(?: [\w-]+)?) (?:are|do|were|did|have) (?:we|i) (?:been |get |getting )?(?:hammered|flooded|bombarded|swamped|overrun|slammed|battered)(?: (?:the )?(?:most|hardest|worst))?(?: (?:on|by|with|from|in))?(?![\w-])/gi,
    '$1 have the most tickets',
  ],
  // "Which customers do I hear from most".
  [
    /\bdo (i|we) (?:hear|get (?:mail|messages|tickets)) from (?:the )?(most|least)(?: often)?\b/gi,
    (_, who = '', end = '') => `have the ${end} tickets${ofMine(who)}`,
  ],
  // "Which accounts eat most of our time, going by number of tickets".
  [
    /\b(?:eat|eats|take|takes|cost|costs|consume|consumes)(?: up)? (?:the )?most(?: of)? (?:(?:our|my|the team'?s?) )?(?:time|attention|effort)\b(.*?),? (?:going|judging|measured|ranked) by (?:the )?(?:number|count) of (\w+)/gi,
    'have the most $2$1',
  ],
  // "Which product do most of my tickets concern".
  [
    new RegExp(
      `\\b((?:which|what) [\\w-]+(?: [\\w-]+)?) (?:do|did|are|were) (?:most|the majority) of (my|our|the) (${ticket}) (?:concern|come from|belong to|relate to|fall (?:under|into)|about|from|go to|touch)(?![\\w-])`,
      'gi',
    ),
    (_, head = '', whose = '', noun = '') => `${head} has the most ${noun}${ofMine(whose)}`,
  ],
  [
    /\bmore than (one|two|three|\d+) things? open(?: at (?:the same time|once))?/gi,
    'more than $1 open tickets',
  ],
  [
    /\bcustomers where (i|we) have (more than (?:one|two|three|\d+) open tickets)/gi,
    (_, who = '', many = '') => `customers with ${many}${ofMine(who)}`,
  ],
  // "What did I get done": what was solved.
  [
    /\bwhat (?:did|have|has) ((?!you\b)[\w' ]+?) (?:get|gotten|got) done\b/gi,
    'how many tickets did $1 solve',
  ],
  [
    /^(?:is|are) (?:our|the|my) (.+?) (?:count|number|volume)s? (?:going|trending|heading) (?:up or down|down or up)\b/i,
    '$1 tickets trend',
  ],
  [
    /,? (?:and )?who(?:'s| is) overloaded (?:and|or|vs\.?) who(?:'s| is| has)(?: got)? (?:room|capacity|time|free|underutilised|idle|slack)(?: left| to spare)?/gi,
    ' by agent',
  ],
];

/** How things came in, and how they are spread. */
const arrivalTurns: readonly Turn[] = [
  // "Chats that landed with me", "tickets that reached us on Saturdays".
  [
    /\b(?:that |which )?(?:landed|arrived|ended up) (?:with|on|at) (me|us)\b/gi,
    (_, who = '') => ofMine(who).trim(),
  ],
  [/\b(?:reached|hit|got to) us\b/gi, 'came in'],
  // "How's the backlog spread over my people".
  [
    /^(?:how(?:'s| is| are|s) )?([^?]+?) (?:is |are )?(?:spread(?: out)?|distributed) (?:over|across|among|amongst) (?=\S)/i,
    '$1 by ',
  ],
];

/** Answers that are owed, late or given. */
const replyTurns: readonly Turn[] = [
  [/\banything of (mine|ours) (?=that|nobody|no one|without|with|still|not)/gi, 'tickets of $1 '],
  // "Nobody has replied to", "never got a reply": no first reply.
  [
    /\b(?:(?:that|which|where) )?(?:nobody|no one|noone|none of us)(?: has| have|'s)?(?: (?:yet|ever))? (?:replied to|answered|responded to|got back to)(?: (?:them|it))?(?: (?:yet|so far|at all))*/gi,
    'without a first reply',
  ],
  [
    new RegExp(
      `\\b(?:that |which |who )?(?:have |has )?(?:never|not ever|not yet|not) (?:got|gotten|had|received|seen) ${noReply}(?: before (?:they|it) (?:were|was|got) (closed|solved|resolved))?`,
      'gi',
    ),
    (_, ended = '') => `${ended === '' ? '' : `${ended} `}without a first reply`,
  ],
  // "How long does it take me to get back to a customer the first time".
  [
    new RegExp(
      `\\bhow (?:long|quickly|fast) (?:does|do|did) it (?:usually |typically |normally |generally )?take (me|us) to (?:get|come) back to ${someone} (?:(?:for )?the first time|at first|initially)`,
      'gi',
    ),
    (_, who = '') => `median first response time${ofMine(who)}`,
  ],
  [
    new RegExp(
      `\\b(?:the )?longest (?:that )?(i|we)(?: have|'ve)?(?: ever)? (?:kept|made|left|let) ${someone} (?:wait|waiting)(?: for)? (?:a |the |my |our )?first ${reply}`,
      'gi',
    ),
    'slowest first reply $1 had',
  ],
  // "Which customer has been waiting the longest for a reply from me": the tickets, each with its customer.
  [
    new RegExp(
      `^(?:which|what) ${customers} (?:has|have|is|are)(?: been)? waiting (?:the )?longest(?: for (?:a|an|my|our) ${reply}(?: from (me|us))?)?(?=\\s*[?.!]*$)`,
      'i',
    ),
    (_, who = '') => `tickets waiting on ${who === '' ? 'us' : who} longest`,
  ],
  // "Enterprise vs mid-market: who waits longer for a first answer".
  [
    new RegExp(
      `^(.+? (?:vs\\.?|versus|or|and) .+?)[:,-]+ ?(?:who|which(?: of them)?) (?:waits?|has to wait|have to wait) longer for (?:a |the |their )?first ${reply}`,
      'i',
    ),
    'median first response time of $1',
  ],
  [
    /^(.+? (?:vs\.?|versus|or) .+?)[:,-]+ ?where (?:are|were) we (?:the )?(?:slowest|fastest|quickest) (?:to|at|in) (?:answer(?:ing)?|reply(?:ing)?|respond(?:ing)?)/i,
    'median first response time by channel of $1',
  ],
  [
    /(?<=\bwaiting (?:on|for) (?:the |a )?(?:customer|client|requester)s?),? (?:and )?not (?:on|for|with) (?:us|me)\b/gi,
    '',
  ],
  [/\bpending (?:on|with|at|from) (?:the |a |their )?(?:customers?|clients?|requesters?)\b/gi, 'pending'],
  // "Did any customer give me a 1 or a 2": the answers to surveys.
  [
    new RegExp(
      `^(?:did|has|have) (?:any|some|a)(?:one|body)?(?: of (?:my|our))?(?: ${customers})? (?:give|given|gave|rate|rated|leave|left)(?: (me|us))?(?: with)? (?:a |an )?([1-5])(?: (?:or|and) (?:a |an )?([1-5]))?(?= (?:in|this|last|since|on|over|during|today|yesterday)\\b|\\s*[?.!]*$)`,
      'i',
    ),
    (_, who = '', one = '', other = '') =>
      `list csat survey responses${ofMine(who)} with survey score ${[one, other].filter((score) => score !== '').join(' or ')}`,
  ],
  // "CSAT distribution", "how many 1s, 2s, 3s": how often each answer was given.
  [
    /\b(?:distribution|spread|breakdown|split) of (?:the |my |our )?(?:csat|satisfaction|survey)(?: survey)?(?: (?:scores?|ratings?|answers?))?(?! by\b)|\b(?:csat|satisfaction)(?: (?:scores?|ratings?))? (?:distribution|spread)\b/gi,
    'csat responses by rating',
  ],
  [
    /^how many (?:1|5|one|five)s,? (?:and |or )?(?:2|4|two|four)s(?:,? (?:and |or )?\d?(?:three|four|five|two|one)?s)*(?: (?:and so on|etc\.?))?(?: (?:did|have) (i|we) (?:get|got|had|received?))?/i,
    (_, who = '') => `csat responses${ofMine(who)} by rating`,
  ],
  [
    /\b(?:that |which )?(?:needed|took|required) (?=(?:more than|over|at least|fewer than|less than|under) \d+ (?:repl|answers|touches))/gi,
    'with ',
  ],
];

/** Promises that are about to be missed, and those that were. */
const promiseTurns: readonly Turn[] = [
  // "Which of my tickets will breach before tonight": the promises that are due by then.
  [
    new RegExp(
      `\\b(?:which|what|any|anything|are there any|do any)(?: (?:of|on))?(?: (my|mine|our|ours|the))?(?: open)?(?: ${ticket})?(?: of (mine|ours))?(?: that)?(?: (?:will|would|could|might|may|are going to|are about to|is going to|going to|about to))? breach(?:es|ing)?(?: (?:its|their|the|an) slas?)? (?:before|by|until|till) ${today}`,
      'gi',
    ),
    (_, whose = '', owner = '') => `running slas${ofMine(whose || owner)} due today`,
  ],
  [new RegExp(`\\bdue (?:before|by|until|till) ${today}`, 'gi'), 'due today'],
  [
    new RegExp(
      `\\b${ticket} (?:(?:that )?(?:are|come|fall) |com{1,2}ing |falling |getting )?due (?=(?:on|today|tomorrow|in|within|by|before|after|this|next)\\b)`,
      'gi',
    ),
    'slas due ',
  ],
  // "What's due next on SLA for me", "next SLA due in my queue": the running clocks, the first due first.
  [
    /\b(?:what(?:'s|s| is)|which slas? (?:is|are)) due next(?: (?:on|under|by|with|in) (?:the |my )?slas?)?(?: for (me|us))?(?=\s*[?.!]*$)/gi,
    (_, who = '') => `running slas${ofMine(who)} sorted by due date ascending`,
  ],
  [
    /\bnext slas?(?: (?:that (?:is|are)|to (?:be|come)))? due(?: (?:on|in|for|of) (my|our) (?:queue|plate|desk|list|name))?(?: for (me|us))?(?=\s*[?.!]*$)/gi,
    (_, whose = '', who = '') => `running slas${ofMine(whose || who)} sorted by due date ascending`,
  ],
  [/\b(?:in|with) (?:the |an? )?sla warning(?: state)?(?![\w-])/gi, 'at risk'],
  [
    /\b(frt|first (?:reply|response|answer)|resolution|next response) breach(?:es)?\b/gi,
    (_, promise = '') => `${/^(?:frt|first)/i.test(promise) ? 'first response' : promise} sla breaches`,
  ],
  // "How many tickets breached an SLA": tickets, of which one may have missed several targets.
  [
    new RegExp(
      `\\b(how many|number of|count of)((?: (?:of )?(?:my|our|the|urgent|high|normal|low|different|distinct))*) ${ticket} (?:(?:that|which) )?(?:(?:have|has|had) )?(?:breached|missed|broke|violated)(?: (?:an?|any|the|their|its|our) (?:slas?|targets?|deadlines?))?(?= (?:in|this|last|since|on|by|per|today|yesterday|during|over|so far)\\b|\\s*[?.!]*$)`,
      'gi',
    ),
    '$1$2 distinct breached tickets',
  ],
  // "Tickets with a breached SLA that are still not solved".
  [
    new RegExp(
      `\\b${ticket} with (?:an? )?breached slas?,? (?:that|which|and)? ?(?:are|is)? ?(?:still )?(?:not(?: yet)? (?:solved|closed|resolved)|unsolved|open)(?![\\w-])`,
      'gi',
    ),
    'breached slas of open tickets',
  ],
  // "Did anyone drop the ball on an urgent one this week, i.e. missed the first reply target".
  [
    new RegExp(
      `^(?:has|have|did) (?:anyone|anybody|somebody|someone|one of us|we|i) (?:dropped|drop) the ball(?: on (?:an? |any )?(urgent|high|normal|low)?(?: priority)? ?(?:ones?|${ticket}))?(.*?)(?:,? ?\\(?(?:(?:i\\.?e\\.?|that is|meaning|so),? )?(?:miss|missed|broke|blew) (?:the|a|an|its|their) (first (?:reply|response)|next (?:reply|response)|resolution)(?: time)? (?:targets?|slas?|deadlines?)\\)?|,? slas?[- ]?wise|,? on slas?)(?=\\s*[?.!]*$)`,
      'i',
    ),
    (_, urgency = '', when = '', promise = '') =>
      `list ${promise} sla breaches ${urgency === '' ? '' : `of ${urgency} tickets `}${when}`,
  ],
  // "What percentage of mine met the resolution target".
  [
    new RegExp(
      `^(?:in )?(?:what|which) (?:percentage|percent|share|part) of (mine|ours|my ${ticket}|our ${ticket}|the ${ticket}|${ticket}) (?:met|made|hit|kept) (?:the|their|its) ((?:resolution|first response|first reply|next response|response) )?(?:targets?|slas?|deadlines?)`,
      'i',
    ),
    (_, whose = '', promise = '') => `${promise}sla compliance${ofMine(whose.split(' ')[0])}`,
  ],
  // "… and did I miss the target on any": how many were missed, beside the figure.
  [
    /^how many (.+?) (?:have|did) (i|we) (?:had|have|get|got)\b(.*?),? and (?:did|have) (?:i|we) (?:miss|missed|breach|breached) (?:the|a|any|their) (?:targets?|slas?|deadlines?)(?: (?:on|for|with) (?:any|some)(?: of (?:them|those))?)?(?=\s*[?.!]*$)/gi,
    (_, what = '', who = '', when = '') => `${what} and sla breaches${ofMine(who)}${when}`,
  ],
];

/** What tickets and conversations went through, in the words of those who work on them. */
const courseTurns: readonly Turn[] = [
  [/\b(?:that |which )?(?:came|come|coming|rose|are|is|were|was) back from the dead\b/gi, 'were reopened'],
  [
    /\breopened(?: again)? after (?:we|i|they)(?:'d| had| have)? (?:solved|closed|resolved|fixed)(?: (?:it|them))?(?![\w-])/gi,
    'reopened',
  ],
  [
    /\b(?:(?:that |which )?were )?reopened (?:more than once|multiple times|several times|repeatedly)\b/gi,
    'with times reopened over 1',
  ],
  [
    /\b(?:conversations|chats) (?:where|in which) (?:the )?(?:people|customers|users|they) (?:gave|give|have given) up on the bot\b/gi,
    'chats dropped by the bot',
  ],
  [
    /\bwhat (?:do|did) (?:the )?(?:people|customers|users|they) ask the bot (?:the )?most(?: often)?\b/gi,
    'top bot requests by intent',
  ],
  [/\bintents with the (lowest|highest|worst|best) success rate\b/gi, 'intents with the $1 bot success rate'],
  [/\b(bot|robot) hands? over to (?:one of )?us\b/gi, '$1 hand over to a human'],
  [/\b(?:stuck|sitting|still|left|lying) in ["'‘“](new|open|pending|on hold|hold)["'’”]/gi, 'in status $1'],
  [/\bwith (?:my|our) names? (?:on|at|against) (?:it|them)\b/gi, 'of mine'],
  [/\b(?:in|under|on) my name,? (?:in )?(?:any|whatever|every) (?:status|state)(?=\s*[?.!]*$)/gi, 'of mine'],
  [/\banything in status\b/gi, 'tickets in status'],
  // "First ticket I ever got from": the oldest.
  [
    new RegExp(
      `^(?:the |my )?(?:very )?first (${ticket}|chat|conversation) (?:that )?(i|we)(?: have|'ve)?(?: ever)? (?:got|gotten|had|received|took|worked on)(?: with)?(?! back)`,
      'i',
    ),
    (_, noun = '', who = '') => `oldest ${noun}${ofMine(who)}`,
  ],
  [/^near[- ]miss(?:es)?: (?:open )?(?=tickets? at risk|cases? at risk)/i, ''],
  [/\bhead ?count of (?=(?:open |new |solved |closed )?(?:tickets?|cases?|chats?)\b)/gi, 'number of '],
  [
    /\b(?:that(?:'s|s| is| are) )?(?:quietly )?(?:rotting|gathering dust|going stale)(?: away)?,? (?:like|say|meaning) /gi,
    '',
  ],
  [/,? (?:in )?my (?:queue|plate)(?=\s*[?.!]*$)(?<=,.*)/gi, ' of mine'],
  [
    /\b(?:customers?|accounts?|clients?) (?:is|are) on fire:? ?(?=(?:with )?(?:the )?most\b)/gi,
    'customer has ',
  ],
  [
    /^(?:what(?:'s|s| is)?|what do i have|what have i got)(?: currently)? (?:on|in|at) my (?:own )?(?:plate|desk|list|tray)(?: (?:right now|now|rn|today|currently|at the moment|atm))?(?=\s*(?:[?.!,;]|$))/i,
    'anything open of mine',
  ],
  // "Unhappiest customers by ticket sentiment": the lowest first.
  [
    /\b(?:unhappiest|angriest|grumpiest|most (?:unhappy|negative)) (customers|clients|accounts) (?:by|on|in terms of) ((?:ticket |average )?(?:sentiment|csat|tone))/gi,
    '$1 with the worst $2',
  ],
  [
    /\b(?:unhappiest|angriest|grumpiest|grumpy|angry|unhappy|annoyed) (?:customers?|clients?|accounts?) (?:in|on) (my|our|the) (?:queue|backlog|plate|list)(?:,? (?:worst|lowest) (?:sentiment|mood|tone) first)?/gi,
    (_, whose = '') => `open tickets${ofMine(whose)}, lowest sentiment first`,
  ],
  [
    /\bhow often (?:do|did|have) (i|we) (?:get|got|gotten|been) (?:pulled|dragged|called|roped) into ([\w-]+(?: and [\w-]+)?) (?:problems|issues|tickets|cases|matters|topics)/gi,
    (_, who = '', topic = '') => `how many ${topic} tickets${ofMine(who)}`,
  ],
  [/\btagged (?:as |with )?(?=[A-Z])/g, 'in '],
  [/\b(?:took|taken|take) (?:us|me|them) (?=longer|more|over|less|under|at least|at most)/gi, 'took '],
  // "How long did their last ticket take us".
  [
    new RegExp(
      `\\bhow long did (?:their|its|the|his|her) (last|latest|newest|first) (${ticket}) take(?: us| me)?(?: to (?:solve|close|fix))?(?![\\w-])`,
      'gi',
    ),
    (_, which = '', noun = '') =>
      `${/first/i.test(which) ? 'oldest' : 'newest'} solved ${noun} with time open`,
  ],
  [
    /\b(slowest|fastest|quickest) (?:resolution|solution|fix|solve)s?(?! times?\b)/gi,
    (_, end = '') => `tickets that took the ${/slow/i.test(end) ? 'longest' : 'shortest'} to resolve`,
  ],
  [
    /\b(?:wait|waiting) times? (?:at|in|during|on) peak(?: (?:hours?|times?))? (?:vs\.?|versus|and|against|compared (?:to|with)) (?:at |in )?off[- ]?peak(?: hours?)?/gi,
    'average wait in peak hours and average wait off peak',
  ],
  [
    /\bdo (?:(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekends) (?:really |actually )?(?:bring|see|have|get|mean) (?:more|fewer|less) (\w+) than (?:the )?(?:other|rest of the|any other) (?:weekdays?|days?|week)(?: of the week)?/gi,
    '$1 by weekday',
  ],
  [
    /\bwhat (?:does|did) (?:the |our )?(weekly|monthly|daily) (?:inflow|intake|volume) look like(.*?),? opened (?:against|vs\.?|versus|and) (?:solved|closed)\b/gi,
    (_, grain = '', when = '') => `${grain} tickets opened and tickets solved${when}`,
  ],
];

/** @param text a tidied question, in the words of those who answer tickets and chats */
export function inTradeWords(text: string): string {
  const turns = [
    ...shareTurns,
    ...asideTurns,
    ...promiseTurns,
    ...arrivalTurns,
    ...replyTurns,
    ...loadTurns,
    ...courseTurns,
  ];
  return rephrased(text, turns).replace(/\s+/g, ' ');
}
