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
  // "Team backlog by status".
  [
    /^((?:show|list|give)(?: me)? )?(?:the )?team (?=(?:backlog|queue|tickets|cases|pipeline|workload|open tickets|deals|calls|meetings|activities|csat)\b)/i,
    "$1my team's ",
  ],
  [/^(?:the )?impact (?:of|on) (?=ce-\d)/i, 'what was the impact of '],
  [/^(ce-\d+)'s impact[?.!]*$/i, 'what was the impact of $1'],
  [/^what (?:has |had )?caused (?=ce-\d)/i, 'root cause of '],
  [
    /^(?:what(?:'s| is| was) )?(?:the )?(?:list )?price (?:of|for) (?!"|the |our |all |each |every |a |an |products?\b)([\w][^?!,]*?)[?.! ]*$/i,
    'price of "$1"',
  ],
  [
    /^(?:what|how much) (?:does|do|is|are) (.+?) cost (?:at|by|per) (?:the )?(?:list price|unit|piece)\b/i,
    'price of $1',
  ],
  // "Who gave us an NPS score of 6 or less": the answers, and not a mean of each customer's.
  [
    /^who(?: of (my team's |my |our )?(?:customers|accounts|clients))? (?:(?:have |has )?(?:gave|given|give|left|sent)(?: us| me)?|rated us(?: with)?) (?:an? )?(nps|csat)(?: scores?| ratings?)? (?:of )?(?:(under|below|less than|over|above|more than|at most|at least) )?(\d+)( or (?:less|lower|below|under|worse|more|higher|above|better|\d+))?(?! ?%)(?!.*\b(?:once|twice|times)\b)/i,
    (_said, whose = '', kind = '', side?: string, score = '', more = '') =>
      `${/our/i.test(whose) ? '' : whose}${kind} surveys with a score ${side ?? 'of'} ${score}${more}`,
  ],
  [
    /\b(?<!\b(?:surveys|tickets|cases|customers|accounts|responses|answers) with (?:an? )?)(?<!\b(?:gave|given|give|left|sent)(?: us| me)? (?:an? )?)(csat|nps)(?: scores?| ratings?| surveys?)? of (\d+)( or (?:less|lower|below|more|higher|above|\d+))?(?= (?:in|last|this|since|by|per|from|on|during)\b|[?.!, ]*$)(?!.*\b(?:above|below|over|under) \d)(?!.*\b(?:once|twice|times)\b)/gi,
    '$1 surveys with a score of $2$3',
  ],
  [
    /\b(?:the )?(?:latest|last|most recent|newest) (nps|csat)(?: (?:score|rating|result|answer|response|survey))? (?:of|from|by|for) (?=["\p{L}])(?!last\b|this\b|the (?:last|past)\b|january\b|february\b|march\b|april\b|may\b|june\b|july\b|august\b|september\b|october\b|november\b|december\b)/giu,
    'latest $1 survey of ',
  ],
  [
    /^what (nps|csat)(?: (?:score|rating))? did (.+?) (?:give|leave|send)(?: us)? (?:last|most recently|the last time|lately)[?.! ]*$/i,
    'latest $1 survey of $2',
  ],
  // "Bounced members per campaign".
  [
    /\b(?<!\bcampaign )members (?=(?:per|by|in each|of each|for each|of the|in the) (?:[\w"']+ ){0,3}campaigns?\b)/gi,
    'campaign members ',
  ],
  [
    /^how many members (bounced|responded|converted|replied|clicked|opted out)(?= (?:per|by|in|for|of|from) (?:each |the |our )?(?:[\w"']+ ){0,3}campaigns?\b)/i,
    'campaign members that $1',
  ],
  [
    /\b(deals|opportunities|opps)( of mine)? (?:that |which |where )?(?:a |our |the )?partners? (?:is|are|was|were) (?:also |still )?(?:involved(?: in| with| on)?|part of|on board(?: with)?|in on|engaged in)\b/gi,
    '$1$2 with a partner',
  ],
  // "Opps that mention Oracle in their db requirements".
  [
    /\b(deals|opportunities|opps|tickets|cases|leads|accounts|customers)((?: still)? open)?,? (?:(?:that|which|who) )?(?:mention(?:s|ing)?|name|names|naming|contain(?:s|ing)?|with|having|say|saying|list|listing) ("[^"]+"|[\w.+-]+) in (?:the|their|its) ((?:db|database) (?:requirements?|needs?)|next steps?|requirements)\b/gi,
    (_said, rows = '', open = '', word = '', field = '') =>
      `${open === '' ? '' : 'open '}${rows} whose ${field.replace(/^database/i, 'db')} mention ${word}`,
  ],
  [/\bdatabase requirements\b/gi, 'db requirements'],
  [
    /^how (?:far|far along|close) (?:is|are|am|was|were) (?:each|every)(?: one)?(?: of)? (.+?) (?:toward|towards|to|on|along to|from) (?:(?:(this|the|last) (year|quarter|month)'?s? )|his |her |their |my |our )?quotas?\b/i,
    (_said, who = '', which?: string, unit?: string) =>
      `quota attainment by ${who}${which && !/^the$/i.test(which) ? ` ${which} ${unit ?? ''}` : ''}`,
  ],
  [
    /\b(?:overloaded|overworked) (or|and) (?:has|have|with|got) too little (?:to do|work|on)\b/gi,
    'overloaded or underutilised',
  ],
  [
    /\b(accounts|customers|clients)(?: (?:that|who|which))? (?:(?:have |had )?(?:sent|opened|raised|filed|submitted|logged|gave|given|written|caused|created)(?: (?:in|us|me|in to us))?|came (?:to us )?with|came up with|hit us with) (?=(?:more than|over|at least|fewer than|less than|under|exactly) (?:\d+|an?|two|three|four|five|six|seven|eight|nine|ten)\b[\w ]{0,20}?\b(?:tickets|cases)\b)/gi,
    '$1 with ',
  ],
  [
    /\b(which (?:of (?:the |our )?)?)(bot intents|intents|bot topics) (?:have|has|had|got|show|shows) (?:the )?(lowest|highest|worst|best)\b/gi,
    '$2 with the $3',
  ],
  [
    /\b(win rate\b[^?.!]*?) (?:by|in|based on|measured by) (?:the )?(?:number of deals|numbers? of deals|count|deal count|number|counts)\b/gi,
    '$1',
  ],
  // "Churn rate this year up to October".
  [
    /\bthis year (?:up to|until|till|through|up until)(?: and including)? (?:the end of )?(january|february|march|april|may|june|july|august|september|october|november|december)\b/gi,
    'from january to $1',
  ],
  [
    /\bsince (january|february|march|april|may|june|july|august|september|october|november|december)\b(.*?),? (?:without|excluding|not counting|except|leaving out|but not) (?:the |this )?(?:running |current |ongoing )?month\b/gi,
    'from $1 to last month$2',
  ],
  [
    /\bmrr (?:that )?(?:(?:we )?lost|lost|fell away|dropped|gone) (?:to|through|by|from|due to|because of) (?:contractions?|downgrades?|shrinkage|seat reductions?)\b/gi,
    'contraction mrr',
  ],
  [
    /^how much mrr (?:did we lose|have we lost|was lost|we lost|got lost|went) (?:to|through|from|due to|because of|with) (?:contractions?|downgrades?|shrinkage)\b/i,
    'contraction mrr',
  ],
  [
    /^how much mrr (?:did we lose|have we lost|was lost|we lost|got lost|went) (?:to|through|from|due to|because of|with) (?:churn|cancellations?|cancelled subscriptions|customers (?:that |who )?le(?:ft|aving))\b/i,
    'churned mrr',
  ],
  [
    /^how much mrr (?:did we (?:gain|add|get|win|pick up)|have we (?:gained|added|got|won)|was (?:gained|added|won)|came) (?:to|through|from|due to|by|with) (?:expansions?|upgrades?|upsells?)\b/i,
    'expansion mrr',
  ],
  [
    /^how much mrr (?:did we (?:gain|add|get|win|pick up)|have we (?:gained|added|got|won)|was (?:gained|added|won)|came) (?:to|through|from|due to|by|with) (?:new (?:customers|logos|business|subscriptions))\b/i,
    'new mrr',
  ],
  [
    /^(how much (?:new |expansion )?mrr) (?:did we|have we|do we|we) (?:win|won|add|added|get|got|gain|gained|book|booked|sign|signed|bring in|brought in)\b/i,
    '$1',
  ],
  [
    /\b((?:new|expansion|contraction|churned) mrr) (?:that )?(?:was |were |has been |got )?(?:came in|come in|came|booked|added|won|gained|signed|created|lost)\b/gi,
    '$1',
  ],
  [
    /\bmrr (?:that )?(?:was |has been )?(?:came|come|gained|won|added|gotten|earned)? ?(?:from|through|by) (expansions?|new business|contractions?|churn)\b/gi,
    (_said, kind = '') =>
      `${/^churn/i.test(kind) ? 'churned' : /^new/i.test(kind) ? 'new' : kind.replace(/s$/i, '')} mrr`,
  ],
  [/^(?:number of|how many|count of) (?=sla breaches\b)/i, ''],
  [/(?<=[:,] (?:what is |what's )?)(?:the )?number of (?=sla breaches\b)/i, ''],
  [/\bsla breaches (?:that )?(?:occurred|happened|took place|were recorded)\b/gi, 'sla breaches'],
  [
    /\bincidents (?:that |which )?(?:began|begun|kicked off|broke out|occurred|happened|with a start)\b/gi,
    'incidents started',
  ],
  [
    /^sum of (?:the |all |our )?(?=(?:[a-z]+ )?(?:deals|opportunities|orders|transactions)\b)/i,
    'total amount of ',
  ],
  [/\byearly (?:recurring )?revenue\b/gi, 'arr'],
  [/\bmonthly recurring (?:revenue|money|income)\b/gi, 'mrr'],
  [
    /\bhow much mrr (?:do|did|have) we los[et] (?:to|through|from|by|due to|because of) (?:cancellations?|churn|cancelled subscriptions)\b/gi,
    'churned mrr',
  ],
  [
    /^(?:which )?(customers|accounts|clients) (?:that |who )?(?:have )?(?:downgraded|cut back|reduced their (?:plan|seats|subscription))\b(?:(.*?),? with the amount(?: (?:they|that they) (?:cut|lost|dropped))?)?/i,
    'contraction mrr by account$2',
  ],
  [
    /\b(deals|opportunities)(?: of mine)? (?:that are |which are )?(?:supposed|expected|meant|due|scheduled|planned|set) to (?:land|close|come in|sign|be signed|be closed)\b/gi,
    '$1 closing',
  ],
  [
    /\bleads (?:that (?:have|are) )?(?:without|with no|lacking) (?:anybody|anyone|any person|somebody|a person|someone) (?:responsible|assigned|in charge|on them|looking after them)(?: for them)?\b/gi,
    'unassigned leads',
  ],
  [
    /\b(total )?(open pipeline|pipeline)( (?:per|by) [a-z]+),? and (?:how many|the number of) (deals|opportunities)(?: (?:sit|are|there are|we have|do we have))?(?: in each(?: one| of them)?)?[?.!]*$/i,
    '$2 and number of open deals$3',
  ],
  [
    /^partners? (?:without|with no|lacking|that have no|who have no) (?:an? )?valid certificat(?:ion|e)s?\b/i,
    'partners that are not certified',
  ],
  [
    /\b(partners\b[^?.!]*?) (?:who|that|which) are not certified (?:today|now|yet|right now|at the moment)/i,
    '$1 that are not certified',
  ],
  [/\b(are|is) not certified (?:today|now|right now|at the moment)\b/i, '$1 not certified'],
  [
    /\b(?:replies|responses|answers) (?:that )?will be late if (?:we|nobody|no one|nothing|i) [a-z ]+? (?=in the next\b|within the next\b)/i,
    'replies due ',
  ],
  [
    /^which (tickets|cases) (?:will )?miss (?:their |the )?first (?:response|reply)(?: target| sla| deadline)? within the next hour\b(?:,? (?:if|unless) (?:nobody|nothing|no one|we) [a-z]+)?/i,
    'running first response clocks due in the next 1 hour',
  ],
  [/\bwithin the next hour\b/gi, 'in the next 1 hour'],
  // Over several months: that of each.
  [
    /\bmonthly (churn rate)\b(?! by\b)(?=.*\b(?:since|this year|last year|from [a-z]+ (?:to|until|till)|over the (?:last|past)|(?:in|for) the (?:last|past) \w+ months|between)\b)/gi,
    '$1 by month',
  ],
];

/** What idioms of the trade stand for. */
export const withoutIdioms = (text: string): string => rephrased(text, turns);
