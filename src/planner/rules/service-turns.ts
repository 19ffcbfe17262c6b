import { rephrased, type Turn } from './turn.ts';

const records = '(?:tickets?|cases?|chats?|conversations?|convos?)';
const customers = '(?:customers?|clients?|accounts?|compan(?:y|ies))';
const channels = '(?:phone|whatsapp|e-?mail|web(?: ?chat)?|slack(?: connect)?|chat|twitter|sms)';
const reply = '(?:reply|answer|response)';
const bot = '(?:the )?(?:chat)?bot';
const asked = '(?:(?:please|pls|show|list|give|tell)(?: me| us)? )*';
const handsOver =
  '(?:hand(?:s|ed|ing)?|pass(?:es|ed)?|escalat(?:e|es|ed)|gives?|gave)(?: (?:over|on|up))?(?: to (?:us|me|people|humans?|a human|agents?|an agent|the team))?';
const person = '(?:an? |any )?(?:humans?|persons?|people|agents?|anyone|anybody)';

/** Who waits for a first reply, and how soon it came. */
const replyTurns: readonly Turn[] = [
  // "Our NPS from the answers since September": the score, and not how many there are.
  [
    /\b(nps|csat|ces)(?: score)? (?:from|of|for|in|based on) (?:the |all )?(?:answers|responses|ratings|replies|surveys)(?: (?:given|received|that came in))?(?=[?.! ]*$| (?:since|in|of|from|this|last|by|per|between)\b)/gi,
    '$1',
  ],
  // "Which of my tickets still wait for a first reply", "tickets waiting for their first response, longest waiting first".
  [
    new RegExp(
      `\\b((?:tickets?|cases?)(?: of mine)?) (?:(?:that|which|are|is|have been|still) )*(?:waits?|waiting|await(?:s|ing)?)(?: still)?(?: (?:for|on))? (?:an?|the|their|its|any|our|my) (?:very )?(?:first|initial) ${reply}\\b(,? (?:(?:the )?longest|oldest)(?: (?:waits?|waiting))?(?: (?:first|on top))?(?=[?.! ]*$))?`,
      'gi',
    ),
    (_said, rows = '', order?: string) => `${rows} without a first reply${order ? ', oldest first' : ''}`,
  ],
  // "Share of first responses I got out within target": how many of these promises were kept.
  [
    new RegExp(
      `^${asked}(?:what |which )?(?:the )?(?:share|part|percentage|percent|proportion|portion|%) of (?:my |the |our )?first (?:responses|replies|answers) (?:that )?(?:(?:was|were|i|we) )*(?:got(?: out)?|get(?: out)?|gave|sent(?: out)?|made|delivered|met|kept)? ?(?:was |were )?(?:within|inside|in|on|under) (?:the |their |its |our |my )?(?:sla |response )?(?:targets?|time|sla)(?=[?.! ]*$| (?:this|last|in|since|today|yesterday|by)\\b)`,
      'i',
    ),
    'SLA compliance for first response',
  ],
  // "Time till my first answer on tickets opened this month".
  [
    new RegExp(
      `\\b(avg|average|mean|median|p90) (?:time|wait|hours|minutes) (?:till|until|til|before|to) (my |our |the |an? )?first ${reply}\\b`,
      'gi',
    ),
    '$2$1 first response time',
  ],
  [
    /\bfirst response time (?:on|in|of) (?=(?:my |our |the )?(?:tickets|cases) (?:opened|created|solved|closed)\b)/gi,
    'first response time for ',
  ],
];

/** Behind it no period is named: what came in did so whenever. */
const noPeriod =
  '(?!.*\\b(?:today|yesterday|this|last|past|previous|since|in|during|between|before|after|ago)\\b)';

const isMe = (whom?: string): boolean => whom?.toLowerCase() === 'me';

