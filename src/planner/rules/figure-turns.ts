import { rephrased, type Turn } from './turn.ts';

const mean = '(?:average|avg\\.?|mean|median)';
const usually = '(?:usually|typically|generally|normally|really|actually)';
const lead =
  "(?:(?:what(?:'s| is| was| are| were)|whats|show(?: me)?|give me|tell me|compare) )?(?:the |our )?";
const takes = '(?:does|did|do|is|has|would|will) (?:it|that) ';
const ours = '(?:us|our team|the team|my team|support|our people|everyone|everybody)';
const solve =
  '(?:resolve|solve|fix|close(?: out)?|sort(?: out)?|settle|clear|finish|get (?:done|solved|resolved|fixed|closed))';
const solved = '(?:being )?(?:solved|solving|solution|resolved|resolving|resolution|closed|closing|closure)';
const begun =
  '(?:being )?(?:open(?:ed|ing)?|creat(?:ed|ion|ing)|submi(?:tted|ssion)|arrival|arriving|raised|receipt)';
const won =
  '(?:being )?(?:win|winning|won|close|closing|closed(?: won)?|clos(?:e|ing) (?:it|them)|signature|signing)';
const reply = '(?:repl(?:y|ies|ied)|answer(?:ed)?|respon(?:se|d|ded)|get back|got back|react(?:ed)?)';

/** Records with what stands before them: "the urgent", "high priority", "our enterprise customers'". */
const before =
  "(?:(?!(?:and|or|of|to|by|with|without|per|in|on|than|me|him|her|them|it|more|less)\\b)[\\w'/-]+ ){0,4}?";
const supportRows = '(?:tickets?|cases?|escalations?|CEs?)';
const dealRows = '(?:deals?|opportunit(?:y|ies)|opps?)';
const these = (rows: string): string => `(?:an? |the |our |all )?(?=${before}${rows}\\b)`;

const averaged = (...said: (string | undefined)[]): string =>
  said.some((word) => word !== undefined && word !== '')
    ? said.some((word) => word !== undefined && /median/i.test(word))
      ? 'median '
      : 'average '
    : '';

/**
 * How long something takes, of which records: said by a verb, the records and what restricts them come behind it, where
 * "average resolution time of tickets opened in October" has one form for all of them.
 */
const lengthTurns: readonly Turn[] = [
  // "Average time to resolve the tickets opened in October".
  [
    new RegExp(
      `^${lead}(${mean} )?time (?:taken |needed |it (?:takes|took)(?: ${ours})? |for ${ours} )?(?:to|until|till)(?: we| they)? ${solve} ${these(supportRows)}`,
      'i',
    ),
    (_said, how?: string) => `${averaged(how)}resolution time of `,
  ],
  // "How long on average did it take us to solve …", "on average, how long does it take to close …".
  [
    new RegExp(
      `^(on average,? |in the mean,? )?how (?:long|much time)(,? on average,?)? (?:${usually} )?${takes}(?:${usually} )?(on average )?take(?:n)?(?: ${ours})?(,? on average,?)? to ${solve} ${these(supportRows)}`,
      'i',
    ),
    (_said, first?: string, second?: string, third?: string, fourth?: string) =>
      `${averaged(first, second, third, fourth)}resolution time of `,
  ],
  // "Avg time from open to solved for …".
  [
    new RegExp(
      `^${lead}(${mean} )?time (?:it (?:takes|took) )?(?:from|between) (?:(?:a |the )?tickets? )?${begun} (?:to|until|till|and) (?:it(?:'s| is| was) )?${solved} (?:of |for |on |with )?${these(supportRows)}`,
      'i',
    ),
    (_said, how?: string) => `${averaged(how)}resolution time of `,
  ],
  [
    new RegExp(
      `^${lead}(${mean} )?time (?:from|between) ${begun} (?:to|until|till|and) ${won} (?:of |for |on )?${these(dealRows)}`,
      'i',
    ),
    () => 'average days to close of ',
  ],
  // "How long on average until the first reply to …", "how long did it take on average to first respond to …".
  [
    new RegExp(
      `^(on average,? )?how long(,? on average,?)? (?:(?:${takes}|do they wait |did they wait |do customers wait |did customers wait )(?:${usually} )?(on average )?(?:take(?:n)?(?: ${ours})?)?(,? ?on average,?)? ?)?(?:until|till|to|for|before)(?: we| our| the| an?| they)* (?:first|initial(?:ly)?|1st)(?: time)? ${reply}(?: to)?(?: on| to| for| of)? ${these(supportRows)}`,
      'i',
    ),
    (_said, first?: string, second?: string, third?: string, fourth?: string) =>
      `${averaged(first, second, third, fourth)}first response time of `,
  ],
  [
    new RegExp(
      `^${lead}(${mean} )?(?:time|wait)(?: it (?:takes|took))? (?:until|till|to|before|for)(?: we| our| the| an?)* (?:first|initial(?:ly)?|1st) ${reply}(?: to)?(?: on| to| for| of)? ${these(supportRows)}`,
      'i',
    ),
    (_said, how?: string) => `${averaged(how)}first response time of `,
  ],
];

