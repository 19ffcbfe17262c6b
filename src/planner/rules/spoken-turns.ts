import { rephrased, type Turn } from './turn.ts';

const deals = '(?:deals|opportunities|opps)';
const customers = '(?:customers|accounts|clients|companies|custs)';
const records = `(?:tickets|tix|cases|chats|conversations|convos|escalations|leads|subscriptions|subs|incidents|${deals.slice(3, -1)}|${customers.slice(3, -1)})`;
const partner = '(?:a|any|some|one of our) partners?';
const ends = '(?=\\s*[?.!]*$)';
const goesOn =
  '(?=\\s*(?:[?.!,;]|$)|\\s(?:this|last|in|since|today|yesterday|by|per|for|on|with|right|now|and|so far)\\b)';
const soon = '(?:soonest|nearest|earliest|closest)';

/** What is said in a breath of records: where they lie, from whom they come, what should have been done with them. */
const recordTurns: readonly Turn[] = [
  // "What's the oldest thing still sitting in my queue".
  [
    /^(?:so |hey,? |hi,? )*(?:what(?:'s|s| is)|which is|show(?: me)?|give me) (?:the )?(oldest|newest|latest|most urgent|longest waiting) (?:thing|item|one|issue|stuff|piece)s?(?: (?:that|which)(?:'s| is| are)?)?(?: still| currently)?(?: (?:sitting|lying|waiting|stuck|open))? (?:in|on|at) (my|our) (?:queue|plate|desk|backlog|list|inbox)(?=\s*[?.!]*$)/i,
    '$1 open ticket of $2',
  ],
  [/^((?:oldest|newest|latest) open ticket) of (my|our)(?=\s*[?.!]*$)/i, '$2 $1'],
  // "How many customers are on which plan", "how many tickets are in which status".
  [
    new RegExp(
      `^how many ((?:[\\w'-]+ ){0,3}?${records}(?: of (?:my team|mine|ours))?) (?:are|is|were|have|has|stand|sit) (?:(?:in|on|at|with|under|of) )?(?:which|what) ([a-z]+(?: [a-z]+)?)${goesOn}`,
      'i',
    ),
    'how many $1 by $2',
  ],
  // "My qualified leads, from where do they come", "where did the deals come from that we won this year, count by source".
  [
    new RegExp(
      `^((?:my|our|the|all)? ?(?:[a-z]+ )?(?:leads|${deals})\\b[^?.!,]*?),? (?:and )?(?:from )?where (?:do|did|have) (?:they|these|those) (?:come|came|originate)(?: from)?${ends}`,
      'i',
    ),
    '$1 by source',
  ],
  [
    new RegExp(
      `^(?:from )?where (?:do|did|have) ((?:my|our|the|all)? ?(?:[a-z]+ )?(?:leads|${deals})) (?:come|came|originate) from(?: that| which)? ([^?.!,]+?)(?:,? (?:count(?:ed)?|number|split|broken down)?,? ?by (?:lead )?source)?${ends}`,
      'i',
    ),
    '$1 $2 by source',
  ],
  // "Opps that should have closed already but are still open".
  [
    new RegExp(
      `\\b(${deals})(?: of mine)? (?:(?:that|which) )?(?:(?:should|ought to) (?:already )?have (?:already )?(?:been )?|were (?:due|supposed|meant|expected) to (?:have )?(?:been )?)(?:closed?|signed|decided)(?: (?:by now|already|long ago))*(?:,? (?:but|and|yet) (?:(?:they )?(?:are|is|were) )?(?:still |not )*(?:open|there|pending|closed|decided))?`,
      'gi',
    ),
    'overdue $1',
  ],
  // "Deals past their close date and still not closed": they are open anyway.
  [
    new RegExp(
      `\\b(past (?:their|its|the) (?:expected |planned )?close dates?),? (?:and|but|yet) (?:(?:are|is) )?(?:still )?(?:not (?:yet )?(?:closed|won|decided|done)|open)(?: yet)?${goesOn}`,
      'gi',
    ),
    '$1',
  ],
  // "My deals due in December": by when they are meant to close.
  [
    new RegExp(
      `\\b((?:open |big |my |our )?${deals}(?: of (?:mine|ours))?) (?:that are |which are )?due (?=(?:in|by|this|next|on|until|before|within|today|tomorrow|to close)\\b)(?:to close )?`,
      'gi',
    ),
    '$1 closing ',
  ],
  // "Who of my open deals asks for zero-downtime schema changes": which of them do.
  [
    new RegExp(
      `^who (?:of|among) (my|our) ((?:open )?${deals}) (asks?|needs?|wants?|requires?|demands?) `,
      'i',
    ),
    '$2 of mine that $3 ',
  ],
  // "Leads I have not started on": those that are new.
  [
    /\b(leads)(?: of mine)? (?:(?:that|which) )?(i|we) (?:(?:have|has|had|did|was) ?(?:not|n't)?|haven't|hasn't|didn't|havent|hasnt)? ?(?:yet )?(?:started on|start on|worked on|work on|begun with|begun)(?: yet| so far)?(?=\s*(?:[?.!,;]|$))/gi,
    (_said, rows = '', who = '') => `new ${rows}${/^i$/i.test(who) ? ' of mine' : ''}`,
  ],
  // "Customers that did order nothing since Monday": without orders.
  [
    new RegExp(
      `\\b(${customers}(?: of (?:mine|ours))?) (?:(?:that|which|who) )?(?:(?:have|has|had|did|do) )?(?:(?:order|buy|purchase)(?:ed)?|bought) (?:nothing|not a thing|no(?:thing)? products?)\\b`,
      'gi',
    ),
    '$1 without orders',
  ],
  [
    new RegExp(
      `^who (?:of|among|from) (my|our) (${customers}) (?=(?:without|with|has|have|had|is|are|did|do)\\b)`,
      'i',
    ),
    'which of $1 $2 ',
  ],
  [/^which of (my|our) (customers|accounts|clients|companies) (?=without\b)/i, '$1 $2 '],
  // "Who among my customers haven't I had on the phone in the last two months".
  [
    new RegExp(
      `(?<=^|[,;:.!?] |\\bso )(?:who|which|what) (?:of|among|from) (my|our) (${customers}) (?:haven't|have not|havent|didn't|did not) (?:i|we) (?:have |had |got |get |spoken to |talked to )?(?:on the (?:phone|line)|phoned|called|rung)\\b`,
      'i',
    ),
    'list $1 $2 without calls',
  ],
  // "The three customers of me that logged in the least during the last 30 days".
  [
    new RegExp(
      `^(?:(?:which|what|show|list) )?(?:the |my |our )?(\\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)? ?(?:of )?(?:my |our )?(${customers})(?: of (me|mine|ours))?,? (?:that |which |who )?(?:have |has )?(?:logged|log|logging) (?:in|on) (?:the )?(most|least)(?: often| frequently)?\\b`,
      'i',
    ),
    (_said, n = '', rows = '', whose?: string, which = '') =>
      `${n === '' ? '' : `${n} `}${rows}${whose === undefined ? '' : whose.toLowerCase() === 'ours' ? ' of ours' : ' of mine'} with the ${which.toLowerCase() === 'most' ? 'most' : 'fewest'} logins`,
  ],
  // "The three customers with the most risk to leave us".
  [
    /\b(?:with|at|having) the (?:most|highest|biggest|greatest|largest) (?:risk|chance|danger|probability|likelihood) (?:to (?:leave|churn|cancel|go)|of (?:leaving|churning|churn|cancelling|going))(?: us)?\b/gi,
    'with the highest churn probability',
  ],
  [
    /\b(customers|accounts|clients)(?: of (?:mine|ours))?,? (?:(?:which|that|who) )?(?:are )?(?:the )?most likely to (?:leave|churn|cancel|go)(?: us)?,? with (?:the |their )?(?:churn )?probabilit(?:y|ies)\b/gi,
    '$1 with the highest churn probability',
  ],
  // "Tickets of mine about an allow list in the subject".
  [
    /\b(tickets|cases)((?: of mine| of ours)?) (?:(?:that|which) )?(?:are )?(?:about|with|mentioning) (?:an? |the )?([a-z][\w -]*?) in (?:the|their|its) (subject|title)(?: line)?\b/gi,
    '$1$2 whose subject mentions $3',
  ],
];

/** Work, its time and its promises. */
const workTurns: readonly Turn[] = [
  // "In which category do I need the most time from opening to solving".
  [
    /^(?:in|for|with|on) (?:which|what) (category|priority|channel|region|segment|product|customer|account) (?:do |did |does )?(i|we|my team|the team) (?:need|needs|take|takes|spend)s? (?:the )?(?:most|longest|most long)(?: time)?(?: (?:time|long))? from (?:the )?opening (?:to|until|till) (?:the )?(?:solving|solution|closing|resolution)\b/i,
    (_said, by = '', who = '') => `${/^i$/i.test(who) ? 'my ' : ''}resolution time by ${by}, longest first`,
  ],
  // "Time online for me today so far", "idle hours of each of us yesterday".
  [/^(?:the )?time (online|away|busy|offline) (?:for|of) me\b/i, 'how long was i $1'],
  [/\baway from (?:the |my )?(?:desk|keyboard|computer)\b/gi, 'away'],
  [/\b(active|idle|busy|online) (?:hours|time) of each of us\b/gi, '$1 time by agent'],
  [/\b(active) hours\b/gi, '$1 time'],
  [/\bhours active\b/gi, 'active time'],
  [/,? (?:for )?me(?=\s*[?.!]*$)(?<=\b(?:time|hours)\b.*)/i, ' of mine'],
  // "How fast did I get back to people the first time on tickets that came in this month".
  [
    /\bhow (fast|quick|quickly|soon) (?:did|do|have) (i|we|my team) (?:get back|got back|reply|replied|answer|answered|respond|responded)(?: to)?(?: (?:people|customers|folks|them))? (?:for )?the first time(?: (?:on|in|to))?(?: the)? (tickets|cases|tix)\b(?: (?:(?:that|which) )?(?:came in|arrived|were opened|opened))?/gi,
    (_said, _how = '', who = '', rows = '') =>
      `${/^i$/i.test(who) ? 'my ' : ''}first response time of ${rows} opened`,
  ],
  // "Done without missing any target", "without an SLA miss".
  [
    /\b(?:done|solved|closed|finished) without (?:missing|breaching|breaking|violating) (?:any|a|an|its|their|the) (?:sla )?(?:targets?|slas?|promises?|deadlines?)\b/gi,
    'solved without an sla breach',
  ],
  // "Tickets that miss their SLA within the next four hours if nobody moves": those whose clocks are due then.
  [
    /\b(tickets|cases)((?: of (?:my team|mine|ours))?) (?:(?:that|which) )?(?:will |would |could |are going to |are about to )?(?:miss|break|breach|run out of|go over|fall out of|exceed)s? (?:(?:their|its|the|an?) )?slas?(?: targets?)? (?=(?:within|in) the next\b)(within|in)( the next (?:\w+ )?(?:hours?|days?|minutes?|week))(?:,? (?:if|unless) (?:nobody|nothing|no one|somebody|someone|we) [a-z ]+?)?(?=\s*(?:[?.!,;]|$))/gi,
    '$1$2 due in$4',
  ],
  // "Which tickets of ours are due in the next two hours": whose they are stands in front of them.
  [
    /^(?:which|what|show|list)?(?: me)? ?(?:the )?((?:high |urgent |low |normal )?(?:tickets|cases)) of (my team|mine|ours) (?:(?:that|which) )?(?:are |is |fall |come )?due (?=in|within|by|before|today|tomorrow|this|until)/i,
    (_said, rows = '', whose = '') =>
      `${/^mine$/i.test(whose) ? 'my' : /^ours$/i.test(whose) ? 'our' : "my team's"} ${rows} due `,
  ],
  [
    /\bfirst (?:replies|responses|answers) (?:that |which )?(?:will be|are going to be|would be|are) (?:late|due|overdue)(?: if (?:we|nobody|nothing|i) [a-z ]+?)? (?=in the next\b|within the next\b)/gi,
    'running first response clocks due ',
  ],
  [
    /\b(tickets|cases)((?: of (?:my team|mine|ours))?) (?:where|on which|for which) (?:i|we) (?:must|have to|need to|should) (?:give|send|write) (?:(?:an?|the|my|our) )?first (?:reply|response|answer)\b/gi,
    'running first response clocks$2',
  ],
  [
    /\b(tickets|cases)((?: of (?:my team|mine|ours))?) (?:whose|where the) first (?:reply|response|answer) is due\b/gi,
    'running first response clocks$2 due',
  ],
  [
    new RegExp(
      `(\\b(?:tickets|cases|clocks|slas|targets)\\b.*),? (?:with )?(?:the )?${soon}(?: (?:deadline|due date|due|one))?s? (?:first|on top|at the top)${ends}`,
      'i',
    ),
    '$1, soonest due first',
  ],
  // "High and urgent ones on me that have to be finished by tomorrow midnight".
  [
    /\b(?:that |which )?(?:have|has|need|needs) to be (?:finished|done|solved|closed|ready) (?=by|until|before|today|tomorrow|this)\b/gi,
    'due ',
  ],
  [/\b(today|tomorrow),? (?:at )?midnight\b/gi, '$1'],
  // "Tickets I carried over from the days before today": opened before it.
  [
    /\b(tickets|tix|cases) (?:(?:that|which) )?i (?:have |had )?(?:carried|took|taken|dragged) over(?: from (?:(?:the )?(?:days?|weeks?) before(?: today)?|yesterday|earlier(?: days)?))?(?:,? (?:and )?(?:are )?(?:still )?(?:not closed|open|not done|unsolved))*/gi,
    'my $1 opened before today that are still open',
  ],
  // "Wrapped up in under ten minutes".
  [
    /\b(chats|conversations|convos)\b([^?.!,]*?) (?:were |was |got )?(?:wrapped up|finished|closed|done|handled|over|dealt with) (?:in|within|after) (under|over|less than|more than|at most|at least)\b/gi,
    '$1$2 resolved in $3',
  ],
  // "Not finished yet".
  [
    /\b(chats|conversations|convos|tickets|cases|(?:customer )?escalations)((?: of (?:mine|ours))?) (?:that |which )?(?:are |is )?not (?:yet )?(?:finished|done|over|closed|completed|resolved|solved)(?: yet)?(?=\s*(?:[?.!,;]|$))/gi,
    (_said, rows = '', whose = '') =>
      `${/^(?:chats|conversations|convos)$/i.test(rows) ? 'active' : 'open'} ${rows}${whose}`,
  ],
  [
    /^(which of (?:my|our) (?:chats|conversations|convos|tickets|cases|escalations)) are not (?:yet )?(?:finished|done|over|closed|completed)(?: yet)?(?=\s*[?.!]*$)/i,
    (_said, rows = '') => `${rows} are ${/(?:tickets|cases|escalations)$/i.test(rows) ? 'open' : 'active'}`,
  ],
];

/** Money, places and people. */
const moneyTurns: readonly Turn[] = [
  // "How much of my open pipeline has a partner on it".
  [
    new RegExp(
      `^(?:(?:just )?curious,? )?(how much (?:of )?(?:my|our|the) (?:open )?pipeline) (?:has|have|is with|with|involves|includes) ${partner}(?: (?:on|in|attached|involved|behind)(?: (?:it|to it|them))?)?${ends}`,
      'i',
    ),
    '$1 comes from partners',
  ],
  // "The sum of my pipeline weighted with the probability".
  [
    /\b(?:(?:the )?(?:sum|value|total|amount) of )?((?:my|our|the) )?(?:open )?pipeline,? weighted (?:with|by) (?:(?:the|its|their|each) )?(?:probabilit(?:y|ies)|chances?|odds|likelihood)\b/gi,
    '$1weighted pipeline',
  ],
  [
    new RegExp(
      `\\bweighted (?:value|amount|sum) of (?:the |my |our )?${deals} (?:(?:that )?we expect to close|expected to close|closing|due to close)\\b`,
      'gi',
    ),
    'weighted amount closing',
  ],
  // "How long does it usually take me from opening a deal to winning it", "median time from opening to signature of deals".
  [
    /\bhow long (?:does|do|did|needs?|takes?) (?:it )?(?:usually |typically |normally |on average )?(?:take |need )?(me |us |an? deal |deals )?from (?:the )?(?:opening|creation|start|first contact)(?: of)?(?: an?| the)?(?: deals?)? (?:to|until|till) (?:the )?(?:winning|closing|signing|signature|close|win)(?: it| them| deals?)?\b/gi,
    (_said, who = '') => `${/^me/i.test(who) ? 'my ' : ''}average days to close`,
  ],
  [
    /\bhow long (?:needs|takes|does|do) an? deal (?:need |take )?from (?:the )?(?:opening|creation|start) (?:to|until|till) (?:the )?(?:signature|close|closing|win|winning|signing),? in the median\b/gi,
    'median days to close',
  ],
  [
    /\b(median|average|mean) (?:time|days|number of days) from (?:the )?(?:opening|creation|start) (?:to|until|till) (?:the )?(?:signature|close|closing|win|winning|signing) of (?:a |the |our |my )?deals?\b/gi,
    '$1 days to close',
  ],
  // "Has been sitting the longest in the stage it is in".
  [
    new RegExp(
      `\\b(?:which |what )?(?:of )?((?:my team's|my|our) )?(?:open )?(?:${deals}|deal|opportunity)\\b(?: of (?:mine|ours))? (?:(?:that|which) )?(?:(?:has|have) been |is |are )?(?:sitting|sits?|stuck|stays?|stayed|been|hanging|stands?|standing|resting)? ?(?:the )?longest (?:in|at) (?:the |its |their |one |this |the same )?(?:current |present )?stages?(?: (?:it is|they are) in)?${ends}`,
      'i',
    ),
    '$1deal checks showing stage age sorted by stage age, highest first',
  ],
  // "At what stage did lost deals die".
  [
    new RegExp(
      `^(?:(?:the )?lost ${deals}[:,]? )?(?:at|in) (?:what|which) stages? (?:did|do|have) (?:they|(?:the |our |my )?(?:lost )?${deals}) (?:die|fail|get lost|lose|end|stop)${ends}`,
      'i',
    ),
    'lost deals by stage',
  ],
  // "How big the average open deal is for Luis and for Naomi".
  [
    /^(?:compare )?how (?:big|large|high|much) (?:is )?the average ([a-z ]+?)(?: is)? (?:for|of|with) ([A-Z]\w+)(?:,)? and (?:for |of |with )?([A-Z]\w+)(?=\s*[?.!]*$)/i,
    'average $1 of $2 and $3',
  ],
  // "What percentage of all the leads I was given turned out to be unqualified".
  [
    /\bof (?:all )?(?:the |my |our )?leads (?:(?:that )?(?:i|we) (?:was|were|got|have been|had been|been)(?: given| handed| assigned)?) (?=(?:turned|proved|ended|were|are)\b)/gi,
    'of my leads ',
  ],
  // "Customers below health 50", "accounts with health below 50".
  [
    /\b(?:(?:with|at|of) )?(below|under|above|over|at least|at most|less than|more than) (?:an? )?(health|csat|nps|churn probability|engagement) (?:score )?(?:of )?(?=\d)/gi,
    'with $2 $1 ',
  ],
  [
    /\b(with (?:a |an )?)health (?=(?:below|under|above|over|at least|at most|less than|more than) \d)/gi,
    '$1health score ',
  ],
  // "ARR sitting with accounts …".
  [
    /\b(arr|mrr) (?:(?:that )?(?:is )?)?(?:sitting|sits|hanging|hangs|tied up|at stake) (?:with|on|in|at) (?=(?:customers|accounts|clients)\b)/gi,
    '$1 of ',
  ],
];

/** Times and courses. */
const courseTurns: readonly Turn[] = [
  // "Escalations that we have opened": nobody else opens them.
  [
    /\b(escalations|incidents|tickets|cases|leads|deals) (?:that|which) we (?:have )?(opened|raised|created)\b/gi,
    '$1 $2',
  ],
  [/\blongest waiting(?: ones?)? (?=first\b|on top\b)/gi, 'oldest '],
  // "My open tickets, the angriest first": by how they sound.
  [
    /\b((?:tickets|cases|tix)\b[^?.!]*?),? (?:the )?(?:angriest|unhappiest|most (?:negative|unhappy|upset))(?: ones?)? first(?=\s*[?.!]*$)/i,
    '$1 sorted by sentiment score, lowest first',
  ],
  [
    /^(?:(?:ok(?:ay)?|now|and|then),? )*back to (?:all|everything|everybody|everyone)(?: of (?:them|those|it|these))?,? (?:and )?(?:count(?:ed)? )?(?=(?:by|per)\b)/i,
    'without filters, ',
  ],
  [
    /^(?:(?:and|but|now|please) )*(?:leave out|take out|drop|skip|exclude|without|not|remove) the ones (?:that (?:are|is) |which (?:are|is) )?(?:still )?(?:in|from|at|on) (?=\S)/i,
    'without ',
  ],
  [
    /\bwithout an? (call|meeting|order|ticket|login)(?=\s*(?:[?.!,;]|$)|\s(?:in|since|for|this|last|within|during|over)\b)/gi,
    'without $1s',
  ],
  // "How many customers churned this year and how much MRR did we lose", "… was that": the revenue that went with them.
  [
    /^(how many (?:customers|accounts|clients|subscriptions) (?:did we lose|have we lost|churned|left(?: us)?|cancelled|canceled|have left|have churned)\b[^?.!]*?),? and (?:how much|what) (?:(?:was |is )?(?:the |in )?)?(mrr|arr|recurring revenue)(?: (?:was that|is that|did we lose|have we lost|did that cost us|went with them|was lost|is gone))?(?=[?.! ]*$)/i,
    '$1 and churned $2',
  ],
  [
    /\bhow much (mrr|arr) (?:did|have) we (?:lose|lost)\b(?! (?:through|to|by|from|because|due))/gi,
    'churned $1',
  ],
  // "Tickets awaiting customer reply": it is the customer's turn.
  [
    /\b((?:tickets?|cases?|tix)(?: of mine)?) (?:(?:that|which|are|is|still) )*(?:awaiting|waiting (?:for|on)|pending) (?:a |an |the |our )?(?:customer|client|requester)(?:'s|s)? (?:reply|replies|response|answer|feedback|input)\b/gi,
    '$1 that are pending',
  ],
  // "Time to close by category": of tickets, where deals have none.
  [
    /^((?:show|give|what is|what's)(?: me)? )?((?:avg|average|median|mean|the) )?time to close (?=(?:by|per|for each) (?:category|priority|channel|agent|assignee|engineer|team|topic)\b)/i,
    '$1$2resolution time ',
  ],
  // "Partners with expiring certifications": those whose certification expires soon.
  [
    /\b(?:with|have|has|having) (?:an? |any |their )?(?:soon )?(?:expiring|lapsing) (?:certifications?|certificates?|certs?)(?: soon)?(?=[?.! ]*$)/gi,
    'with a certification that expires soon',
  ],
  // "CSAT answers below 3": by their score, and not by replies.
  [
    /\b(csat|nps|ces|survey) (?:responses|answers|ratings|replies) (?:of )?(below|under|above|over|at least|at most|less than|more than) (\d+)\b/gi,
    '$1 responses with a score $2 $3',
  ],
  // "Which team breaches its SLA most often": the most.
  [
    /^((?:which|what|who)\b[^,?.!]*?) (?:the )?(most|least) (?:often|frequently)(?=[?.! ]*$| (?:this|last|in|since|over|during|today)\b)/i,
    '$1 the $2',
  ],
  [
    /\b(?:using|use|uses|that use|who use) (fewer|less|more) than (\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:of our |of the |different )?features\b/gi,
    (_said, side = '', count = '') =>
      `with features used ${/^more$/i.test(side) ? 'above' : 'below'} ${count}`,
  ],
  // "Phone vs email tickets": the noun is that of both.
  [
    /\b(phone|e-?mail|chat|web|web chat|whatsapp|slack|sms|portal) (vs\.?|versus|against|or|compared (?:to|with)) (phone|e-?mail|chat|web|web chat|whatsapp|slack|sms|portal) (tickets|tix|cases|conversations|messages)\b/gi,
    '$1 $4 $2 $3 $4',
  ],
  // "Reps vs quota": what each has won, the quota, and how far that is.
  [
    /^(?:(?:show|list|compare|give)(?: me)? )?(?:the |our |my |each |every |all )*(?:sales )?(reps?|people|team) (?:vs\.?|versus|against|compared (?:to|with)) (?:the |their )?(?:quotas?|sales targets?|targets?)\b/i,
    'won towards quota, rep quotas and quota attainment by rep',
  ],
  [
    /\b(?:who|which|which one) (?:of|among|from|out of) (?:my|our) (?:people|folks|guys|staff)\b/gi,
    'who in my team',
  ],
  [/\b(?:customer|client) (meetings|calls|e-?mails)\b(?! (?:sent|received|opened|tickets))/gi, '$1'],
  [/\blongest[- ]standing (?=(?:customers?|accounts?|clients?|partners?)\b)/gi, 'oldest '],
  // "Who pays for premium support", "customers that pay for Quorum Geo".
  [
    /^((?:which |what |list |show |my |our |all )*(?:customers|accounts|clients)|who) (?:(?:that|who|also|of ours) )*(?:pays?|paying|pay us) for (?=(?:the |our )?(?!(?:more|less|at least|up to|over|under|how|what|it|them|seats?|licen[cs]es?|users?|features?)\b)[a-z])/i,
    (_said, rows = '') => `${/^who$/i.test(rows) ? 'customers' : rows} with `,
  ],
  [
    /^what(?: has|'s| is| have)? (?:moved|driven|drove|changed|moving|driving|changing) (?:the |our )?(?:mrr|recurring revenue|monthly recurring revenue)\b/i,
    'mrr movements by kind',
  ],
  // "Every customer with a ticket on me right now".
  [
    /\b(?:every |all |each )?(customer|account|client|cust)s? (?:with|w\/|that has|who has|that have|having) (?:an? |any )?(?:open )?(?:tickets?|tix|case) (?:on|with|for) me,? (?:right now|now|currently|rn)\b/gi,
    'customers with an open ticket of mine',
  ],
  [/\b(hour|day|week|month|quarter|year) (?:for|after) \1\b/gi, 'per $1'],
  [/\b(since|from|at|until|till|before|after) (?:the )?begin of\b/gi, '$1 the beginning of'],
  // "From where to where": "how much tickets" are as many.
  [
    /^((?:so |and |hey,? |hi,? )*)how much (?=(?:(?:open|new|urgent|high|low|solved|closed|unsolved|pending|active|lost|won|qualified|slack|chat|phone|email|whatsapp|different|such) ){0,2}?(?:tickets|tix|cases|chats|conversations|messages|deals|opps|leads|customers|accounts|escalations|orders|calls|meetings|subscriptions|incidents|agents)\b(?! (?:costs?|worth|value|use|uses|used|pay|pays|paid|spend|spends|spent|save|saved|need|bring|brought)\b))/i,
    '$1how many ',
  ],
  // "Remind me please what the next step is on both Verdant Farms deals".
  [/^(?:please )?remind me,?(?: please)?,? (?=(?:what|which|who|when|how|where)\b)/i, ''],
  [
    /^what the (next steps?) (?:is|are) (?:on|of|for|with) (?:both|all|the|my)? ?(.+?)(?=\s*[?.!]*$)/i,
    '$1 of $2',
  ],
  [
    /^when (?:i|we) had (?:the|my|our) (last|latest|next) (call|meeting|e-?mail|activity|contact) (with|to) /i,
    '$1 $2 $3 ',
  ],
];

/** @param text a question as it was typed */
export const asSpoken = (text: string): string =>
  rephrased(text, [...courseTurns, ...recordTurns, ...workTurns, ...moneyTurns]);