/** How something came in, and what was written. */
const contactTurns: readonly Turn[] = [
  // "Urgent tickets that reached me by phone", "cases that came to us over WhatsApp": without a period, whenever.
  [
    new RegExp(
      `\\b(${records}) (?:(?:that|which|have|has) )*(?:reach(?:ed|ing)?|hit|got to|came to|come to|arrived with|were sent to|was sent to) (me|us) (?:by|via|over|through|on|per) (?:the )?(${channels})(?![\\w-])(?:${noPeriod}()|)`,
      'gi',
    ),
    (_said, rows = '', whom = '', channel = '', ever?: string) =>
      `${rows}${isMe(whom) ? ' of mine' : ''}${ever === undefined ? '' : ' ever'} opened by ${channel}`,
  ],
  // "Which customers messaged me on WhatsApp this week": whose messages came in there.
  [
    new RegExp(
      `^${asked}(?:which|what) ${customers} (?:(?:has|have) )?(?:messaged|texted|pinged|wrote to|written to) (me|us)\\b(?! (?:the )?(?:most|least|more|fewer))`,
      'i',
    ),
    (_said, whom = '') => `${isMe(whom) ? 'my ' : ''}incoming messages by account`,
  ],
  // "How many messages did I write": none is written by whoever answers.
  [
    /\b(how many (?:\w+ )?messages (?:did|have|has) (?:i|we|\w+)) (?:write|written|type|typed|text|texted)\b/gi,
    '$1 send',
  ],
  // "Which customer had the conversation with the most messages with me": one conversation, whose customer is told with it.
  [
    new RegExp(
      `^${asked}(?:which|what) ${customers} (?:has|have|had|was in|is in) (?:the )?(?:chat|conversation|convo) (?:with|of) (?:the )?(?:most|highest number of) messages(?: (?:with|of) (me|us))?\\b(.*?)(?=[?.! ]*$)`,
      'i',
    ),
    (_said, whom?: string, rest = '') =>
      `conversations${isMe(whom) ? ' of mine' : ''}${rest}, highest message count first`,
  ],
  [
    /^(?:(?:show|list|give me|what is|what was|which is|which was) )*(my|our) (?:chat|conversation|convo)s? (?:with|of) (?:the )?(?:most|highest number of) messages\b(.*?)(?=[?.! ]*$)/i,
    '$1 conversations$2, highest message count first',
  ],
];

/** What the bot kept to itself and what it passed on. */
const botTurns: readonly Turn[] = [
  // "What part of this month's conversations never reached a human": that the bot handled alone.
  [
    new RegExp(
      `^${asked}(?:what |which )?(?:the )?(?:share|part|percentage|percent|proportion|portion|%) of (?:the |all |our )?(?:((?:this|last) (?:week|month|quarter|year)|today|yesterday)'?s )?(?:chats|conversations|convos) (?:that )?(?:never|did not|didn't|have not|has not) (?:reach(?:ed)?|get to|got to|see|saw|needed|need|went to|go to) ${person}\\b`,
      'i',
    ),
    (_said, when?: string) => `share of the bot${when === undefined ? '' : ` ${when}`}`,
  ],
  // "Which intents does the bot hand over most often, top 3", "intents the bot passed on to us".
  [
    new RegExp(
      `^${asked}(?:the )?(?:(?:which|what) )?intents? (?:that )?(?:does |did |do |has |is |are |were |was )?${bot} ${handsOver}(?: (?:the )?(most|least) (?:often|frequently)|(?![a-z ]* (?:most|least)\\b))(?=[?.!, ]|$)`,
      'i',
    ),
    (_said, how?: string) =>
      how === undefined ? 'handovers by intent' : `which intents have the ${how} handovers`,
  ],
  [
    new RegExp(
      `\\bsuccess rate of ${bot}(?:'s)? (?:auto(?:matic)?[- ]?)?(?:replies|answers|responses)\\b(?: (?:per|by))?`,
      'gi',
    ),
    'auto reply success rate by',
  ],
  [/\b(auto reply success rate) by(?! \w+(?:$|[ ,?.!]))/gi, '$1'],
];

