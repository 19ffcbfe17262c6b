import { rephrased, type Turn } from './turn.ts';

const person =
  '(?:a |an |the |us |our |one of (?:us|our) )?(?:real |live )?(?:humans?|persons?|people|agents?|colleagues?|somebody|someone|staff)(?: agents?)?';
const passed =
  '(?:handed|passed|transferred|routed|forwarded|escalated|turned|sent|given|moved|went|gone|go|goes|came|got|ended up|end up|ending up|land|landed|land(?:ed)? up)';
const bot = '(?:the )?(?:chat)?(?:bot|robot)';
/** Said beside "alone", or in its place. */
const notPassed = `without (?:handing|passing|giving|transferring|escalating)(?: (?:it|them))?(?: (?:over|on))?(?: to ${person})?`;
const alone =
  '(?:alone|itself|by itself|on its own|all by itself|without (?:any |a |an )?(?:humans?|persons?|people|agents?|anyone|anybody|help|human help)(?: (?:stepping|jumping|coming) in| being involved| involved)?)';
const done =
  '(?:clos(?:e|es|ed|ing)|solv(?:e|es|ed|ing)|resolv(?:e|es|ed|ing)|fix(?:es|ed|ing)?|finish(?:es|ed|ing)?)';
const dealt =
  '(?:handl(?:e|es|ed|ing)|answer(?:s|ed|ing)?|deal(?:s|ing)? with|dealt with|manag(?:e|es|ed|ing)|process(?:es|ed|ing)?)';
const chats = '(?:chats?|conversations?|convos?)';

const were = '(?:(?:that|which|were|was|are|is|got|get|been|have|has) )*';
const desk = '(?:desk|plate|list|queue|inbox|tray|pile|shelf|end|side|bucket|backlog|name)';

const bySolving = 'chats solved by the bot alone';
const byHandling = 'chats handled by the bot alone';
const byDropping = 'chats dropped by the bot';
const solvedByBot = (said: string): RegExp => new RegExp(`\\b${said}`, 'gi');

/** Of the bot and its conversations. */
const botTurns: readonly Turn[] = [
  // "Handed from bot to human", "passed by the bot to a person", "ended up with us humans".
  [
    new RegExp(
      `\\b(?:(?:were|was|got|get|been|are|is|have|has|had|did) )*${passed}(?: (?:on|over|up|across))?(?: (?:from|by) ${bot})? (?:to|with) ${person}(?![\\w-])`,
      'gi',
    ),
    'handed over',
  ],
  [new RegExp(`\\bfrom ${bot} to ${person}(?![\\w-])`, 'gi'), 'handed over'],
  // "Chats the bot closed alone", "is the bot closing without a human", "closed by the bot".
  // Whoever names what it did not do counts all that it did not do it with.
  [
    solvedByBot(
      `${chats} (?:that |which )?(?:did |does |is |has |was )?${bot} (?:${done}|${dealt}) (?:${alone},? )?${notPassed}(?![\\w-])`,
    ),
    byHandling,
  ],
  [solvedByBot(`${chats} (?:that |which )?(?:did |does |is |has |was )?${bot} ${done} ${alone}`), bySolving],
  // "How often did the bot hand over to a human": it never does to anybody else.
  [
    new RegExp(`\\b${bot} hands? (?:(?:it|them|chats?) )?over to ${person}(?![\\w-])`, 'gi'),
    'the bot hand over',
  ],
  [solvedByBot(`${chats} (?:did|does|is|has|was|can) ${bot} ${done}`), bySolving],
  [solvedByBot(`${chats} ${were}${done} by ${bot}(?: ${alone})?`), bySolving],
  [solvedByBot(`${chats} (?:that |which )?(?:did |does |is |has )?${bot} ${dealt} ${alone}`), byHandling],
  [solvedByBot(`${chats} ${were}${dealt} by ${bot} ${alone}`), byHandling],
  // "How often does the bot answer a chat without a human": of all of them.
  [
    new RegExp(
      `^how (?:often|frequently) (?:does|did|do|has) ${bot} (?:${dealt}|${done}) (?:a |the )?${chats} ${alone}(?:,? (?:in|as a?) ?(?:percent|percentage|%|share))?`,
      'i',
    ),
    `share of ${byHandling}`,
  ],
  // "Did the bot drop", "abandoned by the bot".
  [
    solvedByBot(
      `${chats} (?:that )?(?:did |does |has )?${bot} (?:drop|drops|dropped|abandon|abandoned|lost)\\b`,
    ),
    byDropping,
  ],
  [
    solvedByBot(`(?:bot )?${chats} ${were}(?:dropped|abandoned|lost)(?: off)? (?:by|with|in) ${bot}\\b`),
    byDropping,
  ],
];