const percent = '(?:share|percentage|percent|proportion|portion|part|fraction|%)';
const asksPercent = `(?:(?:what(?:'s| is| was)?|which|show(?: me)?|give me|tell me) )?(?:the )?${percent} of`;
const target = '(?:sla|target|goal|deadline|due date|promise|commitment)s?';
/** The records with all that is said of them before the verb. */
const ofRows = (rows: string): string => `((?:all |the |our )?${before}${rows}\\b[^?.!]*?)`;
const first = '(?:first[ -](?:response|reply|answer)|first)';

const clockOf = (said?: string): string =>
  said === undefined ? '' : /first/i.test(said) ? 'first response ' : 'resolution ';

/** Which part of some records came to a good end: that is the rate which is kept of them. */
const rateTurns: readonly Turn[] = [
  [/^((?:and |so )?)(?:how many|how much) (?:percent|%|per cent) of (?=\S)/i, '$1what percentage of '],
  // "What share of the tickets opened in October met their resolution SLA".
  [
    new RegExp(
      `^${asksPercent} ${ofRows('(?:tickets|cases)')},? (?:that |which )?(?:have |has |had )*(?:met|meet|kept|keep|made|hit|(?:were|was|are|stayed|have been) (?:within|inside)) (?:their|the|our|its)? ?(${first}|resolution|solution) ?(?:time )?${target}(?=[?.! ]|$)`,
      'i',
    ),
    (_said, rows = '', clock?: string) => `${clockOf(clock)}sla compliance of ${rows}`,
  ],
  // "What percentage of tickets were solved within their target".
  [
    new RegExp(
      `^${asksPercent} ${ofRows('(?:tickets|cases)')},? (?:that |which )?(?:have |has |had |were |was |are |got |get |been |did |do )*(solved|resolved|closed|answered|replied to|we solve|we resolve) (?:with)?in (?:their|the|our|its)? ?(?:(?:resolution|solution|${first}|response|reply) ?)?(?:time )?${target}(?=[?.! ]|$)`,
      'i',
    ),
    (_said, rows = '', deed = '') =>
      `${/answer|repl/i.test(deed) ? 'first response' : 'resolution'} sla compliance of ${rows}`,
  ],
  // "What percentage of my leads this year converted".
  [
    new RegExp(
      `^${asksPercent} ${ofRows('(?:leads)')},? (?:that |which )?(?:have |has |had |were |was |are |got |get |been |did |do |we |to )*(?:convert(?:ed)?|turned into (?:customers|deals|opportunities))(?=[?.! ]|$)`,
      'i',
    ),
    'lead conversion rate of $1',
  ],
  [
    new RegExp(
      `^${asksPercent} ${ofRows(dealRows)},? (?:that |which )?(?:(?:have |has |had |were |was |are |got |get |been )*won|(?:did|do|have) (?:we|the team) w[io]n)(?=[?.!]*$)`,
      'i',
    ),
    'win rate of $1',
  ],
  [
    /^how much (?:(?:sales )?revenue|money|business|value) (?:did|have|has) (we|i|my team|the team|[\p{Lu}][\p{L}]+) close(?:d)? (?:with|from|at|for|in) (?=\S)/iu,
    'how much did $1 win from ',
  ],
  [/\b(average |avg |median )?(sales cycle) (?:length|duration)s?\b/i, '$1$2'],
];

/** Records by whoever handled them. */
const handledTurns: readonly Turn[] = [
  [
    /\b(tickets|cases|chats|conversations) (?:(?:that|which) )?("[^"]+"|\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?) (?:handled|worked on|dealt with|took care of|looked after|was handling|has handled)\b/gu,
    '$1 of $2',
  ],
  [
    /\bhow many ((?:new |open |customer )*escalations)( (?:opened )?(?:this|last) [a-z]+)? (?:have|had|carry|carried|show|showed|with|are of|were of) (?:an? )?(negative|positive|neutral) (?:sentiment|mood|tone)\b/gi,
    'how many $1 with tone $3$2',
  ],
  [
    /^of the ((?:customer )?escalations) opened ((?:this|last) [a-z]+),? how many (?:have|had|carry|carried|show|showed) (?:an? )?(negative|positive|neutral) (?:sentiment|mood|tone)\b/i,
    'how many $1 with tone $3 $2',
  ],
];