/** One's own times away, watched series, hot shards. */
const dutyTurns: readonly Turn[] = [
  [
    /^(?:(?:the )?number of times|how (?:often|many times)) (?:(?:did|have|was|were) )?i (?:(?:have )?(?:went|go|gone|been|was|were) )?(away|offline|online|busy)\b(?!.*\b(?:and|or)\b)/i,
    'list my $1 status spans',
  ],
  // "Top 5 repeated questions of customers": those that most tickets ask.
  [
    /\b(top \d{1,2} (?:repeated|recurring) questions)(?: (?:of|from|by|asked by) (?:our |the )?(?:customers|clients))?(?=[?.! ]*$)/i,
    '$1, highest times asked first',
  ],
  [/^since when (?:am i|have i been) (?:away|offline|online|busy)(?=[?.! ]*$)/i, 'my newest status span'],
  [
    /\b(anomalies\b.*?) (?:per|by|for each|for every) (?:watched )?(?:series|time series)\b/gi,
    '$1 by metric',
  ],
  [
    /\b((?:hot ?(?:shard|spot|tablet)s?)\b[^,?!.]*), (?:worst|highest|largest|biggest|strongest) (?:skew|load)(?: (?:ratio|factor))? first\b/gi,
    '$1, highest skew ratio first',
  ],
];

/** Tickets count once, however many of their clocks ran over; the period is that of the breach. */
const breachTurns: readonly Turn[] = [
  [
    /\b(how many (?:[a-z]+ ){0,3}(?:tickets|cases)) (?:have had|has had|have|had|got|suffered|saw) (?:an?|any|some|at least one|one or more) sla (?:breach(?:es)?|violations?|misses|miss)\b/gi,
    '$1 breached their SLA',
  ],
  [
    /\b(tickets|cases)(?: (?:that|which))? (?:have had|has had|have|had|got|suffered|saw) (?:an?|any|some|at least one|one or more) sla (?:breach(?:es)?|violations?|misses|miss)\b/gi,
    '$1 with at least one sla clock breached',
  ],
];

/** Ratings that are told as numbers, and who gave them. */
const ratingTurns: readonly Turn[] = [
  // "How many conversations this quarter were rated below 3".
  [
    /\b((?:chats?|conversations?|convos?|surveys?|responses?)\b[^,?!.]*?) (?:(?:that|which) )?(?:were|was|are|is|got|have been|has been) (?:rated|scored) (below|under|above|over|at least|at most|less than|more than|lower than|higher than) (?=\d(?!\d| ?%))/gi,
    '$1 with a rating $2 ',
  ],
  [
    /\b(ratings?|scores?) (?:that |which )?(?:(?:the|our|my) )?(?:customers|clients|people|users) (?:gave|give|have given|left|leave)(?: (?:for|on|in|to))? (?=(?:my|our|the|all) (?:chats|conversations|convos|tickets)\b)/gi,
    '$1 of ',
  ],
  // "How many 5s did I get in csat surveys last month".
  [
    /\bhow many ([1-5])(?:'?s|[- ]stars?| ratings| star ratings) (did|have|has) (i|we) (?:get|got|gotten|receive|received) (?:in|on|from|for|as) (?:the |my |our )?csat(?: (?:surveys?|responses?|answers?))?\b/gi,
    'how many csat responses with a rating of $1 $2 $3 get',
  ],
  // "Share of positive tickets among mine".
  [
    /^((?:what |which )?(?:the |is )*(?:share|part|percentage|percent|proportion|portion) of .+?) among (?:all )?mine\b/i,
    '$1 of mine',
  ],
];

/** Whose figures the sentence is about stands in front of them: "my first responses", "what I got". */
const isMine = /\b(?:i|my|me|mine)\b/i;

function withMine(text: string, put: string): string {
  const isLost =
    isMine.test(text) && !isMine.test(put) && /^(?:SLA compliance|first response time)/i.test(put);
  return isLost ? `my ${put}` : put;
}

/** Turns of phrase of support: first replies, ways of contact, the bot, presence and promises. */
export function inServiceWords(text: string): string {
  const all = [...replyTurns, ...contactTurns, ...botTurns, ...dutyTurns, ...breachTurns, ...ratingTurns];
  return withMine(text, rephrased(text, all));
}
