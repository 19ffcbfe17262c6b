const small = '\\d+|one|two|three|four|five|six|seven|eight|nine|ten';
const compared =
  'more than|over|at least|no more than|not more than|less than|fewer than|exactly|only|just|at most|not even|even';
const halved = '(?:more|less|fewer|lower|higher) than|over|under|above|below|at least|at most';

/**
 * How often and how much, in one way of saying it: "twice" is 2 times, "14+ days" at least 14 of them, "fewer than half
 * of" below 50 % of, "> 5" more than 5. Each asks for the same as before, whatever stands around it.
 */
const turns: readonly (readonly [RegExp, string])[] = [
  [/\bthrice\b/gi, '3 times'],
  [/\btwice\b(?! (?:as|the|a|per|every)\b)/gi, '2 times'],
  [new RegExp(`\\b(${compared}) once\\b`, 'gi'), '$1 1 time'],
  [/\bonce or (more|twice)\b/gi, '1 or more times'],
  [new RegExp(`\\b(${small}) times? or (more|less|fewer)\\b`, 'gi'), '$1 or $2 times'],
  [new RegExp(`\\b(${small}) times? (?:at least|minimum|and up|plus)\\b`, 'gi'), '$1 or more times'],
  // "Less than half of the quota"; "half an hour" is a time.
  [new RegExp(`\\b(${halved}) (?:a )?half(?: of)?(?= (?!an?\\b)\\S)`, 'gi'), '$1 50% of'],
  [new RegExp(`\\b(${halved}) (?:a )?half(?: of)?(?=[?.!]*$)`, 'gi'), '$1 50%'],
  // What a part is told of has a figure of its own.
  [
    new RegExp(
      `\\b(?:with )?((?:${halved}) \\d+ ?(?:%|percent)) of (?:(?:the|their|my|our|his|her) )?quotas?\\b`,
      'gi',
    ),
    'with quota attainment $1',
  ],
  [
    new RegExp(
      `\\b(?:using |use |with )?((?:${halved}) \\d+ ?(?:%|percent)) of (?:(?:the|their|my|our|its) )?(?:paid )?seats?\\b(?: (?:in use|used))?`,
      'gi',
    ),
    'with seat usage $1',
  ],
  [
    /\b(?:(?:that|which|who) )?(?:(?:are|is|were|was) )?(?:hit|affected|impacted) by (?=more|at least|over|\d|an?\b|any|several|two|three)/gi,
    'with ',
  ],
  [/(?<![\p{L}\p{N}])(\d+)\+ ?(?=(?:minute|min|hour|hr|day|week|month|year)s?\b)/giu, 'at least $1 '],
  [/(?<![<>=])(?:>=|≥) ?(?=[$€£]?\d)/gu, ' at least '],
  [/(?<![<>=])(?:<=|≤) ?(?=[$€£]?\d)/gu, ' at most '],
  [/(?<![<>=-])> ?(?=[$€£]?\d)/gu, ' more than '],
  [/(?<![<>=])< ?(?=[$€£]?\d)/gu, ' less than '],
  // "Not answered in over 4 hours": they have waited for more than that.
  [
    new RegExp(
      `\\b(not|nobody|no one|never|no|without|unanswered|unassigned)\\b([^,.?!]*?) (?:in|within) (more than|over|at least) (?=(?:${small}|an?) )`,
      'gi',
    ),
    '$1$2 for $3 ',
  ],
  // "Stuck in negotiation for over 30 days": they are in it.
  [
    new RegExp(
      `\\b(?:(?:have|has|had|been|are|is) )*(?:stuck|sitting|parked|lingering|staying|stayed) (?=(?:in|at|on) [^,.?!]*?\\b(?:over|more than|longer than|at least|since|under|less than) (?:${small}|an?) )`,
      'gi',
    ),
    '',
  ],
  [/\b(days?|weeks?|months?|hours?) (?:stuck|sitting|parked|lingering) (?=(?:in|at) )/gi, '$1 '],
  // "1 and 2 star surveys", "5-star ratings": those with such a score.
  [
    /\b([1-5])(?: (?:and|or|to) |,|\/|-)([1-5])[- ]stars? ((?:ticket |chat |customer |csat )?(?:surveys?|ratings?|reviews?|answers?|responses?|scores?))\b/gi,
    '$3 with csat of $1 or $2',
  ],
  [
    /\b([1-5])[- ]stars? ((?:ticket |chat |customer |csat )?(?:surveys?|ratings?|reviews?|answers?|responses?|scores?))\b/gi,
    '$2 with csat of $1',
  ],
  // "How many people responded to the webinar": its responses.
  [
    /\bhow many (?:people|recipients|contacts|persons) (?:have )?(?:responded|replied|answered|reacted) to (?:the |our )?(?=\S)/gi,
    'how many campaign responses of ',
  ],
  [/\bmarked (?!(?:as )?done\b)(?:as )?(?=[a-z])/gi, ''],
  [/\b(interventions?|plays?)\b([^,.?!]*?)\b(not|are|is) (?:yet )?done\b/gi, '$1$2$3 finished'],
  [/\bthru\b/gi, 'via'],
  // Whom the rows have: nobody.
  [
    /\b(?:(?:that|which|with|where) )?(?:nobody|no one|noone|no agent|no rep|none of us) (?:(?:has|have|is|was|yet|currently|ever) )*(?:owns?|taken?(?: on| over)?|took|picked up|claimed|assigned(?: to)?|working on|handling|on|looking after|responsible for)(?: (?:it|them|this|that|yet))*(?= |[,.?!]|$)/gi,
    'unassigned',
  ],
  [
    /\b(?:(?:that|which) )?(?:(?:is|are|was|were|have|has) )?(?:not|never)(?: yet)?(?: been)? (?:assigned|taken|picked up|claimed)(?: (?:to|by) (?:anyone|anybody|somebody|someone|an agent|a rep))?(?: yet)?(?= |[,.?!]|$)(?! to )/gi,
    'unassigned',
  ],
  // "Has anybody on the team got no open tickets", "who on my team has none": which of the people.
  [
    /^(?:and )?(?:has|have|is|are|does|do|did|was|were) (?:there )?(?:anybody|anyone|somebody|someone) (?=(?:on|in|at|from) )/i,
    'which people ',
  ],
  [
    /^(?:and )?(?:which |list |show (?:me )?)?(?:anybody|anyone|somebody|someone|who|everybody|everyone) (?=(?:on|in|from) (?:my|our|the|support|sales)\b)/i,
    'which people ',
  ],
  [/^(which people .*?) got (?=(?:no|zero|not|more|fewer|less|at least|over|under|any)\b)/i, '$1 with '],
  // "No NPS answer in the last year, which accounts": said the other way round.
  [/^((?:no|zero|without|not)\b[^?.!;]*?),? which ([^,?.!;]+?)[?.! ]*$/i, 'which $2 with $1'],
  [/\bwith without\b/gi, 'without'],
  [
    new RegExp(`^([^?.!;,]*?\\b(?:${halved}) [$€£]?\\d[\\d.,]*[km%]?),? which ([^,?.!;]+?)[?.! ]*$`, 'i'),
    'which $2 with $1',
  ],
  // "Dormant accounts: no order since June", "my leads, qualified, no deal yet".
  [
    /(?<=\w)[,:;] no (?!more\b|less\b|fewer\b|longer\b|later\b|one\b|need\b|matter\b|idea\b|problem\b|rush\b|thanks\b|worries\b|charts?\b)/gi,
    ' with no ',
  ],
  [/\b(with no [^,.?!;]*?) (?:yet|so far)\b/gi, '$1'],
  [
    /\b(?:where|on which|for which|with which|in which) nothing (?:was|has been|is|got|has) (?:logged|recorded|done|happened|happening|going on|noted)\b/gi,
    'with no activity',
  ],
  [
    /\bnothing (?:logged|recorded|done|happened|happening) (?:on|for|with|in) (?:them|it)\b/gi,
    'with no activity',
  ],
  [
    /\b(?:without|with|have|has|had|got) (?:zero|not a single|not one|not even one|no single)(?= )/gi,
    'with no',
  ],
  [/\bwithout (?:even )?(?:a single|one single)(?= )/gi, 'without a'],
  [
    /\b((?:not|never|nobody|haven'?t|hasn'?t|hadn'?t|didn'?t|don'?t|doesn'?t)\b[^,.?!;]*?) (?:a|one|even one) single (?=[a-z])/gi,
    '$1 a ',
  ],
  [/\bsingle (?=(?:largest|biggest|smallest|highest|lowest|best|worst|longest|oldest)\b)/gi, ''],
  [/\b(largest|biggest|smallest|highest|lowest|best|worst|longest) single\b/gi, '$1'],
  [
    new RegExp(
      `((?:${halved}) \\d[\\d.,]*%?) (?:for|of|at|with|by) any of (?=(?:my|our|the) \\w+s\\b)`,
      'gi',
    ),
    '$1 by ',
  ],
  [/\b(from|for|of|at|with|by) any of (?=(?:my|our|the) \w+s\b)/gi, '$1 '],
  [
    /\b(?:wrote in|contacted (?:our |the )?(?:support(?: team)?|help ?desk|service desk)|turned to support|wrote to support)\b/gi,
    'opened tickets',
  ],
  // What is open of a person is work: tickets.
  [
    new RegExp(
      `\\b(agents?|engineers?|people on support \\w+) (with|having|who have|that have) ((?:${halved}) (?:${small})|(?:${small}) or more|no|zero) (open|pending|unsolved)(?=[?.!,]*$| (?:right )?now| at| today)`,
      'gi',
    ),
    '$1 $2 $3 $4 tickets',
  ],
  [/\bopen (urgent|high|normal|low)s?(?=[?.!,]*$| (?:right )?now\b| at\b| today\b)/gi, 'open $1 tickets'],
  // "Gave us a 9 or 10 on NPS", "a CSAT of 1".
  [
    /(?:(?<=\w )(?:that|who|which) )?\b(?:have |has |had )?(?:gave|given|answered|rated|scored)(?: (?:us|me|my team|the team))?(?: with)? (?:an? )?(?:score |rating )?(?:of )?(\d+(?: (?:or|and) \d+)?) (?:on|for|in|as) (?:the |our |their )?(nps|csat)\b/gi,
    'with $2 of $1',
  ],
  [
    /(?:(?<=\w )(?:that|who|which) )?\b(?:have |has |had )?(?:gave|given|answered)(?: (?:us|me|my team|the team))? (?:an? )?(nps|csat)(?: (?:score|rating))?(?: of)? (\d+(?: (?:or|and) \d+)?)(?! times| (?:or|and) (?:less|lower|below|under|fewer|worse|more|higher|above|better|over|up)\b)/gi,
    'with $1 of $2',
  ],
  [/^who with (nps|csat) of\b/i, 'survey responses with $1 of'],
  [
    /^(?:(?:is|are) )?(?:nobody|no one)(?: is| are)? (?=(?:overloaded|away|offline|online|idle)\b)/i,
    'who is ',
  ],
];

/** @param text a tidied question */
export const inCountWords = (text: string): string =>
  turns.reduce((said, [turn, put]) => said.replace(turn, put).replace(/\s+/g, ' '), text);
