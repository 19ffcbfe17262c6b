import { rephrased, type Turn } from './turn.ts';

const article = '(?:the |our |any )?';
const name = '("[^"]+"|[A-Z][\\w&.\'-]*(?: (?:&|and|of|[A-Z][\\w&.\'-]*))*)';

/** Ways of speaking that name nothing themselves: what is meant by them, in the words of figures and records. */
const turns: readonly Turn[] = [
  // "The sickest portfolio, i.e. the lowest average health": what is meant stands behind.
  [
    /\b(?:the |a )?[^,]+?,? (?:i\.? ?e\.?|meaning|that is to say|in other words),? (the (?:lowest|highest|most|fewest|least|largest|smallest|best|worst|biggest)\b)/gi,
    '$1',
  ],
  [
    /\b(who|which|what) (has|have|is|are|had) the \S+ \S+ (the (?:lowest|highest|most|fewest|largest|smallest) )/gi,
    '$1 $2 $3',
  ],
  // "What is Yasmin waiting for, show her open tickets": what is to be shown is what is asked.
  [
    /^what(?:'s|s| is| are) [\p{L} .-]{2,40} (?:waiting|asking|looking|complaining|writing) (?:for|about|on),? (?:and )?(?=(?:show|list|give|which|how many)\b)/iu,
    '',
  ],
  [
    /^how (?:is|are|was|were|has|have) (.+?) (?:doing|been)(?:,? as an? [\p{L} ]{2,30}?)?(?:,| -|;) (?:so |and )?how many ([\p{L} ]+?)[\s?.!]*$/iu,
    'how many $2 from $1',
  ],
  // "What am I sitting on that should close this month".
  [/^(?:and )?what (?:am i|are we) sitting on (?:that|which) /i, 'which of my open deals '],
  [
    /\b(?:should|ought to|needs? to|(?:is|are) (?:meant|supposed|expected) to|(?:has|have) to|must) close\b(?! (?:a |the |my |our )?ticket)/gi,
    'are due to close',
  ],
  [/^what(?: of (?:mine|ours))? are due to close\b/i, 'which deals are due to close'],
  // "How quickly does support get back": the team is who does it, and no kind of product.
  [
    /\b(do|does|did|has|have|can|is|are) (?:the |our )?(?:support|service desk|help ?desk|support (?:team|staff|people|side|desk))(?: (?:team|people|staff))? (?=(?:get|got|take|took|taken|reply|replied|respond|responded|answer|answered|react|reacted|solve|solved|resolve|resolved|need|needed|usually|typically|handle|handled|close|closed|keep|make|made|miss|missed|meet|met)\b)/gi,
    (_said, aux = '') =>
      `${/^(?:does|do)$/i.test(aux) ? 'do' : /^(?:has|have)$/i.test(aux) ? 'have' : aux} we `,
  ],
  [
    /\bwho (?:on|in|at|of|from) (?:the |our )?(?:support|service|help ?desk)(?: (?:side|team|desk|staff|department|org))? (?=(?:has|have|handle|deal|work|take|look|cover|solve|own|answer|repl)\w*)/gi,
    'which agent ',
  ],
  [
    /\bwhich agent (?:handles|deals with|works|takes|looks after|covers) most of ("[^"]+"|\S+?)(?:'s|’s) (tickets|cases|chats|conversations)/gi,
    'which agent has the most $2 for $1',
  ],
  [
    /\bwhich agent (?:handles|deals with|works|takes|looks after|covers) most (tickets|cases|chats|conversations)/gi,
    'which agent has the most $1',
  ],
  // "Are we up or down on churned revenue against the same quarter last year".
  [
    /^(?:are|is|were|was) (?:we|my team|our team|i) (?:up or down|ahead or behind|better or worse|better or worse off) (?:on|in|with|for) (.+?) (?:vs\.?|versus|against|compared (?:to|with)|over|on|than) /i,
    '$1 versus ',
  ],
  [
    /,? and (?:is|was) that (?:up or down|better or worse|more or less|higher or lower)(?: (?:on|from|than|compared (?:to|with)|vs\.?|versus|against))? (?=(?:last|the (?:last|previous|year|month|quarter)|a year)\b)/gi,
    ' versus ',
  ],
  // "What is Acme paying us per month".
  [
    new RegExp(
      `\\bwhat(?:'s| is| does| do| are|s)? ${name} (?:currently )?(?:paying|pay|pays)(?: us)?(?: (?:per|a|each|every) month| monthly)?\\b`,
      'g',
    ),
    'mrr of $1',
  ],
  [/\b(arr|mrr|revenue|recurring revenue|money) (?:that )?(?:is |sits )?in the red\b/gi, '$1 at risk'],
  [/\b(accounts|customers|clients) (?:(?:that|which|who) )?(?:is |are )?in the red\b/gi, 'at-risk $1'],
  [/\bseats? (?:bought|paid for|purchased|licen[sc]ed|booked|contracted)\b/gi, 'seats entitled'],
  [/\bseats? (?:actually |really |in fact )(?:used|in use|taken)\b/gi, 'active users'],
  [
    /^(?:what(?:'s| is)? |which )?(?:the )?(?:share|percentage|percent|%|part|portion|fraction) of (?:my |our |the )?((?:open |total |whole )?pipeline) (?:that )?(?:(?:came|comes|is coming|come|is|was|originates?|stems?|sourced|brought in|driven) )*(?:in )?(?:from|through|via|by|with) (?:our |the |a |any )?partners?\b/i,
    'partner share of pipeline',
  ],
  // "Which lead source converts best".
  [
    /^(?:which|what) (?:lead )?(?:source|origin)s? (?:converts?|converted|does|did|do) (?:the )?(best|worst|most|least)(?=(?: (?:this|last) \w+)?[\s?.!]*$)/i,
    (_said, end = '') =>
      `lead origins by lead conversion rate, ${/best|most/i.test(end) ? 'highest' : 'lowest'} first`,
  ],
  [
    /^(?:which|what) campaigns? (?:converts?|converted) (?:the )?(best|worst|most|least)(?=(?: (?:this|last) \w+)?[\s?.!]*$)/i,
    (_said, end = '') =>
      `campaigns by campaign conversion rate, ${/best|most/i.test(end) ? 'highest' : 'lowest'} first`,
  ],
  [/\b(at|for|with|of|from|in) (?:one|some) of (?=(?:my|our|their|his|her)\b)/gi, '$1 '],
  [
    /\b(tickets?|cases?) (?:that |which )?(?:were |are |was |is )?(?:filed|logged|raised|submitted)\b/gi,
    '$1 opened',
  ],
  [
    /\b(which|what) (\w+) (?:files?|raises?|opens?|logs?|submits?) (?=the (?:most|fewest) (?:tickets|cases)\b)/gi,
    '$1 $2 have opened ',
  ],
  // "Partner league table by won revenue".
  [/\b(\w+?)s? league table\b/gi, (_said, noun = '') => `${noun}s ranked`],
  // "Does Acme still hold a valid certification".
  [
    new RegExp(
      `^does ${name} (?:still |currently )?(?:hold|have|own) (?:an? |any )?(?:valid|current|unexpired) (?:partner )?cert(?:ificate|ification)s?[\\s?.!]*$`,
      'i',
    ),
    'when does the certification of $1 expire',
  ],
  [
    new RegExp(
      `\\b(partners?) (?:(?:that|which|who) )?(?:have not|haven't|havent|did not|didn't|never|not) (?:yet )?(?:finished|completed|done|passed|finish|complete) ${article}enablement(?: yet)?\\b`,
      'gi',
    ),
    '$1 that are not enabled',
  ],
  [
    /\b(partners?) (?:with no|without(?: an?| any)?|that have no|having no) (deals?)\b/gi,
    '$1 with no joint $2',
  ],
  [/\b(which partners?|partners) (haven't|have not|are not|aren't) enabled\b/gi, '$1 that are not enabled'],
  // "How did they turn out": by what came of them.
  [
    /\b(interventions?\b.*?),? and (?:how|what) (?:(?:did|have) )?they (?:have )?(?:turn|turned|end|ended|come|came) (?:out|up)(?: of them)?[\s?.!]*$/i,
    '$1 by outcome',
  ],
  [
    /\bwho(?:'s| is|s) (?:ahead|leading|further|closer|in front) (on|in|with|towards?|to) (?:the |their )?(?:quota|target|number)s?\b(?: right now| currently)?/gi,
    'quota attainment by rep,',
  ],
  [
    /\bmissing for (.+?) to (?:hit|reach|make|meet) (?:his|her|their|the) (?:number|quota|target)\b/gi,
    'the quota gap of $1',
  ],
  [
    /\b(?:on|for) (?:what|everything|all|the things?|the products?) (?:that )?(?:we|i) (?:have )?sold to\b/gi,
    'for',
  ],
  [/\bnew (customers|accounts|clients) (?:that (?:we |were )?)?onboarded\b/gi, 'new $1'],
  [/\b(avg|average|mean|median) churn scores?\b/gi, '$1 churn probability'],
  [/^compare (?=[A-Z])/, 'compare '],
  [/\b(?:gimme|gimmie)\b/gi, 'give me'],
  [/\b(?:teh|hte|th)\b(?= [a-z])/g, 'the'],
  [/\b(contacts?) (?:just |only )?(on file|on record|in the (?:crm|system))\b/gi, '$1'],
  [
    /\b(grew|fell|dropped|rose|declined|increased|decreased|shrank|jumped) (more|less|over|under) (?=(?:than )?\d[\d.,]* ?(?:%|percent))/gi,
    '$1 by $2 ',
  ],
  [/(\d ?(?:%|percent)),? (?:month over month|month on month|mom)\b/gi, '$1 compared to last month'],
  [
    /\b(does|do|did) (.+?) use (more|fewer|less) ((?:api )?(?:calls|seats|features|logins))\b/gi,
    '$1 $2 have $3 $4',
  ],
  [
    /^(?:what (?:are|is|were) )?(?:the )?(?:most (?:common|frequent) |main |top |usual )?reasons? (?:why |that |for which )?(?:our |the )?(?:customers|accounts|clients|people) (?:escalate|escalated|are escalating|do escalate)\b/i,
    'new escalations by root cause',
  ],
  [
    /\b(?:a|the|its|their) (first )?(?:reply|response|answer) (?:within|in|inside) (?:the|an) hour\b/gi,
    'a $1reply within 1 hour',
  ],
  [
    /\b(answered|solved|resolved|closed|replied to|handled) (?:within|in|inside) (?:the|an) hour\b/gi,
    '$1 within 1 hour',
  ],
  [
    /\b(new )?(customers|accounts|clients) (?:(?:that|who|which) )?(?:have |had )?signed (?:up|on)(?: with us)?\b/gi,
    'new $2',
  ],
  // "Where logins dropped to zero": they have none.
  [
    /\b(accounts|customers|clients) (?:where|whose) (?:the )?((?:api )?[a-z]+) (?:have |has )?(?:dropped|fell|fallen|gone|went|gone down|went down) to (?:zero|nothing|nil|0)\b/gi,
    '$1 with no $2',
  ],
  [
    /\b(?:paying|that pay|who pay|pay)(?: us)? (more than|over|above|less than|under|below|at least) (\S+?)(?: (?:eur|euros?|usd|dollars?))? (?:a|per|each|every) (year|month)\b/gi,
    (_said, bound = '', amount = '', unit = '') =>
      `with ${/^year$/i.test(unit) ? 'arr' : 'mrr'} ${bound} ${amount}`,
  ],
  [
    /\b((?:failed|undelivered|bounced) (?:\w+ )?(?:messages|msgs)|(?:messages|msgs) (?:that )?(?:failed|bounced)|how many (?:\w+ )?(?:messages|msgs) (?:failed|bounced))\b(.*?),? and why[\s?.!]*$/gi,
    '$1$2 by reason',
  ],
  [/\b(?:steepest|sharpest|heaviest) (drop|fall|decline|rise|increase|jump|growth)\b/gi, 'largest $1'],
  [
    /^(?:do|did) (?:we|i|my team) (?:resolve|solve|close|answer|reply to) (tickets|cases|chats) (faster|quicker|slower|sooner) (?:by|via|over|through|on) (\w+) or (?:by |via |over |through |on )?(\w+)\b/i,
    'resolution time of $1 by channel, $3 vs $4',
  ],
  [
    /^how (?:is|are|was|were) (?:the |our )products? (?:doing|performing|going|selling|running)\b/i,
    'best products',
  ],
  [/^what sells (?:the )?best\b/i, 'best selling products'],
  [
    /\b(?:top )?(ten|five|three|twenty|\d{1,2}) (?:unhappiest|angriest|grumpiest|most unhappy) (customers|accounts|clients|contacts) (?:based on|judged by|going by|measured by|by) /gi,
    'bottom $1 $2 by ',
  ],
  [/\b(?:i'd|i would) be interested (?:in|to (?:know|see)) /gi, ''],
  [
    /^how many (?:hours|days|minutes) (?:does it |do we |it )?(typically|usually|normally|generally) (?:take|takes|took|need) (?:us |to )*(?=\w+ )/i,
    'how long do we take on average to ',
  ],
  [/\b(?:last|past|previous) fortnight\b/gi, 'last 2 weeks'],
  [/\b(?:this|current) fortnight\b/gi, 'last 2 weeks'],
  [
    /\bdid (?:the )?sales(?: team)? (hold|have|make|log|run|do|book|win|close|lose|open|create|send)\b/gi,
    'did we $1',
  ],
  [/^(?:the )?next steps? (?:is |are )?missing (?:on|for|from|in) (.+)$/i, '$1 without a next step'],
  [/\b(?:what )?(?:proportion|fraction) of\b/gi, 'what share of'],
  [/\bwhat what share\b/gi, 'what share'],
  [
    /\bshare of (tickets|cases) (?:do|did|have) (?:we|i) (close|solve|resolve|answer) (?:with)?in\b/gi,
    (_said, rows = '', deed = '') =>
      `share of ${rows} ${/^answer/i.test(deed) ? 'answered' : 'solved'} within`,
  ],
  [
    /\bshare of (tickets|cases|chats|conversations) (?:that |which )?(?:came|come|were opened|arrived|got opened) (?:in )?(?:at|over|on|during) (?:the )?weekends?\b/gi,
    'share of $1 opened on weekends',
  ],
  [
    /\b(?:that )?(?:went|go|gone|goes) (unanswered|unsolved|unresolved|unread|unassigned|undelivered)\b/gi,
    '$1',
  ],
  [/(?<=\b(?:arr|mrr|revenue) )up for renewal\b(?= (?:this|next|in|within|before|by|over)\b)/gi, 'renewing'],
  [/^who upgraded\b(?=[\s?.!]*$| (?:last|this|in|since|today|yesterday)\b)/i, 'upgrades'],
  [/^who downgraded\b(?=[\s?.!]*$| (?:last|this|in|since|today|yesterday)\b)/i, 'downgrades'],
  [/\b(upgrades|downgrades)\b(.*?),? with (?:the |their )?am+ounts?[\s?.!]*$/gi, '$1$2'],
  // "At the weekend last month": every weekend in that time.
  [
    /\b(?:at|over|on|during) (?:the )?weekend(?=,? (?:(?:in|during|over|of|since) )?(?:the )?(?:last|this|past|previous|january|february|march|april|may|june|july|august|september|october|november|december|since|q[1-4])\b)/gi,
    'on weekends',
  ],
  [
    /\b(share of (?:the |our |all )?(?:\w+ )?(?:tickets|cases|chats|conversations|messages) .*?)\b(?:at|over|on|during) (?:the )?weekend\b/gi,
    '$1on weekends',
  ],
];

/** What idioms of the trade stand for. */
export const withoutIdioms = (text: string): string => rephrased(text, turns);
