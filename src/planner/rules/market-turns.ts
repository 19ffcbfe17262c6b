/** Of customers, leads, products and partners. */
export const marketTurns: readonly (readonly [RegExp, string])[] = [
  [
    /\b(top|biggest|largest)((?: (?:\d+|two|three|four|five|six|seven|eight|nine|ten))?) (?:whales|logos)\b/gi,
    '$1$2 customers',
  ],
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
  [/\bwon amount and won deals my team won\b/gi, "my team's won amount and won deals"],
  [/\bwon amount and won deals we won\b/gi, 'won amount and won deals'],
  [/\bwon amount of i\b/gi, 'my won amount'],
  [/\bwon amount of we\b/gi, 'won amount'],
  [
    /\b((?:which|what) (?:\w+ ){1,2})(?:brings?|brought) (?:in |us )*(?:in )?the (most|least) (new|renewal|expansion) business\b/gi,
    '$1has the $2 won amount of $3 business',
  ],
  [
    /\b(which|what|how many) (reps|sellers|salespeople|colleagues)(?: (?:of mine|on my team|in my team|in \w+))? (?:have not|haven'?t|did not|didn'?t|has not) (?:yet )?(?:closed?|won|win|sold|sell|signed?) (?:anything|any deals?|a deal|a single deal|one)\b/gi,
    '$1 $2 have no won deals',
  ],
  // "Partner leaderboard, sourced revenue".
  [
    /^(?:the |our |my )?(rep|seller|partner|agent|team|product|customer|account|region)s? leaderboard\b([^,?]*), ?(?:by |on |for )?(.+?)[?.!]*$/i,
    '$3 by $1$2 highest first',
  ],
  [
    /^(?:the |our |my )?(rep|seller|partner|agent|team|product|customer|account|region)s? leaderboard (?:(?:by|on|for|of) )?(.+?)[?.!]*$/i,
    '$2 by $1 highest first',
  ],
  // "What has Redwood brought us", of a partner.
  [
    /^(?:what|how much)(?: revenue| business| money)? (?:has|did|does|have) (partner "[^"]+") (?:brought|bring|contributed|contribute)(?: to)?(?: us)?(?: in)?(?: so far)?[?.!]*$/i,
    'revenue of $1 of all time',
  ],
  [
    /^(?:did|has) (partner "[^"]+") (?:source|sourced|bring|brought)(?: us)?(?: in)? (?:any|a) (?:deals?|opps?|opportunit(?:y|ies))\b/i,
    'list sourced partner deals of $1',
  ],
  // "How much of the business we closed came through partners".
  [
    /^how much of (?:the |our )?(?:business|revenue|bookings|won amount|sales)(?: that)?(?: we)?(?: have| 've)?(?: closed| won| booked| signed)?\b(.*?),? (?:partner sourced|(?:came|comes|was brought|went)(?: in)? (?:through|via|from|with|by) (?:the |our )?partners)[?.!]*$/i,
    'share of won amount$1 with a partner involved',
  ],
  // "How many accounts does each rep look after, and what ARR sits in them".
  [
    /^how many (accounts|customers|clients) (?:does|do|has|have) each (\w+) (?:look after|own|have|has|manage|cover|hold|got)(?:,? (?:and|with) (?:what|how much|which) (arr|mrr)(?: \w+){0,4})?[?.!]*$/i,
    'number of $1 and $3 by account owner',
  ],
  [/\b(number of (?:accounts|customers|clients)) and {2}?by account owner/gi, '$1 by account owner'],
  // "Turned into something", "became deals".
  [
    /\bleads?\b([^,?.]*?) (?:that |which )?(?:have |has )?(?:(?:turned|turn|turning) into (?:something|anything|a deal|deals|opportunities|an opportunity|business|customers)|(?:became|become|ended up as) (?:deals|opportunities|a deal|an opportunity))\b/gi,
    'leads$1 converted',
  ],
  [/\b(?:without|never) converting\b|\bunconverted\b/gi, 'that are not converted'],
  // "Cold leads: the ones I've had for more than 60 days": whoever says what is meant needs no other word for it.
  [
    /^(?:cold|stale|old|dead|hot|warm|fresh|quiet|dormant) (leads|deals|accounts|customers|partners)[:,-]? (?:the ones|those|the \1|i mean|meaning)(?: that| which)? (?:i've|i have|we've|we have) had (?:for )?/i,
    '$1 of mine older than ',
  ],
  [/\bolder than (?:more than|over) /gi, 'older than '],
  [
    /,? (?:and )?where (?:are|is|do|did) (?:they|it|those|these)(?: all)?(?: stand| end up| at)?(?: now| today| right now)?(?=[?.!]*$)/gi,
    ' with status',
  ],
  // "Which week this quarter had the most wins".
  [
    /^(which|what) (week|month|day|quarter|weekday) (?:of |in )?((?:this|last) (?:week|month|quarter|year)|\d{4}|q[1-4]|h[12])(?:,)? (had|has|saw|brought|got) (the (?:most|fewest|least|highest|lowest|biggest) [^?]+?)[?.!]*$/i,
    '$1 $2 $4 $5 $3',
  ],
  [
    /^which(?: of)? (my|our|the)? ?(customers|accounts|clients) (?:have |has |had )?(bought|ordered|purchased)\b(?=.*\bbut\b)/i,
    'list $1 $2 that $3',
  ],
  [/\bhas the (most|least) (new|renewal|expansion) business\b/gi, 'has the $1 won amount of $2 business'],
  [/\bhas the most won amount\b/gi, 'has the highest won amount'],
  [/\bhas the least won amount\b/gi, 'has the lowest won amount'],
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
  [
    /\b(?:best and worst|highest and lowest|top and bottom) (rep|seller|agent|product|customer|account|region|team|industry|segment)s?\b/gi,
    'by $1 highest first',
  ],
  [/\btop to bottom\b/gi, 'highest first'],
  [/\bin (?:the )?order of\b/gi, 'sorted by'],
  // "Since the first of the month".
  [/\bsince the (?:first|1st|start|beginning|top) of (?:the|this) (month|quarter|year)\b/gi, 'this $1'],
  // "Renewals due", "total ARR of the renewals".
  [
    /\brenewals?((?: (?:coming up|due|up|ahead|upcoming))*(?: (?:in|before|by|until|this|next|within)(?: [\w\d]+){1,4}?)?),? (?:and |with |incl(?:uding)? )?(?:their |the |its )?(?:total |combined )?arr\b/gi,
    'arr up for renewal$1',
  ],
  [/\barr up for renewal (?:coming up|due|up|ahead|upcoming)\b/gi, 'arr up for renewal'],
  [/\b(arr|mrr) (?:do we have|have we got|is|are|that is) (up for renewal)\b/gi, '$1 $2'],
  [/\b(arr|mrr) (?:have i got|do i have) (up for renewal)\b/gi, '$1 $2 of mine'],
  [/\bnxt\b/gi, 'next'],
  [/\beoq\b/gi, 'by the end of the quarter'],
  [/\beom\b/gi, 'by the end of the month'],
  [/\beoy\b/gi, 'by the end of the year'],
  [/\bqrtr\b/gi, 'quarter'],
  [/\bquarter so far\b/gi, 'this quarter'],
];
