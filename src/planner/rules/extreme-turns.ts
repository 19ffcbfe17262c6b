const newest = '(?:newest|latest|last|most recent|most recently created|youngest)';
const oldest = '(?:oldest|earliest|first|longest[- ]standing)';
const extreme = `(?:very )?(${newest}|${oldest})`;
const came =
  '(?:(?:(?:was|were|got|has been|have been|had been) )?(?:created|opened|raised|logged|reported|filed|submitted|started|entered|recorded|received|made)|came(?: in| up)?|come in|arrived|reached us|started|began|showed up|turned up)';
const end = '(?=\\s*[?.!]*$)';
const opening =
  '(?:(?:show|find|get|give|list|see|pull|fetch|what|is|was|which|want|need|to|know|tell|me|us|i|we|please|just|only|can|could|you|the|our|a|one|look) )*';
const thing = '([^,?.!;]+?)';

/** "Which ticket of Acme came in last", "the one dating back the most": the newest or the oldest of them, said by what happened. */
const turns: readonly (readonly [RegExp, (...words: string[]) => string])[] = [
  [new RegExp(`\\bvery (?=(?:${newest}|${oldest})\\b)`, 'gi'), () => ''],
  // "…, which one is it?", "…, please show it": said again.
  [
    /,? (?:(?:and )?(?:which|what|who) (?:one |ticket |record )?(?:is|was) (?:it|that|this)|(?:please )?(?:show|give|list|open)(?: me)? (?:it|that one)(?: please)?)(?=\s*[?.!]*$)/gi,
    () => '',
  ],
  // "With the earliest creation date", "with the highest age".
  [
    new RegExp(
      `^${opening}${thing} (?:with|having|that has|which has) the (earliest|oldest|first|latest|newest|most recent|last) (?:creation|opening|created|opened|open|start|entry|reporting|intake) (?:date|day|time|timestamp)${end}`,
      'i',
    ),
    (_, rows = '', which = '') => placed(sideOf(which), rows),
  ],
  [
    new RegExp(
      `^${opening}${thing} (?:with|of|having|that has|which has) the (?:highest|greatest|biggest|largest|longest) age${end}`,
      'i',
    ),
    (_, rows = '') => placed('oldest', rows),
  ],
  [
    new RegExp(
      `^${opening}${thing} (?:with|of|having|that has|which has) the (?:lowest|smallest|shortest) age${end}`,
      'i',
    ),
    (_, rows = '') => placed('newest', rows),
  ],
  // "Goes back furthest", "has been around the longest": the oldest.
  [
    new RegExp(
      `^(?:which|what|who)(?: of)? ${thing} (?:goes|go|dates?|reach(?:es)?|stretch(?:es)?) back (?:the )?(?:furthest|farthest|most|longest|earliest)${end}`,
      'i',
    ),
    (_, rows = '') => placed('oldest', rows),
  ],
  [
    new RegExp(
      `^${opening}${thing} (?:that )?(?:goes|going|dates?|dating|reaching) back (?:the )?(?:furthest|farthest|most|longest|earliest)${end}`,
      'i',
    ),
    (_, rows = '') => placed('oldest', rows),
  ],
  [
    new RegExp(
      `^(?:which|what)(?: of)? ${thing} (?:has|have) been (?:around|there|here|with us|in the system|on the books|on our books|in existence|hanging around|lying around|sitting around|on file|existing)(?: for)? (?:the )?longest(?: time)?${end}`,
      'i',
    ),
    (_, rows = '') => placed('oldest', rows),
  ],
  [
    new RegExp(
      `^${opening}${thing} (?:that |which )?(?:(?:has|have) )?(?:existed|lived|been (?:around|there|in existence|with us)) (?:for )?(?:the )?longest(?: time)?${end}`,
      'i',
    ),
    (_, rows = '') => placed('oldest', rows),
  ],
  [/\b(?:most aged|most ancient|highest[- ]aged)\b/gi, () => 'oldest'],
  // "On what date did the last ticket of Acme come in".
  [
    new RegExp(
      `^(?:when|(?:on |at )?(?:which|what) (?:date|day|time)) did ((?:(?:the|our|my) )?${extreme} ${thing}) (?:come in|arrive|get (?:created|opened)|show up|turn up|reach us)${end}`,
      'i',
    ),
    (_, rows = '', which = '') => began(rows, which),
  ],
  // "Which ticket of Acme came in last", "the ticket that was created most recently for Acme".
  [
    new RegExp(
      `^(?:which|what)(?: of)? ${thing} (?:that )?${came} (?:as )?(?:the )?(last|first|most recently|latest|earliest|before all others)((?: (?:for|of|from|at|with|by) [^,?.!]+)?)${end}`,
      'i',
    ),
    (_, rows = '', which = '', whose = '') => placed(sideOf(which), `${rows}${whose}`),
  ],
  [
    new RegExp(
      `^${opening}${thing} (?:that|which) ${came} (?:as )?(?:the )?(last|first|most recently|latest|earliest)((?: (?:for|of|from|at|with|by) [^,?.!]+)?)${end}`,
      'i',
    ),
    (_, rows = '', which = '', whose = '') => placed(sideOf(which), `${rows}${whose}`),
  ],
  // "Out of all the tickets of Acme, which one is the newest", "among the open tickets, show the oldest".
  [
    new RegExp(
      `^(?:out of|of|among|amongst|from|looking at) (?:(?:all|the|our) )*${thing},? (?:which|what|who|show|give|list|find|get)(?: (?:one|of them|of these|me|us|is|was|the|single|only))* (?:the )?(?:single )?${extreme}(?: ones?)?(?: of (?:all|them))?${end}`,
      'i',
    ),
    (_, rows = '', which = '') => placed(`1 ${which}`, rows),
  ],
  [
    new RegExp(
      `^(?:out of|of|among|amongst|from) (?:(?:all|the|our) )*${thing},? which one (?:(?:goes|dates|reaches) back (?:the )?(?:furthest|farthest|longest|most)|(?:has )?been (?:around|there|open) (?:the )?longest|${came} first|is (?:the )?(?:most aged|longest open))${end}`,
      'i',
    ),
    (_, rows = '') => placed('1 oldest', rows),
  ],
  [
    new RegExp(
      `^(?:out of|of|among|amongst|from) (?:(?:all|the|our) )*${thing},? which one (?:${came} (?:last|most recently|latest)|is (?:the )?most recent)${end}`,
      'i',
    ),
    (_, rows = '') => placed('1 newest', rows),
  ],
  // "Which ticket is the oldest one that's open now".
  [
    new RegExp(
      `^${opening}(?:(?:which|what) )${thing} (?:is|was) (?:the )?(?:single )?${extreme}(?: ones?)? (?:(?:that|which)(?:'s| is| are| was)? |among (?:the|our) )(?:still |currently )?([^,?.!]+?)(?: (?:right )?now| at the moment| currently)?${end}`,
      'i',
    ),
    (_, rows = '', which = '', state = '') => placed(which, `${rows} that is ${state}`),
  ],
  // "The open ticket that is the oldest of all", "the oldest of our open tickets".
  [
    new RegExp(
      `^${opening}${thing} (?:that|which)(?:'s| is| was) (?:the )?(?:single )?${extreme}(?: ones?)?(?: (?:of|among) (?:them )?all)?${end}`,
      'i',
    ),
    (_, rows = '', which = '') => placed(which, rows),
  ],
  [
    new RegExp(
      `^${opening}${extreme}(?: one)? (?:of|among|amongst) (?:(?:all|the|our|those) )+(?!time)${thing}${end}`,
      'i',
    ),
    (_, which = '', rows = '') => placed(`1 ${which}`, rows),
  ],
  // "Open tickets, oldest one only", "just the one ticket, the most recent, from Acme".
  [
    new RegExp(
      `^${opening}${thing}[,:;-]* (?:(?:just|only) )?(?:the )?(?:single )?${extreme}(?: ones?)?(?: only| alone| and nothing else)${end}`,
      'i',
    ),
    (_, rows = '', which = '') => placed(`1 ${which}`, rows),
  ],
  [
    new RegExp(
      `^${opening}${thing}[,:;-]+ (?:(?:just|only) )(?:the )?(?:single )?${extreme}(?: ones?)?${end}`,
      'i',
    ),
    (_, rows = '', which = '') => placed(`1 ${which}`, rows),
  ],
  [
    new RegExp(
      `^(?:just|only|give me|show|show me|need|i need)(?: just| only)? (?:the |a )?(?:one|single) ${thing}, (?:the )?${extreme}(?: ones?)?,? (?=(?:of|from|for|at|with|by) )`,
      'i',
    ),
    (_, rows = '', which = '') => placed(which, `${rows} `),
  ],
  [new RegExp(`\\b${extreme} ones? (?=(?:of|among|from|in) )`, 'gi'), (_, which = '') => `${which} `],
  [new RegExp(`\\b(?:single )(${newest}|${oldest})\\b`, 'gi'), (_, which = '') => which],
  // "How recent is the newest ticket", "from when is our oldest open deal": its date.
  [
    new RegExp(
      `^(?:from when|how (?:recent|fresh|long ago)|of (?:which|what) date|from (?:which|what) (?:date|day|time)|what date) (?:is|was|are|dates|does) ((?:(?:the|our|my) )?${extreme} ${thing})${end}`,
      'i',
    ),
    (_, rows = '', which = '') => began(rows, which),
  ],
  [
    new RegExp(
      `^(?:(?:could|can|would) you )?(?:please )?(?:tell|show|give)(?: me| us)? the (?:date|day) of (?=(?:the|our|my) (?:${newest}|${oldest})\\b)`,
      'i',
    ),
    () => 'when was ',
  ],
  [
    new RegExp(
      `(?<=\\b(?:${newest}|${oldest}) [^,?.!]+?) (?:on|in) (?:(?:the|our) )?(?:records?|file|books|system)(?=\\s*[?.!]*$)`,
      'gi',
    ),
    () => '',
  ],
  [
    new RegExp(
      `(?<=\\b(?:${newest}|${oldest}) [^,?.!]+?) (?:of (?:them )?all|of the lot)(?=\\s*[?.!]*$)`,
      'gi',
    ),
    () => '',
  ],
];

/** "First" and "earliest" are the oldest, "last" and "most recently" the newest. */
const sideOf = (words: string): string => (/first|earliest|oldest|before/i.test(words) ? 'oldest' : 'newest');

/** When a record came in: the last of them may have a date of its own, the oldest and the newest are told by their beginning. */
const began = (rows: string, which: string): string =>
  `when was ${rows}${/^(?:oldest|newest|earliest)$/i.test(which) ? ' created' : ''}`;

/** "Everything open in our tickets" are open tickets; whose they are stands before their place: "my newest tickets". */
function placed(which: string, rows: string): string {
  const inside =
    /^(?:everything|anything|all|whatever)(?: that(?:'s| is| are)?)? (\S+(?: \S+)?) (?:in|among|of|from) ((?:my|our|the) )?(?=\S)/i;
  const [, owner = '', rest = ''] = /^(my |mine )?(.*)$/is.exec(rows.replace(inside, '$2$1 ')) ?? [];
  return `${owner}${which} ${rest.replace(/^(?:our|the) /i, '')}`;
}

/** @param text a tidied question */
export const inExtremeWords = (text: string): string =>
  turns.reduce((said, [turn, put]) => said.replace(turn, (...words: string[]) => put(...words)), text);