/** Records of a figure that are told by how they came in: that is when they were opened. */
const arrivalTurns: readonly Turn[] = [
  [
    /\b((?:time|csat|rate|compliance|score|sentiment|rating|share|percentage|percent|%) (?:of|for|on|in) (?:the |our |all )?(?:[\w'-]+ ){0,3}?(?:tickets|cases))(?: (?:that|which))? (?:(?:have |had |were |was |has been )*(?:came in|come in|arrived|received|raised|logged|filed|submitted|created|reported)|reached us|landed|(?:we|you|they) (?:got|get|received|had come in))(?= (?:in|on|by|via|over|through|last|this|since|during|between|today|yesterday|from)\b)/i,
    '$1 opened',
  ],
  // "Of tickets opened by email last month".
  [
    /\b((?:time|csat|rate|compliance|score|sentiment|rating|share|percentage|percent|%) (?:of|for|on|in) (?:the |our |all )?)((?:[\w'-]+ ){0,3}?)((?:tickets|cases)(?: (?:that|which) (?:were|was))? opened) (?:by|via|over|through|on|from|using) (?:the )?(e-?mail|phone|whatsapp|web|slack connect|slack|chat|portal)(?= (?:in|last|this|since|during|between|today|yesterday|by|per)\b|[?.!]*$)/i,
    '$1$4 $2$3',
  ],
];

/** A figure of records in the words that name it, before what says of which records. */
export const inFigureWords = (text: string): string =>
  rephrased(text, [...lengthTurns, ...rateTurns, ...handledTurns, ...arrivalTurns]);

const noRows =
  '(?=[?.!]*$|,| (?:by|per|for each|last|this|in|since|during|today|yesterday|over|from|between)\\b)';

/** The same of incidents, and of tickets that are not named. */
const otherLengthTurns: readonly Turn[] = [
  [
    new RegExp(
      `^${lead}(${mean} )?time (?:it (?:takes|took) )?(?:from|between) ${begun} (?:to|until|till|and) ${solved}${noRows}`,
      'i',
    ),
    (_said, how?: string) => `${averaged(how)}resolution time`,
  ],
  [
    new RegExp(
      `^${lead}(${mean} )?(?:number of )?days (?:until|till|before|to) (?:an? |the )?(escalations?|tickets?|customer escalations?) (?:is|are|gets?|was|were|got|being) (?:resolved|solved|closed|fixed)\\b`,
      'i',
    ),
    (_said, how?: string, rows = '') =>
      `${averaged(how ?? 'average')}resolution time of ${rows.replace(/s?$/i, 's')}`,
  ],
  [
    new RegExp(
      `^${lead}(${mean} )?(?:(?:repair|fix|fixing|resolution|recovery|outage|down) ?times? (?:of|for|on|in)|time to (?:fix|repair|resolve|close|recover from|restore)|duration (?:of|for)|length of|time (?:from|between) (?:the |their )?start(?:ing)? (?:to|until|and|till) (?:the |their )?(?:resolution|fix|end|resolved)(?: of| for)?) (?:the |our |all )?((?:[a-z]+ ){0,2}?incidents)\\b`,
      'i',
    ),
    (_said, how?: string, rows = '') => `${averaged(how)}duration of ${rows}`,
  ],
  [
    /(\bincidents\b.*?),? (?:measured )?from (?:the |their )?start to (?:the |their )?(?:resolution|end|fix)\b/i,
    '$1',
  ],
  [
    /^(?:on average,? )?how long (?:did|do|does) (?:the |our |an? )?((?:[a-z]+ ){0,2}?incidents?(?: (?:resolved|started|opened) (?:last|this|in) [a-z]+)?) (?:last|take)(?: to (?:get )?(?:fixed|resolved|fix|resolve))?(?: on average)?(?=[?.!,]|$)/i,
    (said, rows = '') =>
      `${/on average/i.test(said) ? 'average ' : ''}duration of ${rows.replace(/incident(?=\s|$)/i, 'incidents')}`,
  ],
];

/** The length of what is not named, or has no verb of its own: for what is not understood otherwise. */
export const inLengthWords = (text: string): string => rephrased(text, otherLengthTurns);
