const ends = '(?=\\s*[?.!,;]|\\s*$)';
const whoSells = '(?:i|we|you|they|he|she|[A-Z]\\w+)';
const target = '(?:quota|number|target|goal|plan)';
const compared =
  '(under|below|over|above|less than|more than|at least|at most|beyond|past) (\\d+(?:[.,]\\d+)? ?(?:%|pct|percent))';
const dealNoun = '(?:deals?|opps?|opportunity|opportunities)';
const one = '(?:the |my |our )';
const touches =
  '(calls?|phone calls?|meetings?|visits?|e-?mails?|mails?|activity|activities|touch|touches|touchpoints?)';

/** Of quotas: whoever sells speaks of a number. */
const quotaTurns: readonly (readonly [RegExp, string])[] = [
  // "How far am I off my number", "are we short of target".
  [
    new RegExp(`\\b(off|short of|away from|behind|from|to|of|hit|hitting|against) (my|our|the) (?:number|target)\\b`, 'gi'),
    '$1 $2 quota',
  ],
  // "Who is closest to hitting quota", "furthest from their number".
  [
    new RegExp(
      `\\b(who|which \\w+)((?: (?:on|in|of) (?:my|our|the) team)?) (?:is|are|'s|comes?|came|sits?)(?: the)? (?:closest|nearest) to (?:hitting |making |reaching |meeting )?(?:(?:their|his|her|its|the|a) )?${target}\\b`,
      'gi',
    ),
    '$1$2 has the highest quota attainment',
  ],
  [
    new RegExp(
      `\\b(who|which \\w+)((?: (?:on|in|of) (?:my|our|the) team)?) (?:is|are|'s|comes?|came|sits?)(?: the)? (?:furthest|farthest) (?:behind|from|off|away from) (?:hitting |making |reaching |meeting )?(?:(?:their|his|her|its|the|a) )?${target}\\b`,
      'gi',
    ),
    '$1$2 has the lowest quota attainment',
  ],
  // "Reps under 50 % quota", "below 30 percent of their target".
  [
    new RegExp(
      `\\b(?:(?:are|is|that are|who are|with) )*${compared}(?: of)?(?: (?:their|his|her|the))? (?:${target}s?)(?: attainment)?\\b`,
      'gi',
    ),
    'with quota attainment $1 $2',
  ],
  // "Coverage against quota", "pipe vs quota".
  [/\b(?:pipe(?:line)? )?coverage,? (?:pipe(?:line)? )?(?:vs\.?|versus|against|of|to|on|over) (?:the |our |my )?(?:(?:q[1-4]|this year'?s?|annual|yearly) )?(?:quota|target|number)s?\b/gi, 'pipeline coverage'],
  [/\b(quota|attainment|pipeline|gap to quota)\b([^,?.]*?),? per head\b/gi, '$1$2 per rep'],
  [/\bteam(?:'s)? (?=(?:quota|attainment|pipeline|pipe|forecast|win rate|bookings)\b)/gi, 'my team\'s '],
  [/\bmy (?:my )+team/gi, 'my team'],
  [/\bfor the (?:whole |entire )?team\b/gi, 'of my team'],
];

/** Of deals: what becomes of them, and what they stand in. */
const dealTurns: readonly (readonly [RegExp, string])[] = [
  // "Stuck in negotiation 30+ days": deals are.
  [
    new RegExp(`^(?:(?:which|what|any|all|list|show(?: me)?) )*stuck in (?=[a-z])`, 'i'),
    'deals in ',
  ],
  [/\b(\d+) ?\+ ?(days?|weeks?|months?|hours?)\b/gi, 'more than $1 $2'],
  [/\b(\d+) ?(d|w|m|h)\+(?= |[?.!,]|$)/gi, 'more than $1$2'],
  [/\bdeals? in (\S+(?: \S+)?) (more than \d+ (?:day|week|month)s?)\b/gi, 'deals in $1 for $2'],
  // "What share of deals died", "already dead".
  [new RegExp(`\\b(${dealNoun}\\b[^,?.]*?) (?:that |which )?(?:are |have |were )?(?:already )?(?:dead|died)(?= |[?.!,]|$)(?! (?:at|in)\\b)`, 'gi'), '$1 lost'],
  // "Which stage do we lose most deals in", "what stage do deals die at".
  [
    new RegExp(
      `\\b(?:(?:in|at|from) )?(?:which|what) stages? (?:do|did|are|were|have) (?:we|i|they|most |the most |our |my |the )*(?:${dealNoun} )?(?:(?:mostly|usually|mainly|often) )?(?:lose|lost|losing|die|died|drop(?: out)?|dropped(?: out)?|fall out|get lost|being lost)(?: (?:the )?most(?: often)?)?(?: (?:of )?(?:our |my |the )?${dealNoun})?(?: (?:in|at|from))?\\b`,
      'gi',
    ),
    'which stage has the most deals lost from a stage',
  ],
  [
    new RegExp(`\\b(?:which|what) (\\w+) do (?:we|i) (win|lose) (?:the )?most(?: often)?(?: ${dealNoun})?(?: (?:in|with|to|from))?${ends}`, 'gi'),
    'which $1 has the most deals $2',
  ],
  [/\bthe most deals win\b/gi, 'the most won deals'],
  [/\bthe most deals lose\b/gi, 'the most lost deals'],
  // "Stage by stage", "stage to stage conversion".
  [/\b(?:stage[- ](?:by|to)[- ]stage) (conversion|funnel)(?: rates?)?\b/gi, 'stage conversion by stage'],
  [/\b(conversion|funnel),? stage[- ]by[- ]stage\b/gi, '$1 by stage'],
  // "Deals I pushed out more than once", "pushed to a later date".
  [
    new RegExp(
      `\\b(${dealNoun}) (?:(?:that|which) )?(i |we )?(?:(?:have|has|had|were|was|got|been) )*(?:pushed|slipped|postponed|delayed|moved)(?: (?:out|back))*(?: to (?:a )?later (?:date|day|month|quarter))?,? (?:more than once|at least twice|twice or more|several times|repeatedly|again and again)\\b`,
      'gi',
    ),
    '$1 $2with more than 1 close date push of all time',
  ],
  [
    /\b(deals?|opps?|opportunit(?:y|ies)) (?:i|that i) with (more than 1 close date push)/gi,
    '$1 of mine with $2',
  ],
  [/\bpushed (?:out|back)?(?: )?to (?:a )?later (?:date|day|month|quarter)\b/gi, 'pushed back'],
  [
    new RegExp(`\\b(${dealNoun}) (?:has |have )?([A-Z]\\w+|i|we) (?:has |have )?(?:pushed|postponed)(?: (?:out|back))?\\b`, 'g'),
    '$1 pushed back of $2',
  ],
  [
    new RegExp(
      `^how (?:often|many times) (?:has|have|was|were|did) (.+?)(?: ${dealNoun})? (?:been )?(?:pushed|slipped|postponed|moved (?:out|back))(?: (?:out|back))?[?.!]*$`,
      'i',
    ),
    'close dates pushed of $1 deal of all time',
  ],
  // "Open renewals", "an open upgrade deal": deals of a type.
  [/\b(open|lost|won) renewals?(?! (?:deal|opp|rate|date|mrr|arr|quote))\b/gi, '$1 renewal deals'],
  [/\bnew biz\b/gi, 'new business'],
  // "But supposed to close": one condition more.
  [/,? but (?=(?:(?:are|is|still|already) )*(?:supposed|due|expected|meant|scheduled|planned|closing|forecast)\b)/gi, ' and '],
  // "With data residency in the requirements".
  [
    /\b(?:with|w\/|having|that (?:have|has)) ([\w -]{3,40}?) in (?:the |its |their )?(requirements|next steps?)\b/gi,
    'with $2 mentioning "$1"',
  ],
  [/\bforecast (?=(?:commit|best case)\b)/gi, ''],
  [/\bby type of deals?\b/gi, 'by deal type'],
];

/** Of one deal, account or contact, by whatever short name it goes. */
const recordTurns: readonly (readonly [RegExp, string])[] = [
  // "Who owns the Kestrel renewal deal", "which rep owns it", "who is on the pilot deal".
  [
    new RegExp(
      `^(?:and )?(?:who|which (?:rep|seller|colleague|ae)) (?:owns|own|has|holds|handles|is on|works on|is working on|runs) (?=${one}[^,?]*\\b(?:deal|opp|opportunity)\\b)`,
      'i',
    ),
    'owner of ',
  ],
  [/\bwho(?:s|'s| is| are) (?:the |its )?owner\b/gi, 'owner'],
  // "Is the ledger deal still expected this year": when it is to close.
  [
    new RegExp(
      `^(?:is|are) (${one}[^,?]*? (?:deal|opp|opportunity)) (?:still )?(?:expected|due|planned|scheduled|supposed|on track|set|forecast)(?: (?:to (?:close|come in|land|sign)|for))?(?: (?:in|by|before|within|for))?(?: (?:this|next|end of|the|q[1-4]|\\w+))*[?.!]*$`,
      'i',
    ),
    'close date of $1',
  ],
  // "Which account does Yasmin belong to", "where does Salazar work".
  [
    /^(?:which|what) (?:account|customer|company|client) (?:does|is) (\p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*)?) (?:belong to|belongs to|work (?:for|at|with)|sit at|from|with|at)[?.!]*$/iu,
    'account of contact "$1"',
  ],
  [/^where does (\p{L}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*)?) work(?: (?:at|for|now))?[?.!]*$/iu, 'account of contact "$1"'],
  [/^(?:what(?:'s| is| was) )?(?:the )?status of (?:the )?lead "?(\p{L}[^?"]*?)"?[?.!]*$/iu, 'show lead "$1" with lead status'],
  // "With a VP title": what they are.
  [/\bwith (?:an? |the )?"?([\w-]+)"? (?:in (?:the|their) )?(?:job )?(?:titles?|roles?)\b(?! (?:of|over|under))/gi, 'with role of the contact mentioning "$1"'],
];

/** Of calls, meetings and mails, and when somebody was last spoken to. */
const touchTurns: readonly (readonly [RegExp, string])[] = [
  // "When did we last talk to Halden", "when was Acme last contacted".
  [
    new RegExp(
      `^(?:and )?when (?:did|have|has|was) (?:${whoSells}|anyone|anybody|someone|somebody|the team|my team) last (?:talk|talked|spoke|speak|spoken|touched|touch|contacted|contact|reach out|reached out|been in touch|in touch)(?: (?:to|with))?(?: (?:anyone|anybody|someone|somebody|people))?(?: (?:at|from|to|with))? (?=\\S)`,
      'i',
    ),
    'latest activity with ',
  ],
  [
    /^(?:and )?when (?:did|have|has) (?:i|we|anyone|anybody|someone|somebody) last (call|meet|e-?mail|mail)(?:ed)?(?: (?:to|with))? (?=\S)/i,
    'latest $1 with ',
  ],
  [/\blatest meet with\b/gi, 'latest meeting with'],
  [
    new RegExp(`^when was (?:the |our |my )?(?:last|latest|most recent) ${touches} (with|to|at|from) (.+?)[?.!]*$`, 'i'),
    'latest $1 $2 $3',
  ],
  [
    new RegExp(
      `^(?!(?:my|our|the|when|what|which|who|whose|how|show|list|give|any|all|did|do|has|have|is|was)\\b)([\\p{L}&][\\p{L}&'. -]*?)(?:'s|:|,| -)? (?:last|latest|most recent) ${touches}(?:,? (?:and )?(?:when|date|when was (?:it|that)|on what day))?[?.!]*$`,
      'iu',
    ),
    'latest $2 with $1',
  ],
  [/\b(latest|last|newest|most recent) call(?=\s*[?.!,]*$| (?:with|to|at|from|of)\b)/gi, '$1 phone call'],
  // "Has anybody spoken to Solvang since".
  [
    new RegExp(
      `^(?:has|have|did) (?:anyone|anybody|someone|somebody|we|i|the team|any of (?:us|my reps|my team)) (?:spoken|talked|speak|talk|been in touch|reached out|been talking)(?: (?:to|with)) (?=\\S)`,
      'i',
    ),
    'any activities with ',
  ],
  // "Anything logged on Sable": what is logged are activities.
  [
    /^(?:is there |was there |do we have |has there been )?(?:anything|something|what|what's|whats|what has been|what was|everything) (?:been )?logged (?:on|with|for|against|at) (?!tickets?\b|cases?\b)(?=\S)/i,
    'list activities with ',
  ],
  // "Emails did I send to", "calls has Luis made with".
  [
    /\b(e-?mails|mails|calls|meetings) (?:did|have|has|do|does) (i|we|my team|\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?) (?:send|sent|make|made|have|had|hold|held|log|logged|write|written|do|done)\b/giu,
    '$1 activities of $2',
  ],
  [/\bactivities of i\b/gi, 'activities of mine'],
  [/\bactivities of we\b/gi, 'activities'],
  // "Who haven't I touched in a month": the asker's accounts.
  [
    /^who (?:haven'?t i|have i not|did i not|didn'?t i) (?:touched|touch|spoken to|talked to|contacted|called|been in touch with|reached out to)\b/i,
    'my accounts with no activity of mine',
  ],
  // "Who's been busiest with meetings".
  [/\b(who|which \w+)(?:'s| has| is| was)? (?:been )?(?:the )?busiest with (?:customer |client )?/gi, '$1 has the most '],
  [/\bmy activity mix\b|\bactivity mix of mine\b/gi, 'my activities by kind'],
  [/\b(?:activity|activities) mix\b|\bmix of activities\b/gi, 'activities by kind'],
  [/\b(activities by kind[^(]*)\((?:calls?|e-?mails?|meetings?|tasks?|, |,|and | )+\)/gi, '$1'],
];

/** Of customers, leads, products and partners. */
const marketTurns: readonly (readonly [RegExp, string])[] = [
  [/\b(top|biggest|largest)((?: (?:\d+|two|three|four|five|six|seven|eight|nine|ten))?) (?:whales|logos)\b/gi, '$1$2 customers'],
  [/\bwhales\b/gi, 'biggest customers'],
  // "New logos I've brought in", "logos we landed".
  [
    /\b(?:new )?(?:logos|customers|accounts|clients)(?: that| which)? (i|we)(?:'ve| have|'d| had)? (?:brought in|bring in|landed|signed(?: up)?|won over)\b/gi,
    'customers $1 won',
  ],
  [/\bnew logos\b/gi, 'customers won'],
  // "What did I bring in last month", "which industry brings in the most new business".
  [
    /^(?:what|how much)(?: money| revenue| business)? (?:did|have|has) (i|we|my team) (?:bring|brought)(?: us)? in\b,?(.*?)(?:,? (?:in total|total|overall))?(?:,? and (?:the )?(?:number|count|no\.?) of deals)[?.!]*$/i,
    'won amount and won deals $1 won$2',
  ],
  [
    /^(?:what|how much)(?: money| revenue| business)? (?:did|have|has) (i|we|my team) (?:bring|brought)(?: us)? in\b/i,
    'won amount of $1',
  ],
  [/\bwon amount and won deals i won\b/gi, 'my won amount and won deals'],
  [/\bwon amount and won deals (?:we|my team) won\b/gi, 'won amount and won deals'],
  [/\bwon amount of i\b/gi, 'my won amount'],
  [/\bwon amount of we\b/gi, 'won amount'],
  [
    /\b((?:which|what) (?:\w+ ){1,2})(?:brings?|brought) (?:in |us )*(?:in )?the (most|least) (new|renewal|expansion) business\b/gi,
    '$1has the $2 won amount of $3 business',
  ],
  // "How many accounts does each rep look after, and what ARR sits in them".
  [
    /^how many (accounts|customers|clients) (?:does|do|has|have) each (\w+) (?:look after|own|have|has|manage|cover|hold|got)(?:,? (?:and|with) (?:what|how much|which) (arr|mrr)(?: \w+){0,4})?[?.!]*$/i,
    'number of $1 and $3 by account owner',
  ],
  [/\b(number of (?:accounts|customers|clients)) and {2}?by account owner/gi, '$1 by account owner'],
  // "Turned into something", "became deals".
  [
    /\bleads?\b([^,?.]*?) (?:that |which )?(?:have |has )?(?:turned|turn|turning) into (?:something|anything|a deal|deals|opportunities|an opportunity|business|customers)\b/gi,
    'leads$1 converted',
  ],
  [/\b(?:without|never) converting\b|\bunconverted\b/gi, 'that are not converted'],
  // "Cold leads: the ones I've had for more than 60 days": whoever says what is meant needs no other word for it.
  [
    /^(?:cold|stale|old|dead|hot|warm|fresh|quiet|dormant) (leads|deals|accounts|customers|partners)[:,-]? (?:the ones|those|the \1|i mean|meaning)(?: that| which)? (?:i've|i have|we've|we have) had (?:for )?/i,
    '$1 of mine older than ',
  ],
  [/\bolder than (?:more than|over) /gi, 'older than '],
  [/,? (?:and )?where (?:are|is|do|did) (?:they|it|those|these)(?: all)?(?: stand| end up| at)?(?: now| today| right now)?(?=[?.!]*$)/gi, ' with status'],
  // "Took premium support": buying, in every tense.
  [
    /\bbut (?:have |has |had )?(?:never|not(?: yet)?|haven'?t|hasn'?t|didn'?t) (?:yet )?(?:took|taken|take|got|gotten|get|had|added|add)\b/gi,
    'but never bought',
  ],
  [/\b(accounts|customers) (?:that |which )?(?:are )?behind us\b/gi, '$1 in the past'],
  [/\b(?:already )?behind us\b/gi, 'in the past'],
  [/\b(both) (regions|segments|currencies|stages|quarters|years)(?: separately| apart| each)\b/gi, 'by $2'],
  [/\b(?:across|over|from|in|for) both (?:regions|segments|teams)\b/gi, ''],
  // "Jonas or Claire, who has the bigger pipeline": the figure of both.
  [
    /^(\p{L}+) or (\p{L}+)[,:]? (?:who|which(?: of (?:them|the two))?)(?:'s| is| has| had| have| got)?(?: got)? (?:the )?(?:bigger|larger|higher|more|better|smaller|lower|worse|greater|most) (\S[^?]*?)[?.!]*$/iu,
    '$3 of $1 versus $2',
  ],
  [
    /^(?:who|which)(?:'s| is| has| had| have| got)?(?: got)? (?:the )?(?:bigger|larger|higher|more|better|smaller|lower|worse|greater) (\S[^?,]*?)[,:-]? (?:of |between )?(\p{L}+) (?:or|and) (\p{L}+)[?.!]*$/iu,
    '$1 of $2 versus $3',
  ],
  [/\b(?:best and worst|highest and lowest|top and bottom) (rep|seller|agent|product|customer|account|region|team|industry|segment)s?\b/gi, 'by $1 highest first'],
  [/\btop to bottom\b/gi, 'highest first'],
  [/\bin (?:the )?order of\b/gi, 'sorted by'],
  // "Since the first of the month".
  [/\bsince the (?:first|1st|start|beginning|top) of (?:the|this) (month|quarter|year)\b/gi, 'this $1'],
  // "Renewals due", "total ARR of the renewals".
  [/\brenewals?((?: (?:coming up|due|up|ahead|upcoming))*(?: (?:in|before|by|until|this|next|within)(?: [\w\d]+){1,4}?)?),? (?:and |with |incl(?:uding)? )?(?:their |the |its )?(?:total |combined )?arr\b/gi, 'arr up for renewal$1'],
  [/\barr up for renewal (?:coming up|due|up|ahead|upcoming)\b/gi, 'arr up for renewal'],
  [/\b(arr|mrr) (?:have i got|do i have|do we have|have we got|is|are|that is) (up for renewal)\b/gi, '$1 $2'],
  [/\beoq\b/gi, 'by the end of the quarter'],
  [/\beom\b/gi, 'by the end of the month'],
  [/\beoy\b/gi, 'by the end of the year'],
  [/\bqrtr\b/gi, 'quarter'],
  [/\bquarter so far\b/gi, 'this quarter'],
];

const turns = [...quotaTurns, ...recordTurns, ...touchTurns, ...dealTurns, ...marketTurns];

/** Ways of sales to say what the catalogue calls otherwise: numbers that are quotas, deals that die, who was last spoken to. */
export const inSalesWords = (text: string): string =>
  turns.reduce((said, [turn, put]) => said.replace(turn, put), text);
