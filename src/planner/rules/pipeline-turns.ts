import { rephrased, type Turn } from './turn.ts';

const customers = '(?:customers?|clients?|accounts?|compan(?:y|ies))';
const notYet = "(?:haven't|havent|have not|hasn't|has not|didn't|did not)";
const spoken =
  '(?:been|be|got|get|gotten)? ?(?:in (?:touch|contact)|touched|touch|spoken|speak|talked|talk|contacted|contact|reached out|reach out)(?: (?:with|to))?';
const ends = '(?=\\s*[?.!]*$)';

/** A customer before the noun of its record: no ordering, no state, no number. */
const whose =
  '(?!(?:very |single |second |third )?(?:\\w+est|average|avg|mean|typical|usual|normal|median|last|next|first|top|total|most|least|whole|open|won|lost|closed|new|big|large|small|other|same|current|renewal|expansion|migration|upgrade|pilot|\\d)\\b)((?:[^\\s-]+ ){1,2}?)(?<!(?:renewal|expansion|migration|upgrade|package|pilot) )';
const deal = '(?:deal|opportunity|opp)';

const category = '(?:the )?(?:commit|best[- ]case|pipeline)';
const joint = '(?:,? (?:and|&|plus) |, ?| ?/ ?)';

/** Money of customers: what stays or goes with them comes back every year. */
const moneyTurns: readonly Turn[] = [
  // "Commit, best case and pipeline for Q1": all the ways in which open deals are forecast.
  [
    new RegExp(
      `(?<!\\b(?:category|categories) )\\b(?!(\\S+(?: case)?)${joint}\\1)${category}${joint}${category}${joint}${category}\\b(?! (?:deals?|amounts?|category))`,
      'i',
    ),
    'pipeline amount by forecast category',
  ],
  // "Customers that don't pay for premium support": who pays for something has it.
  [
    /\b(?:(?:that|who|which) )?(?:(?:are |is |do |does |have |has )?(?:not|n't|never)|don't|doesn't|aren't) (?:paying|pay|paid) for (?=\S)/gi,
    "who don't have ",
  ],
  [/\b(customers?|accounts?|clients?) (?:that|who|which) (?:are paying|pays?|paid) for (?=\S)/gi, '$1 with '],
  // "How much is the Kestrel deal worth": the deals with what each is worth; one number would add several up unsaid.
  [
    new RegExp(
      `^(?:and )?(?:how (?:much|big|large) is (?:the|that|our) ${whose}${deal}(?: worth)?|what(?:'s|s| is) (?:the|that|our) ${whose}${deal} worth|(?:what(?:'s|s| is) )?(?:the )?(?:value|amount|size|worth) of (?:the|that|our) ${whose}${deal})${ends}`,
      'i',
    ),
    (_said, one?: string, two?: string, three?: string) =>
      `list open deals of ${(one ?? two ?? three ?? '').trim()}`,
  ],
  // "How much revenue sits with customers at risk", "what revenue hangs on accounts with open escalations".
  [
    new RegExp(
      `^(?:how much|what|which)(?: of (?:our|my|the))? (?:sales )?(?:revenue|money|business)(?: of ours)? (?:is |are )?(?:sits?|sitting|hangs?|hanging|rides?|riding|depends?|lies|tied up|at stake|concentrated|resting|rests) (?:with|on|at|in|upon) (?=[^?.!]*\\b${customers}\\b)`,
      'i',
    ),
    'arr of ',
  ],
  [
    new RegExp(
      `^(?:how much|what) (?:sales )?(?:revenue|money|business) (?:do|does) ([^?.!]*\\b${customers}\\b[^?.!]*?) (?:represent|stand for|account for|make up|carry)${ends}`,
      'i',
    ),
    'arr of $1',
  ],
  // "How much money sits in EMEA deals": in those that are open.
  [
    /^(?:how much|what) (?:revenue|money|business) (?:is |are )?(?:sits?|sitting|lies|tied up) (?:with|in) (?=(?![^?.!]*\b(?:won|lost|closed|decided)\b)[^?.!]*\b(?:deals|opportunities|opps)\b)/i,
    'pipeline value of ',
  ],
  // "How much of my pipeline from partners": comes from them.
  [
    /^(how much (?:of )?(?:my|our|the|my team's) (?:open )?pipeline) (?=(?:from|with|via|through) (?:a |the |our |my )?partners?\s*[?.!]*$)/i,
    '$1 comes ',
  ],
  // "Forecast of won revenue for next month": what is open and closes then, by its chance.
  [
    /\b(?:forecast|forecasted|projected|projection)(?: (?:of|for))?(?: (?:the|our|my))?(?: won)? (?:revenue|bookings|wins|business|sales)(?: (?:for|in|of))? next (month|week)\b/gi,
    'weighted amount closing next $1',
  ],
];

/** Whom nobody spoke to, and who spoke to whom most. */
const contactTurns: readonly Turn[] = [
  // "Customers of mine I haven't been in touch with for 30 days".
  [
    new RegExp(
      `\\b(?:which |what |my )?(?:of my )?(${customers}|leads|deals)(?: of mine)? (?:(?:that|which|whom|who) )?(?:i|have i) ${notYet} ${spoken} (?:for|in|within|during|over) (?:the |over |more than )?(?:last |past )?(?=(?:\\d+|a|one|two|three|four|five|six) )`,
      'i',
    ),
    'my $1 without activities in the last ',
  ],
  [
    new RegExp(
      `\\b(?:which |what )?(${customers}|leads|deals) (?:(?:that|which|whom|who) )?(?:we ${notYet}|(?:nobody|no one|noone)(?: has| have)?) ${spoken} (?:for|in|within|during|over) (?:the |over |more than )?(?:last |past )?(?=(?:\\d+|a|one|two|three|four|five|six) )`,
      'i',
    ),
    '$1 without activities in the last ',
  ],
  // "Which of my accounts haven't I spoken to in the last two weeks".
  [
    new RegExp(
      `^(?:which |what )(?:of )?(?:my )?(${customers}|deals)(?: of mine)? (?:${notYet} i|have i not|did i not) ${spoken} (?:for|in|within|during|over) (?:the |over |more than )?(?:last |past )?(?=(?:\\d+|a|one|two|three|four|five|six) )`,
      'i',
    ),
    'my $1 without activities in the last ',
  ],
  // "Which new leads are waiting for me".
  [
    /^(?:which|what|any|how many) ((?:new |fresh )?leads)(?: (?:are|is|that are))?(?: still)? waiting (?:for|on) (?:me|my (?:call|answer|reply))(?=\s*[?.!]*$)/i,
    'list my $1',
  ],
  // "Who on my team had the most meetings last month".
  [
    /^who(?: (?:on|in|of) (my team|our team))? (?:had|has|have|made|held|did|logged|took) the most ((?:customer |client )?(?:meetings|calls|phone calls|e-?mails|activities))\b(.*?)(?=\s*[?.!]*$)/i,
    '$2 by rep $1 $3, highest first',
  ],
  [
    /^who(?: (?:on|in|of) (my team|our team))? (?:had|has|have|made|held|did|logged|took) the (?:fewest|least) ((?:customer |client )?(?:meetings|calls|phone calls|e-?mails|activities))\b(.*?)(?=\s*[?.!]*$)/i,
    '$2 by rep $1 $3, lowest first',
  ],
  // "How many orders did my customers place last week".
  [
    /\borders? (?:did|have|has|do|does) ((?:my|our|the)?[^,?.!]*?) (?:placed?|made?|put in|submit(?:ted)?|sent? in)(?= |[?.!,]|$)/gi,
    'orders of $1',
  ],
];

/** Leads, campaigns and partners. */
const marketTurns: readonly Turn[] = [
  // "How many leads did each campaign bring in".
  [
    /\bhow many (leads|deals|customers|opportunities) (?:did|does|has|have|do) each (campai?g?n|lead source|source|channel) (?:bring|brought|generated?|produced?|delivere?d?|yield(?:ed)?|give|gave|given)(?: us)?(?: in)?\b/gi,
    '$1 by $2',
  ],
  [
    /\bhow many (?:deals|opportunities|opps) (?:did|does|has|have|do) each partner (?:bring|brought|source[ds]?|register(?:ed)?|generated?|give|gave|given)(?: us)?(?: in)?(?= |[?.!,]|$)/gi,
    'sourced deals by partner',
  ],
  // "How many campaign messages bounced".
  [
    /\bcampaign (?:messages|mails|e-?mails|mailings) (?:(?:that|which|have|were|was|got) )*(bounced|undeliverable)\b/gi,
    '$1 campaign recipients',
  ],
  // "What % of our leads turned out unqualified": are by now.
  [
    /\b(?:what|which|how many) (?:%|percent|percentage|share|part|proportion) of (?:our |my |the )?(?:new )?leads (?:(?:have|were|are|was|had) )?(?:turned out|turn out|ended up|proved|found|came out|judged)?(?: (?:to be|as|being))? ?(?:unqualified|disqualified)\b/gi,
    'lead disqualification rate',
  ],
  // "Which partners are involved in my deals".
  [
    /^(?:which|what) partners (?:are|were|have been) (?:involved|engaged|active|working|helping)(?: (?:in|on|with))+ (?:any of )?my deals(?=\s*[?.!]*$)/i,
    'partner deals of mine by partner',
  ],
  [
    /^(?:which|what) partners (?:are|were|have been) (?:involved|engaged|active|working|helping)(?: (?:in|on|with))+ (?:any of )?my open deals(?=\s*[?.!]*$)/i,
    'partners with open deals of mine',
  ],
  // "Open deals that have a partner on them".
  [
    /\b(deals|opportunities|opps) (?:that |which )?(?:have|has|had|with|having) (?:got )?(?:a|any|some|one of our) partners? (?:(?:on|in|attached|assigned|involved)(?: (?:to|in|on))?)(?: (?:them|it))?(?= |[?.!,]|$)/gi,
    '$1 with a partner',
  ],
  // "How many deals did partners source": partners did, which is not where a deal came from.
  [
    /\b(deals|opportunities|opps) (?:did|have|has|do) (?:our |the |my )?partners (source|influence|co-?sell)d?(?= |[?.!,]|$)/gi,
    '$2d $1',
  ],
];

/** Numbers and states of a customer, a product, a measure that is taken. */
const stateTurns: readonly Turn[] = [
  // "Which products list for less than 500".
  [
    /\b(products|items|add-?ons)((?: \w+)?) (?:that |which )?(?:list|are listed|sell|are priced) (?:for|at) (?=(?:less|more|under|over|below|above|at least|at most|between|up to)\b)/gi,
    '$1$2 with list price ',
  ],
  // "Which escalated customers also have a health score below 50".
  [
    new RegExp(`\\bescalated (${customers})\\b(?=[^?.!]*\\b(?:health|arr|mrr|csat)\\b)`, 'gi'),
    '$1 with an open escalation',
  ],
  [/\balso (?:have|has|with) (?:an? )?(?=(?:health score|arr|mrr|csat|nps)\b)/gi, 'with '],
  [
    /\bwith (?:very )?(?:low|poor|bad|weak) health(?: scores?)?(?= |[?.!,]|$)/gi,
    'with health score below 50',
  ],
  [
    /^(?:show |list |which |what )*(?:low|poor|bad) health scores?(?=\s*[?.!]*$)/i,
    'customers with health score below 50',
  ],
  [
    /^how (?:is|does|are) (?:our |the )?(?:customer|account|client)s?'? health (?:looking|look|doing|going)?(?: (?:overall|in general|generally|across the board))?(?=\s*[?.!]*$)/i,
    'average health score',
  ],
  // "Customers with zero active users yesterday": fewer than one.
  [/\bwith (?:zero|0) (active users|logins|api calls)(?= (?:yesterday|today)\b)/gi, 'with $1 under 1'],
  [/\b(?:unfinished|outstanding|undone|not finished) interventions\b/gi, 'open interventions'],
  // "How did the interventions we finished this month turn out".
  [
    /^how (?:did|do|have) (?:the |our |my )?interventions (?:that |which )?(?:(?:we|i|were|have|had|been) )*(finished|closed|completed|done)\b([^?.!]*?) (?:turn(?:ed)? out|go|gone|end(?:ed)?(?: up)?|work(?:ed)? out)(?=\s*[?.!]*$)/i,
    'closed interventions$2 by outcome',
  ],
  [
    /\b(?:median|typical) (?:time|days|number of days) (?:that )?(?:our |my |the )?(?:deals|opportunities|opps) (?:spend|spent|stay|stayed|sit|remain)s? (?:in|at) (?:each|every|a) stage\b/gi,
    'days in a stage by stage',
  ],
  [
    /^who (?:has |have )?(?=(?:downgraded?|scaled? (?:down|back)|reduced?|cut) (?:their|his|its) (?:subscriptions?|plans?|contracts?|packages?)\b)/i,
    'which customers ',
  ],
];

const turns: readonly Turn[] = [...moneyTurns, ...contactTurns, ...marketTurns, ...stateTurns];

/** What those who sell say of money, contact, leads, partners and states, in the nouns of the catalogue. */
export const inPipelineWords = (text: string): string =>
  rephrased(text, turns).replace(/ {2,}/g, ' ').replace(/ ,/g, ',');
