import { rephrased, type Turn } from './turn.ts';

const deals = '(?:deals?|opps?|opportunit(?:y|ies))';
const people = '(?:reps?|agents?|people|folks|guys|sellers|engineers)';
const ends = '(?=\\s*[?.!,;]|\\s*$)';
const have = "(?:'ve| have|'s| has)?";

/** What those who sell say of deals: that they land, what they come from, which part of them is won. */
const dealTurns: readonly Turn[] = [
  [
    new RegExp(
      `\\b(${deals}\\b[^?.!]*?\\b(?:supposed|meant|expected|scheduled|due|likely|going|set|planned) to )(?:land|sign|be signed|come in|drop|ink)\\b`,
      'gi',
    ),
    '$1close',
  ],
  [new RegExp(`\\b(${deals}) (?:that (?:are )?)?(?:landing|signing)\\b`, 'gi'), '$1 closing'],
  // "Whose closing date has already gone by but are still open": what is won or lost is not late.
  [
    /\b(?:whose|where the|with an?|that have an?) (?:expected |planned )?clos(?:e|ing) date (?:has |have |is |that (?:has|is) )?(?:already |long )?(?:gone by|passed|slipped by|lapsed|behind us)(?:,? (?:but|and|that) (?:are |is )?(?:still )?(?:open|not closed|undecided))?/gi,
    'past their close date',
  ],
  [
    /^(?:and )?where (?:do|did|have) (?:most of )?(?:the |our |my )?(?:deals|wins) (?:that )?(?:we|i) (?:win|won|have won|closed) (?:come|came|originate|originated) from\b(?:[?,.;:]* (?:count|number|split|broken down)? ?(?:by|per|for each) (?:lead )?source)?/i,
    'won deals by source',
  ],
  [
    /^(?:out )?of (?:everything|all|all the deals|the deals|what) (?:that )?(i|we) (?:(?:have|had|'ve) )?(?:decided|closed)((?: (?:since|this|last|in|so far) [^,?]+?)?),? (?:what|which|how big a) (?:portion|part|share|fraction|slice|percentage) (?:did|have|has) (?:i|we) (?:win|won)\b/i,
    (_said, who?: string, time?: string) => `${/^i$/i.test(who ?? '') ? 'my' : 'our'} win rate${time ?? ''}`,
  ],
  [
    new RegExp(
      `\\b(?:rank|sort|order) ((?:my|our|the) ${people}) by (?:what|how much) they${have} (?:closed|won|sold|booked|brought in|landed)\\b((?: (?:so far|this|last|in|since) [^,?]*?)?)(?: (?:in|by) (?:dollars|euros|money|value|amount|\\$|€))?${ends}`,
      'gi',
    ),
    '$1 by won amount$2 highest first',
  ],
  [
    /\b(?:(avg|average|mean)|median|typical) (?:number of )?(?:days|time) from (?:opening|creation|start|open) to (?:signing|signature|closing|winning) for (?=each|every)/gi,
    (_said, mean?: string) => `${mean === undefined ? '' : 'average '}days to close of `,
  ],
  [/\b(?:of )?((?:each|every) (?:of )?(?:my|our|the) reps?)'? won deals\b/gi, '$1'],
  [
    /\bdays to close of (?:each|every) (?:of )?(?:(my|our) )?(?:reps?|sellers?)'?\b/gi,
    'days to close by rep of $1 team',
  ],
  [/\b(?:by|per) type of business\b/gi, 'by deal type'],
  [
    /\b(stays?|sits?|spends?|remains?) in each stage before moving (?:on|up|to the next(?: one)?|forward)\b/gi,
    '$1 in each stage',
  ],
  [
    /\bhow long (?:does|do|did) (?:a |an |our |my |the )?(?:deals?|opps?) (?:typically |usually |normally |on average |generally )?(?:stay|sit|spend|remain|linger)s? in (?:each|every|a) stage\b/gi,
    'days in a stage by stage',
  ],
  [
    /\b(deals?|opps?) where (?:i|we)(?:'ve|'d| have| had)? (?:had )?no (?:contact|touch|activity|conversation)(?: with (?:the customer|them|anyone))?(?: at all)? (?:for|in|over) (?:the last |the past |more than )?(a|one|two|three|\d+) (day|week|month)s?(?: or (?:more|longer))?/gi,
    (_said, noun = '', n = '', unit = '') =>
      `${noun} of customers without activity in the last ${daysOf(n, unit)} days`,
  ],
  [/^show me everything (i|we) (lost|won)\b/i, 'show me deals $1 $2'],
  [/\beverything (i|we) (lost|won)\b/gi, 'deals $1 $2'],
  [
    /,? (?:plus|and|with) (?:what|how much) (?:it|they|that|each) (?:was|were|is|are) worth\b/gi,
    ' with amount',
  ],
];

const counts: Readonly<Record<string, number>> = { a: 1, one: 1, two: 2, three: 3 };
const unitDays: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };

const daysOf = (n: string, unit: string): number =>
  (counts[n.toLowerCase()] ?? Number(n)) * (unitDays[unit.toLowerCase()] ?? 1);

/** Of quotas, leads, campaigns and partners. */
const marketTurns: readonly Turn[] = [
  [
    /\bhow far (?:along )?(am i|are we|is my team)(?: now)?(?: (?:towards?|to|with|against|on))? (?:my|our|the|its) (?:target|quota|number|goal)\b/gi,
    (_said, who = '') =>
      `${/^am/i.test(who) ? 'my' : /team$/i.test(who) ? "my team's" : 'our'} quota attainment`,
  ],
  [
    /\b(?:threw|throws?|thrown|tossed|kicked|sorted) (?:out )?(?:the )?(more|most|fewer|fewest) leads (?:out )?as unqualified\b/gi,
    'has the $1 unqualified leads',
  ],
  [/\b(?:has|have) the more (unqualified leads)\b/gi, 'has the most $1'],
  [/\b(which|who) of (my|our) (?:two|three|four|five|\d+) (reps|agents|sellers)\b/gi, '$1 of $2 $3'],
  [
    /^what did each (campaign|webinar|event) cost (?:us )?per (conversion|response|converted lead)\b/i,
    'cost per $2 by $1',
  ],
  [
    /\b(over|more than|less than|under|at least) half of (?:the |its |their )?(?:recipients|people|contacts|members) (?:answered|responded|replied|reacted)\b/gi,
    '$1 50% response rate',
  ],
  [
    /\bcampaigns where ((?:over|more than|less than|under|at least) 50%) response rate\b/gi,
    'campaigns with a response rate of $1',
  ],
  [
    /^how long (?:did|does) it take(?: me| us)?(?: on average)? (?:from )?(?:between )?(?:getting|receiving|having) a lead (?:to|and|until) (?:converting|conversion of) (?:it|them)\b/i,
    'average time to convert leads',
  ],
  [
    /^what (?:has |have )?(?:became|become|happened|came) (?:of|to|out of) ((?:my |our |the |all )*leads\b[^?.!]*)/i,
    '$1 by status',
  ],
  [/(?<!\b(?:my|our))(?<!\bthe),? (?:the )?(?:whole|entire) team(?=\s*[?.!]*$)/i, ' of my team'],
  [/\bleads (?:that )?(?:i|we) (?:got|received|have) (?:via|through|from|by) /gi, 'leads from '],
  [/\b(?:still )?marked (?:as )?(new|working|qualified|unqualified|converted)\b/gi, '$1'],
  [
    /\b(?:that |who )?(?:have|has|need|needs|must|had) to (?:recertify|renew (?:a |their |its )?certificat(?:e|es|ion|ions))\b/gi,
    'with certificates expiring',
  ],
  [/\b(?:rate|rank) ((?:my|our|the) partners) by health(?: score)?\b/gi, '$1 by ecosystem health'],
  [/\b(partner (?:[a-z]+ ){1,3}?by )(tier|type|status)\b/gi, '$1partner $2'],
  [/\b(?:average |mean |median )?time in (?:each )?stage\b(?! (?:of|is|was))/gi, 'days in stage'],
  [/\bpartners by health(?: score)?\b/gi, 'partners by ecosystem health'],
  [
    /\b(?:what) else (?:could|can|should) (?:we|i) (?:offer|sell|pitch|suggest)(?: to)? /gi,
    'what could we sell to ',
  ],
];

/** What is said with a noun that the catalogue says with a verb. */
const nounTurns: readonly Turn[] = [
  [
    /\b(customers|accounts|clients) (?:with|that have|who have|having|have) (?:(?:an?|their|any|upcoming|contract|subscription) )*renewals? (?:(?:coming up|due|up) )?(?=(?:in|within|over|next|this|before|by|until|during) )/gi,
    '$1 renewing ',
  ],
  [
    /\b(customers|accounts|clients) (?:(?:that|who) (?:have been with us|joined|are with us|signed up) )?since (?=(?:19|20)\d\d\b)/gi,
    '$1 created since ',
  ],
  [
    /\b(tickets|cases) (?:that (?:are )?)?(?:going to |about to |due to )?breach(?:ing)? (?=(?:today|tomorrow|this|in|within|before|next)\b)/gi,
    '$1 due ',
  ],
  [
    /\b(conversations|chats) (?:with|that (?:got|have|had)) (?:an? )?(?:bad|poor|low|negative|terrible) (?:ratings?|scores?|reviews?|csat)\b/gi,
    '$1 rated at most 2 stars',
  ],
  [
    /\b(conversations|chats) rated ((?:below|under|above|over|less than|more than|at least|at most) [1-5])(?= |[?.!,]|$)(?! stars?)/gi,
    '$1 rated $2 stars',
  ],
  // "How many tickets mentioning Kafka are there".
  [
    /^(how many .*\b(?:mentioning|containing|about|that mention|with the words?) .+?) (?:are|were) there(?=\s*[?.!]*$)/i,
    '$1',
  ],
  [
    /^(how many) (tickets|cases) (?:(?:are|do i have) )?(?:currently |now )?assigned to me(?=\s*[?.!]*$)/i,
    '$1 open $2 are assigned to me',
  ],
];

/** Of money that customers owe and give back, and of what is on somebody's desk. */
const everydayTurns: readonly Turn[] = [
  [/\b(?:best|biggest|largest|top) buyers\b/gi, 'top customers'],
  [/\b(\d{1,2}|two|three|four|five|ten) (?:best|biggest|top) customers\b/gi, 'top $1 customers'],
  [
    /\b(?:behind|late|overdue|in arrears) (?:with|on|in) (?:their |its |the )?(?:payments?|paying|bills?|invoices?)\b/gi,
    'past due',
  ],
  [/^(is|are) any of (my|our) (customers|accounts|clients) past due\b/i, '$2 $3 with past due subscriptions'],
  [/,? (?:and )?how much (mrr|arr) is (?:that|it|this)\b/gi, ' with $1'],
  [
    /\bhow much (?:money )?(?:did|have|do) (we|i) (?:give|gave|given|giving) away (?:as|in|with|on) discounts?\b/gi,
    'discount amount',
  ],
  [/\b(?:on|in|off) (my|our) (?:to-?do|task|work)(?: |-)?lists?\b/gi, 'of $1 tasks'],
  [
    /^what(?:'s| is| are)? (?:still )?(overdue|due|open|left)((?: (?:today|this week|tomorrow))?) of (my|our) tasks\b/i,
    '$3 $1 tasks$2',
  ],
  [
    /\b(?:of )?(my) (?:people|folks|guys|crew) (?:have|has|did) (?:not|n't) (?:yet )?(?:finished|done|completed|closed|finish)(?: yet)?\b/gi,
    'of my team that are open',
  ],
  [
    /,? (?:with|and) who(?: has (?:it|them))? and when (?:they're|they are|it's|it is) due\b/gi,
    ' with owner and due date',
  ],
  [/\b(?:whatsoever|at all)(?= |[?.!,]|$)(?! (?:sla|time))/gi, ''],
  // "Newest on top", "the one waiting longest on top".
  [
    /\b(?:the )?ones? (?:that (?:is|are|has been|have been) )?waiting (?:the )?longest (?:on top|first|at the top)\b/gi,
    'oldest first',
  ],
  [
    /(?:,|\band\b)? ?\b(?:the )?(newest|oldest|latest|biggest|largest|highest|lowest|smallest|longest|shortest|worst|best|weakest)(?: ones?)? (?:on top|at the top)\b/gi,
    ', $1 first',
  ],
  // "The biggest MRR on top": what they are put in order by.
  [
    /^(?:the )?(biggest|largest|highest|lowest|smallest) ([a-z]+(?: [a-z]+)?) (?:on top|at the top)(?=\s*[?.!]*$)/i,
    'sort by $2, $1 first',
  ],
  [
    /\b(?:number of |count of )?(tickets|cases|chats|conversations|deals|leads|calls|meetings|escalations|interventions|tasks) (?:that )?(?:each|every) (agent|engineer|rep|seller|person|team|customer|account) (solved|closed|handled|won|lost|converted|made|held|had|opened|raised|resolved|created|reopened|logged)\b/gi,
    '$1 $3 by $2',
  ],
  [
    /\b(?:past|last|previous) (\d+|two|three|four|five|six|eight|ten|twelve) (?:full|complete|whole) (days|weeks|months|quarters)\b/gi,
    'last $1 full $2',
  ],
  [/\bbest[- ]selling (\d+|two|three|four|five|ten) (?=products)/gi, 'top $1 selling '],
  [
    /\b(?:are |is )?(?:the )?(?:least|less) (?:happy|satisfied|content|pleased) with (?:our |the )?(?:support|service)\b[?,.;:]*(?: average csat)?/gi,
    'has the lowest csat',
  ],
  [
    /\b(accounts|customers|clients) (?:that |which |who )?(?:bring|brings|brought|pay|pays|earn|make) (?:us )?(?:in )?((?:over|more than|above|at least|under|less than|below) [$€]?\d[\d.,]*[km]?) (?:a|per|each|every) year\b/gi,
    '$1 with ARR $2',
  ],
  [
    /\bhow much mrr (?:have|did) we (?:lost|lose) (?:through|to|from|because of) (?:churned customers|churn|customers (?:that|who) (?:left|churned))\b/gi,
    'churned mrr',
  ],
  [
    /\bin the (worst|best) (?:shape|condition)\b/gi,
    (_said, end = '') => `with the ${end.toLowerCase() === 'worst' ? 'lowest' : 'highest'} health score`,
  ],
  [
    /\bby where (?:the |our )?(?:deals?|leads?) (?:come|came|comes|originate|originated) from\b/gi,
    'by source',
  ],
  [
    /\b(?:that |which )?(?:are )?still open (?:even )?though (?:their|its|the) (?:expected |planned )?clos(?:e|ing) date (?:is|has) (?:over|passed|gone|gone by|behind us)\b/gi,
    'past their close date',
  ],
  [
    /\b(interventions|tasks|follow-ups) (?:that )?should (?:have been|be) (?:done|finished|closed|completed)(?: by now| already)?(?:,? but (?:are not|aren't|arent|were not|weren't)(?: yet)?)?\b/gi,
    'overdue $1',
  ],
  [/\b(?:unfinished|unsettled) (?=(?:customer )?escalations?\b)/gi, 'open '],
  [/\b(?:not|n't) (?:yet )?settled(?: yet)?\b/gi, 'not resolved'],
];

const turns: readonly Turn[] = [...dealTurns, ...marketTurns, ...nounTurns, ...everydayTurns];

/** What people say in passing, in the nouns of the catalogue. */
export const inTalkWords = (text: string): string =>
  rephrased(text, turns)
    .replace(/ {2,}/g, ' ')
    .replace(/ (?=[,?.!])/g, '')
    .trim();
