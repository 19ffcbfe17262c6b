const person =
  '(?:a |an |the |us |our |one of (?:us|our) )?(?:real |live )?(?:humans?|persons?|people|agents?|colleagues?|somebody|someone|staff)(?: agents?)?';
const passed =
  '(?:handed|passed|transferred|routed|forwarded|escalated|turned|sent|given|moved|went|gone|go|goes|came|got|ended up|end up|ending up|land|landed|land(?:ed)? up)';
const bot = '(?:the )?(?:chat)?(?:bot|robot)';
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
const botTurns: readonly (readonly [RegExp, string])[] = [
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
  [solvedByBot(`${chats} (?:that |which )?(?:did |does |is |has |was )?${bot} ${done} ${alone}`), bySolving],
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
const deskTurns: readonly (readonly [RegExp, string])[] = [
  [/\bpending (?:with|at) me\b/gi, 'pending of mine'],
  [
    new RegExp(
      `\\b(?:(?:sitting|waiting|parked|lying|stuck) )?(?:on|in|at) my (?:own )?${desk}(?= |[?.!,]|$)(?! (?:by|per)\\b)`,
      'gi',
    ),
    'of mine',
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
  [/\bstill (?:running|going on|going|ongoing|live|alive)\b(?! (?:sla|slas|clocks?)\b)/gi, 'still open'],
  // "How deep is the WhatsApp queue".
  [/\bhow (?:deep|long|full) (?:is|was) (?:the |our )?((?:[\w-]+ )?)queue\b/gi, '$1queue depth'],
  // "How many hours did Ada spend online".
  [
    /\b(?:how many (?:hours|minutes)|how much time|how long) (?:did|does|do|has|have) (.+?) (?:spend|spent|been|be) (?=(?:online|away|busy|offline)\b)/gi,
    'time in status of $1 ',
  ],
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
  return turns.reduce((said, [turn, put]) => said.replace(turn, put), text);
}
