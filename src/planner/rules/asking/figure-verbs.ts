type Turn = readonly [RegExp, string];

const ended = '(?=[\\s?.!,;]|$)';
/** "What did ARR", "in October, how much has the win rate": a figure is asked for and a verb is still to come. */
const opened = '(?<=\\b(?:what|how|where|how (?:high|much|many|low|big|long)) (?:did|does|do|has|have|had|is|are|was|were) (?!(?:they|it|that|those|these|this|he|she)\\b)[^?.!;]*)';

/** What a figure does, or we do with it: it says no more than "is". */
const turns: readonly Turn[] = [
  // "What did our resolution time come to", "what does ARR add up to".
  [
    new RegExp(
      `${opened} (?:come|came|amount|amounted|add up|added up|sum up|work out|worked out|run|ran)(?: up| out)? (?:to|at)${ended}`,
      'gi',
    ),
    '',
  ],
  [new RegExp(`${opened} (?:end up|ended up|turn out|turned out|land|landed|clock in|clocked in)(?: to be)?(?: at| on)?${ended}`, 'gi'), ''],
  // "What win rate did we reach", "what CSAT have we achieved".
  [
    /^((?:.{3,30}, )?(?:what|which|how (?:high|low|good|much)(?: a| an)?)) (?!of\b)(\S.*?) (?:did|do|have|had|has) (?:we|you|our team|the team) (?:reach(?:ed)?|achieved?|hit|attain(?:ed)?|score[d]?|record(?:ed)?|manag(?:e|ed)|post(?:ed)?|see|seen|clock(?:ed)?|arrived? at|come in at)(?=[\s?.!,;]|$)/i,
    '$1 is $2',
  ],
  // "What value did CSAT have", "which number does ARR show".
  [
    /\b(?:what|which) (?:value|number|figure|level|score|reading) (?:did|does|do|has|had) (?:the |our )?(\S.*?) (?:have|show|take|reach|get|hit|stand at)(?=[\s?.!,;]|$)/i,
    'what is $1',
  ],
  // "How long was our resolution time", "how quick is first response time".
  [
    /^((?:.{3,30}, )?)how (?:long|short|quick|fast|slow) (?:is|are|was|were) (?=(?:the |our |my )?(?:\S+ ){0,4}?(?:time|duration|length|age)\b)/i,
    '$1what is ',
  ],
  // "How many do we have on record as created", "tickets that were added".
  [
    /\b(?:that )?(?:(?:do|did|does) (?:we|you) (?:have|hold|show) |(?:we|you) (?:have|hold) |(?:is|are|was|were) )?(?:on|in) (?:the |our )?(?:record|file|books|system|database)s?(?: as)?(?= (?:being )?(?:created|opened|raised|logged|new|solved|closed|won|lost|sent)\b)/gi,
    'were',
  ],
  [/\b(?:got|get|getting) (?=(?:created|opened|raised|logged|added|reported|solved|closed|resolved|escalated|reopened)\b)/gi, 'were '],
  [/\b(how many|which|what|number of|count of) (.+?) (?:were|was|have been|got|are|has been) added\b(?! (?:to|by)\b)/gi, '$1 $2 were created'],
  // "In the last 30 days: API calls?": when, and of what.
  [
    /^((?:in|on|during|for|over|since|from) [^:,?.!]{2,40}|(?:last|this|past) [a-z]+|yesterday|today): ([^:,?.!]+)[?.!]*$/i,
    '$2 $1',
  ],
  // "What's the tally of tickets", "the amount of tickets that we received": how many there are.
  [/\b(?:tally|quantity|total number|overall number|sheer number) of (?=[a-z])/gi, 'number of '],
  // Of what is sold "the amount" is money.
  [
    /(?<=^|\bthe )amount of (?=(?:new |incoming )?(?!deals|opps|opportunities|orders|sales|subscriptions|invoices|payments|renewals|discounts|credits|refunds|quotes)[a-z]+s(?: (?:that|which|we|in|last|this|since|today|yesterday|created|opened|received|over|during|from)\b|[?.!]*$))/gi,
    'number of ',
  ],
  [/\b(?:what|how much)(?:'s| is| was) the (?=number of )/gi, ''],
];

/** @param text a tidied question */
export const inPlainVerbs = (text: string): string =>
  turns.reduce((said, [turn, put]) => said.replace(turn, put), text);
