import { endOfDayPattern, monthPattern, weekdayPattern } from './time/time-words.ts';

/** "Which customers opened": who sends records in. */
const sentMost =
  '^((?:which|what) (?!of\\b)(?:\\w+ )?(?:customers?|accounts?|clients?|compan(?:y|ies)|partners?)) (?:has |have |had )?(?:opened|raised|created|logged|filed|submitted|sent|reported|caused)';

/** Ways to put a wish, and turns that speakers of other languages bring along; each asks for the same as what is put in its place. */
export const waysOfSpeaking: readonly (readonly [RegExp, string])[] = [
  // "Deals, I mean" averages nothing.
  [/,? ?\b(?:is what )?i mean\b(?! (?:by|value)\b),?/gi, ''],
  // "Sort my open deals by close date": an order of records as they are told.
  [/^(?:(?:please|pls|can you|could you) )*(?:sort|arrange) (\S.*?) by (?=\S)/i, '$1 sorted by '],
  // "How many came in new to me": what comes in is new; no status is meant.
  [/\b(came|come|comes|coming) in (?:as )?new\b/gi, '$1 in'],
  // "How many meetings did the team hold": who asks speaks of those that they see.
  [/\b(do|does|did|has|have) the (?:whole |entire )?team(?= [a-z])/gi, '$1 we'],
  // "Since Monday, Oct 5": the day is said by its date.
  [
    new RegExp(
      `\\b(?:${weekdayPattern}),? (?=(?:the )?(?:\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${monthPattern})|(?:${monthPattern}) \\d{1,2}(?:st|nd|rd|th)?)\\b(?! ?(?:am|pm|:\\d)))`,
      'gi',
    ),
    '',
  ],
  // "What's my quota again?": who asks has known it; "which were opened again" is another matter.
  [
    /^((?:(?:please|pls|sorry|so|and|remind me|tell me),? )*(?:what(?:'s|s| is| are| was| were)|who(?:'s|s| is| are| was)|when(?:'s|s| is| was)|how (?:much|many|big|high|low) (?:is|are|was|were)) [^?.!]*?(?<!ed|closed|won|lost|open|active|back)),? again(?=(?: please| pls)?\s*[?.!]*$)/i,
    '$1',
  ],
  // "May I see", "could I have", "I should like to know", "I would be grateful for".
  [
    /^(?:please |kindly )?(?:could|can|may|might) (?:i|we) (?:please |kindly )?(?:get|have|see|know|ask for|look at) /i,
    'show ',
  ],
  [
    /^(?:i|we)(?: would|'d| should) (?:please )?(?:like|love|want) (?:to (?:see|know|have|get|look at)|an overview of) /i,
    'show ',
  ],
  [/^(?:i|we)(?: would|'d) be (?:grateful|thankful|glad|happy) (?:for|to (?:see|have|get|know)) /i, 'show '],
  [/^(?:i|we) (?:want|need|wish) to (?:know|see|have|get|find out|check) /i, 'show '],
  [
    /^(?:please |pls |plz |kindly )*(?:(?:would|could|can|will) you (?:please |kindly )?)?(?:share(?! of\b)|provide|send|confirm|let me know|let us know|tell|gimme|lemme see|lemme know|show me|give me)(?: with)?(?: me| us)?,? (?=\S+ \S)/i,
    'show ',
  ],
  [
    /^(?:please |pls |kindly |(?:can|could|would) you )*(?:make|create|compile|prepare|build|run|pull)(?: up| together)? (?:me |us )?(?:a |the )(?:short |quick |full )?(?:list|table|overview|report)(?: of| on| with| for)? (?:the |all )?(?=\S)/i,
    'list ',
  ],
  [
    /^(?:please |pls |kindly |(?:can|could|would) you )*(?:make|create|draw|build|plot)(?: up)? (?:me |us )?(?:a |the )(?=(?:\S+ )?(?:chart|graph|plot|diagram)\b)/i,
    'show a ',
  ],
  // "Medium or worse churn risk": the scale stands behind its value.
  [
    /\b([a-z]+)((?:,)? or (?:an? |even )*(?:worse|better|higher|lower|above|below)) ((?:churn |account |intervention )?(?:risk|priority|severity|health|urgency))\b/gi,
    '$1 $3$2',
  ],
  [/^show (?:the |an )?(?:overview|summary|list) of (?:the )?/i, 'list '],
  // "Which all customers", "what all incidents", "who all are away".
  [/\b(which|what|who) all(?= )/gi, '$1'],
  [/\b(is|are|was|were|am) having\b/gi, 'have'],
  [/\bon an average\b/gi, 'on average'],
  // "How are we doing on SLA", "where are we with reopens", "where do we stand on open tickets": of what it is asked.
  [
    new RegExp(
      `^(?:how (?:are|is|were|was|did|do|have) (?:we|i|things|it)(?: been)?(?: doing| looking| do)?|how far are we|where (?:are|do) we(?: stand| at)?) (?:on|with|for) (?:the )?(?!${weekdayPattern}|${monthPattern}|\\d)(?=\\S)`,
      'i',
    ),
    '',
  ],
  [
    /^how(?:'s|s| is| are) ([^,]+?) (?:doing|looking|going) (?:on|with|in terms of) (?:their |its )?([^,]+?)([?.!]*)$/i,
    '$2 of $1$3',
  ],
  [
    /^how (?:did|has|have) ([^,]+?) (?:go|gone|perform|performed|fare|fared)(?= (?:this|last|in|over|since|yesterday|today|on)\b|[?,]|$)/i,
    '$1',
  ],
  // "This months new tickets", "last weeks breaches": the period's.
  [/\b(this|last|next|yesterday|today) (day|week|month|quarter|year)s (?=[a-z])/gi, '$1 $2 '],
  // "Top customers by number of tickets opened": by those tickets.
  [
    /\bby (?:the |their |its )?(?:number|count|amount|volume|quantity) of (?=[a-z]+ (?:opened|created|raised|solved|resolved|closed|won|lost|sold|handled|logged|sent)\b)/gi,
    'by ',
  ],
  // "The five most common topics": those with the most.
  [
    /\b(?:the )?(?:(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) )?most (?:common|frequent|usual|popular|typical)(?:ly used)? (?=[a-z])/gi,
    'biggest $1 ',
  ],
  // "Oldest on top", "worst at the top".
  [
    /\b(oldest|newest|latest|earliest|worst|best|highest|lowest|largest|biggest|smallest|longest|shortest|most|fewest|least) (?:ones? )?(?:on|at)(?: the)? top\b/gi,
    '$1 first',
  ],
  // "Due to close by March", "whose close date has already gone by".
  [
    /(?<!\b(?:were|was) )\b(?:are |is )?(?:due|supposed|meant|set|scheduled) to (close|renew|expire|end)\b/gi,
    '$1',
  ],
  [
    /\b(date|deadline)s? (?:has|have|is|are) (?:already |long )?(?:gone by|passed|past|gone|over)\b/gi,
    '$1 in the past',
  ],
  // "Which of my open deals close this month": what is still to close is open.
  [
    /\bopen (deals?|opps?|opportunit(?:y|ies)) (?:that |which )?(?:will |are |is )?(close|closes|closing)\b(?! date)/gi,
    '$1 $2',
  ],
  // "My last 3 orders", "the last two calls with Halden": the newest of them, where "the last 3 days" are a time.
  [
    /\blast (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) (?!(?:full |whole |complete |calendar |business |working |fiscal )*(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weekdays?|weekends?|weeks?|wks?|months?|mths?|quarters?|qtrs?|halves|half|years?|yrs?|seasons?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|[dwmqyh])\b)(?=[a-z])/gi,
    'newest $1 ',
  ],
  // "How many tickets are done".
  [
    /(?<!\b(?:that|which|who) )\b(is|are|was|were|been|already) done(?=\s*[?.!]*$| (?:this|last|today|yesterday|so far|already|now|since|in (?:\d|[a-z]+ber\b))\b)/gi,
    '$1 completed',
  ],
  // "Name the accounts", "draw the funnel", "where does ARR stand".
  [
    /^(?:please |pls |(?:can|could|would) you )*(?:name|draw|plot|print)(?: me| us)? (?=(?:the|all|my|our|every|a)\b)/i,
    'show ',
  ],
  [/^where (?:does|do|did) (?:our |the )?(.+?) stand\b/i, '$1'],
  // "Has CSAT gone up", "got better or worse": how it changed.
  [/\b(?:gone|went|go|going) up\b(?! (?:or|and)\b)/gi, 'increased'],
  [/\b(?:gone|went|go|going) down\b(?! (?:or|and)\b)/gi, 'decreased'],
  [
    /\b(?:got(?:ten)?|become|became|been getting|getting|get|been|turned) (?:any )?(?:better or worse|worse or better)\b/gi,
    'changed',
  ],
  // "Expansion MRR next to churned MRR", "this month and last".
  [/ next to (?=(?:the |our )?[a-z])/gi, ' and '],
  [
    /,? (?:in |for )?\b(this|last) (week|month|quarter|year) (?:and|vs\.?|versus) (?:the )?(last|previous|this)(?: one)?(?=\s*[?.!]*$)/gi,
    ' $1 $2 vs $3 $2',
  ],
  // "CSAT of the two support teams": of each of them.
  [
    /^(?:please )?compare (?:the )?(\S.*?) (?:of|for|between|across) (?:the |our |both )?(?:two |both |three |\d )?((?:support |sales )?(?:teams|regions|channels|segments|products))\b/i,
    '$1 by $2',
  ],
  // "Customer meetings" are meetings.
  [/\b(?:customer|client) (?=(?:meetings?|calls?|visits?|demos?)\b)/gi, ''],
  // "Which accounts opened the most replication tickets": have; "sent me the most", of mine.
  [new RegExp(`${sentMost} me (the (?:most|fewest|least) [^?.!]*)`, 'i'), '$1 have $2 of mine'],
  [new RegExp(`${sentMost}(?: us)? (?=the (?:most|fewest|least)\\b)`, 'i'), '$1 have '],
  // "Which of my open tickets have the worst sentiment".
  [
    /^(?:which|what) of (my|our|the) (\S.*?) (?:has|have|had|got|shows?) (the (?:worst|best|highest|lowest|longest|shortest)) (?=[a-z])/i,
    '$1 $2 with $3 ',
  ],
  [
    /\b(?:has |have |had )?(?:closed|won|signed|booked|brought in) (?:the )?(most|least|biggest) business\b/gi,
    'has the $1 won amount',
  ],
  // "Show the deal funnel": what makes it one are its stages.
  [/\b(deal|pipeline|stage) funnel\b(?!.*\b(?:by|per)\b)/gi, '$1 funnel by stage'],
  // "At the end of each day".
  [/\b(?:at|as of|by) (?:the )?end of (?:each|every) (day|week|month|quarter)\b/gi, 'by $1'],
  // Weekends come back every week.
  [
    /^saturdays? (?:and|&) sundays? (.+?),? (?:(?:in|over|for|on) )?(?:the )?(?:last|past) (\d{1,2}|two|three|four|five|six|eight|ten|twelve) (?:weekends|weeks)\b/i,
    '$1 on weekends in the last $2 weeks',
  ],
  [
    /\b(?:(?:on|over|at|for|in) )?(?:the )?(last|past) (\d{1,2}|two|three|four|five|six|eight|ten|twelve) weekends\b/gi,
    'on weekends in the $1 $2 weeks',
  ],
  // "Tickets pending with me": that lie with me now, whatever their status is called.
  [
    /\b(tickets?|cases?|chats?|conversations?|escalations?) (?:that |which )?(?:are |is )?(?:still |currently )?(?:pending|lying|waiting|sitting|parked) (?:(?:with|on|at) (?:me|my (?:end|side|desk))|of mine)\b/gi,
    'open $1 of mine',
  ],
  [new RegExp(`\\b(?:by|until|till) ${endOfDayPattern}(?![\\w-])(?: today)?`, 'gi'), 'by today'],
  [/\b(?:gives it|is there given)\b/gi, 'are there'],
  [/\bwhat for an? /gi, 'what '],
  [/^how (?:high|large) (?:is|are|was|were) /i, 'what is '],
  [/\bin (?:the )?month of (?=[a-z])/gi, 'in '],
  [/\b(?:as (?:on|at|of)|till|until|up ?to) (?:today'?s? )?date\b/gi, 'so far'],
  [/\b(?:as (?:on|at)|as of) (today|now)\b/gi, 'now'],
  // "Since three weeks", "since more than 3 days": for so long.
  [/\bsince (more than|over|at least) (?=(?:\d+|[a-z]+) (?:hour|day|week|month|year)s?\b)/gi, 'for $1 '],
  [
    /\b(?:since|from) (?=(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:hour|day|week|month|year)s\b(?! ago))/gi,
    'in the last ',
  ],
];