/** Of desks, queues and whoever was hit. */
const deskTurns: readonly Turn[] = [
  [/\bpending (?:with|at) me\b/gi, 'pending of mine'],
  [
    new RegExp(
      `\\b(?:(?:sitting|waiting|parked|lying|stuck) )?(?:on|in|at) my (?:own )?${desk}(?= |[?.!,]|$)(?! (?:by|per)\\b)`,
      'gi',
    ),
    'of mine now',
  ],
  // "Waiting on the customer".
  [
    /\b(?:still )?(?:(?:are|is|that|which) )*(?:waiting|waits?|stuck|parked|sitting) (?:on|for|with) (?:the |a )?(?:customer|client|requester)(?:'s)?(?: (?:answer|reply|response|input|side))?(?![\w-])/gi,
    'pending',
  ],
  // "Waiting for our reply", "awaiting my answer": ours to do.
  [
    /\b(?:still )?(?:(?:are|is|that|which) )*(?:waiting|waits?|await(?:s|ing)?)(?: (?:on|for|from))? (?:my|me)(?: (?:answer|reply|response|input|action|side))?\b/gi,
    'needing an answer of mine',
  ],
  [
    /\b(?:still )?(?:(?:are|is|that|which) )*(?:waiting|waits?|await(?:s|ing)?)(?: (?:on|for|from))? (?:us|our|an? agent|support|an engineer)(?:'s)?(?: (?:answer|reply|response|input|action|side|team))?\b/gi,
    'needing an answer',
  ],
  // "Customers hit by an incident", "and whom did they hit".
  [
    /\b((?:customers?|accounts?|clients?) (?:that |who |which )?)(?:(?:were|was|got|are|been|have been) )?(?:hit|struck|affected|impacted) by\b/gi,
    '$1with',
  ],
  [
    /,? (?:and |with )?(?:which|what|whom?) (?:(?:customers?|accounts?|clients?) )?(?:(?:did|do|have|has|were|was|are|is) )?(?:they|it|these|those|each)?(?: have| has)? ?(?:hit|affect(?:ed|s)?|concern(?:ed|s)?|impact(?:ed|s)?)\b/gi,
    ', with account name',
  ],
  // "Which conversations are open, and with which customer".
  [
    /,? and (?:with|at|for|from|of) (?:which|what) (?:customers?|accounts?|clients?)(?=[?.! ]*$)/gi,
    ', with account name',
  ],
  [/\bstill (?:running|going on|going|ongoing|live|alive)\b(?! (?:sla|slas|clocks?)\b)/gi, 'still open'],
  // "How deep is the WhatsApp queue".
  [/\bhow (?:deep|long|full) is (?:the |our )?((?:[\w-]+ )?)queue\b(?=\s*[?.!]*$)/gi, '$1queue depth now'],
  [/\bhow (?:deep|long|full) (?:is|was) (?:the |our )?((?:[\w-]+ )?)queue\b/gi, '$1queue depth'],
  // "How many hours did Ada spend online".
  [
    /\b(?:how many (?:hours|minutes)|how much time|how long) (?:did|does|do|has|have) (.+?) (?:spend|spent|been|be) (?=(?:online|away|busy|offline)\b)/gi,
    'time in status of $1 ',
  ],
  [
    /\b(?:how long|how much time|for how long|how many (?:hours|minutes)) (?:was|were|is|are) (?!the (?:queue|wait)\b)(.+?) (?=(?:online|away|busy|offline)\b)/gi,
    'time in status of $1 ',
  ],
  // "Which intents get dropped most": of which there are the most drop-offs.
  [
    /\b((?:which|what) intents) (?:(?:is|are|gets?|got|were|was|have been|has been) )?(?:dropped|abandoned|lost)(?: off)? (?:the )?(most|least)(?: often| frequently)?\b/gi,
    '$1 have the $2 drop offs',
  ],
  [
    /\b((?:which|what) [\w-]+(?: [\w-]+)?) (?:is|are|gets?|got|were|was|have been|has been) (handed over|escalated|reopened|breached|solved|opened) (?:the )?(most|least)(?: often| frequently)?\b/gi,
    '$1 have the $3 $2',
  ],
  // "Who got the best ratings".
  [/\b(best|worst|highest|lowest|top) (?:customer )?(?:ratings?|reviews?)\b/gi, '$1 csat'],
  // "P90 resolution hrs", "average hours to resolve": a time, in whatever unit.
  [
    /\b(resolution|response|reply|handling|resolve|waiting|wait) (?:hrs?|hours|mins?|minutes|days)\b(?! (?:left|ago|of day))/gi,
    '$1 time',
  ],
  [
    /\b(average|avg|mean|median|p90|typical) (?:hrs?|hours|mins?|minutes|days) (?=to (?:resolve|solve|close|answer|reply|respond|first)\b)/gi,
    '$1 time ',
  ],
  [/\b1st (?=resp|repl|answer|contact)/gi, 'first '],
  // "Messages per WhatsApp conversation": of those.
  [
    /\bper (whatsapp|web chat|e-?mail|slack connect|phone|chat|bot|urgent|high|p[1-4]) ((?:conversation|chat|ticket|case)s?)\b/gi,
    'per $2 on $1',
  ],
  [/\bwa (?=(?:chats?|conversations?|messages?|queue|numbers?|tickets?|delivery|read)\b)/gi, 'whatsapp '],
  // "Resolution SLA running out": due.
  [
    /\b((?:sla|target|deadline|clock|timer)s?) (?:that (?:are|is) |(?:are|is) )?(?:running|runs?|about to run|going to run) out\b/gi,
    '$1 due',
  ],
  // "Tickets that blew their SLA" missed it.
  [
    /\b(?:blew|blown|busted|bust|overran|ran over|ran past)(?: (?:their|its|the|our|an|through))* (?=sla|target|deadline|resolution|first|response)/gi,
    'breached ',
  ],
  [/\b(?:blew|busted|overran) (?=the most\b)/gi, 'breached '],
  // "Came back reopened" is reopened.
  [
    /(?<!\b(?:customers?|clients?|accounts?|companies|people|who|visitors?|buyers?|surveys?|answers?|replies|responses|ratings?|leads?|contacts?|messages?|bounces?) (?:(?:that|who|which|have|has) )?)\b(?:(?:that |which )?(?:came|come|comes|coming|bounced|were bounced) back(?: to us)?)(?: (?:as )?(?:reopened|open|again))?(?! from)/gi,
    'were reopened',
  ],
  // "Best rated agents" are those with the best ratings.
  [
    /\b(best|worst|highest|lowest|top)[- ]rated ((?:support )?(?:agents?|engineers?|teams?|customers?|accounts?|people))(?: by csat| on csat)?\b/gi,
    '$2 with the $1 csat',
  ],
  // "Both teams separately", "across all teams": each of them.
  [
    /,? ?\b(?:(?:across|for|in|from|at|over) )?(?:both|all)(?: of)?(?: the| our| my)?(?: support| sales)? teams?(?: separately| apart| each)?\b/gi,
    ' by team',
  ],
  // "And why they failed".
  [
    /,? (?:and|with) why (?:they|it|those|these) (?:have |were )?(?:failed|not delivered|bounced)\b/gi,
    ' with failure reason',
  ],
  // "Tickets with a hot shard in the subject".
  [
    /\b(?:with|having|that have|that has|have|has|had) (?:the words? |an? |the )?["“']?([\w -]{3,40}?)["”']? in (?:the |its |their )?(subject|title|headline)s?\b/gi,
    'with "$1" in its $2',
  ],
  [
    /\b(?:with |whose |where )?(?:the |a )?(subject|title|headline)s? (?:that )?(?:contains?|containing|mentions?|mentioning|says?|saying|with|has|having) (?:the words? )?["“']?([\w -]{3,40}?)["”']?(?=[?.!,]|$)/gi,
    'with "$2" in its $1',
  ],
  [/\bfirst contact to (?=resol|solution|solving|close\b|closing)/gi, 'opening to '],
  // "Which weekday brings in the most tickets".
  [
    /\b((?:which|what) (?:[\w-]+ ){1,3}?)(?:brings?|brought|generates?|generated|produces?|produced|causes?|caused|creates?|drives?|drove|sees|saw|gets|got|eats?)(?: (?:in|us|up))* (?=(?:the )?(?:most|fewest|least|highest|lowest)\b)/gi,
    '$1has ',
  ],
];

/**
 * Ways of support to say what the catalogue calls otherwise: who a conversation went to, whose desk a ticket is on, what
 * hit whom.
 */
export function inSupportWords(text: string): string {
  const isOfBot = /\b(?:bot|chatbot|robot|chats?|conversations?|convos?|intents?)\b/i.test(text);
  const turns = isOfBot ? [...botTurns, ...deskTurns] : deskTurns;
  return rephrased(text, turns);
}
