import { rephrased, type Turn } from './turn.ts';

const newest = '(?:newest|latest|last|most recent|most recently created|youngest)';
const oldest = '(?:oldest|earliest|first|longest[- ]standing)';
const extreme = `(?:very )?(?:single )?(?<which>${newest}|${oldest})(?: ones?)?`;
const came =
  '(?:(?:(?:was|were|got|has been|have been|had been) )?(?:created|opened|raised|logged|reported|filed|submitted|started|entered|recorded|received|made)|came(?: in| up)?|come in|arrived|reached us|started|began|showed up|turned up)';
const date =
  '(?:creation|opening|created|opened|open|start|entry|reporting|intake) (?:date|day|time|timestamp)';
const holding = '(?:with|of|having|that has|which has) the';
const since =
  '(?:been (?:around|there|here|with us|in the system|on (?:the|our) books|in existence|(?:hanging|lying|sitting) around|on file)|existed|lived)(?: for)?(?: the)? longest(?: time)?';
/** What happened to the oldest and to the newest of them. */
const oldestBy = `(?:${holding} (?:earliest|oldest|first) ${date}|${holding} (?:highest|greatest|biggest|largest|longest) age|(?:goes|go|going|dates?|dating|reach(?:es)?|reaching) back (?:the )?(?:furthest|farthest|most|longest|earliest)|(?:has |have )?${since}|${came} (?:as )?(?:the )?(?:first|earliest|before all others))`;
const newestBy = `(?:${holding} (?:latest|newest|most recent|last) ${date}|${holding} (?:lowest|smallest|shortest) age|${came} (?:as )?(?:the )?(?:last|most recently|latest))`;
const end = '(?=\\s*[?.!]*$)';
const asked =
  '(?:(?:show|find|get|give|list|see|pull|fetch|what|is|was|which|want|need|to|know|tell|me|us|i|we|please|just|only|can|could|you|the|our|a|one|look|of|out of|among) )*';
/** "Out of all the tickets of Acme,": one of them is asked for. */
const among = '(?:out of|of|among|amongst|from|looking at) (?:(?:all|the|our) )*';
const thing = '(?<rows>(?!who\\b|what\\b)[^,?.!;]+?)';
const whose = '(?<whose>(?: (?:for|of|from|at|with|by) [^,?.!]+)?)';
const whichOne =
  ',? (?:which|what|who|show|give|list|find|get)(?: (?:one|of them|of these|me|us|is|was|the|single|only))*';

interface Said {
  readonly rows?: string;
  readonly which?: string;
  readonly whose?: string;
  readonly state?: string;
}

const of =
  (put: string, limit = '') =>
  ({ rows = '', which = put, whose: owner = '', state }: Said): string =>
    placed(`${limit}${which}`, `${rows}${owner}${state === undefined ? '' : ` that is ${state}`}`);

/** "Which ticket of Acme came in last", "the one dating back the most": the newest or the oldest of them, said by what happened. */
const turns: readonly (readonly [string, (said: Said) => string])[] = [
  [`${among}${thing}${whichOne} (?:the )?${extreme}(?: of (?:all|them))?`, of('', '1 ')],
  [`${among}${thing}${whichOne} (?:${oldestBy}|(?:is )?(?:the )?longest open)`, of('oldest', '1 ')],
  [`${among}${thing}${whichOne} ${newestBy}`, of('newest', '1 ')],
  [`${asked}${thing} (?:that |which |who )?${oldestBy}${whose}`, of('oldest')],
  [`${asked}${thing} (?:that |which |who )?${newestBy}${whose}`, of('newest')],
  // "Which ticket is the oldest one that's open now", "the open ticket that is the oldest of all".
  [
    `${asked}${thing} (?:is|was) (?:the )?${extreme} (?:(?:that|which)(?:'s| is| are| was)? |among (?:the|our) )(?:still |currently )?(?<state>[^,?.!]+?)(?: (?:right )?now| at the moment| currently)?`,
    of(''),
  ],
  [
    `${asked}${thing} (?:that|which)(?:'s| is| was) (?:the )?${extreme}(?: (?:of|among) (?:them )?all)?`,
    of(''),
  ],
  [
    `${asked}${extreme} (?:of|among|amongst) (?:(?:all|the|our|those) )+(?!time|week|month|quarter|year|day)${thing}`,
    of('', '1 '),
  ],
  // "Open tickets, oldest one only", "just the one ticket, the most recent, from Acme".
  [
    `${asked}${thing}[,:;-]* (?:(?:just|only) )?(?:the )?${extreme}(?: only| alone| and nothing else)`,
    of('', '1 '),
  ],
  [`${asked}${thing}[,:;-]+ (?:just|only) (?:the )?${extreme}`, of('', '1 ')],
  [
    `${asked}(?:one|single) ${thing}, (?:the )?${extreme},?(?<whose> (?:of|from|for|at|with|by) [^,?.!]+)`,
    of(''),
  ],
  // "How recent is the newest ticket", "on what date did the last ticket of Acme come in": its date.
  [
    `(?:from when|how (?:recent|fresh|long ago)|of (?:which|what) date|from (?:which|what) (?:date|day|time)|what date) (?:is|was|are|dates|does) (?<rows>(?:(?:the|our|my) )?${extreme} [^,?.!;]+?)`,
    began,
  ],
  [
    `(?:when|(?:on |at )?(?:which|what) (?:date|day|time)) did (?<rows>(?:(?:the|our|my) )?${extreme} [^,?.!;]+?) (?:come in|arrive|get (?:created|opened)|show up|turn up|reach us)`,
    began,
  ],
  [
    `(?:(?:could|can|would) you )?(?:please )?(?:tell|show|give)(?: me| us)? the (?:date|day) of (?<rows>(?:the|our|my) ${extreme} [^,?.!;]+?)`,
    ({ rows = '' }) => `when was ${rows}`,
  ],
];

/** When a record came in: the last of them may have a date of its own, the oldest and the newest are told by their beginning. */
function began({ rows = '', which = '' }: Said): string {
  return `when was ${rows}${/^(?:oldest|newest|earliest)$/i.test(which) ? ' created' : ''}`;
}

/** "Everything open in our tickets" are open tickets; whose they are stands before their place: "my newest tickets". */
function placed(which: string, rows: string): string {
  const inside =
    /^(?:everything|anything|all|whatever)(?: that(?:'s| is| are)?)? (\S+(?: \S+)?) (?:in|among|of|from) ((?:my|our|the) )?(?=\S)/i;
  const [, owner = '', rest = ''] = /^(my |mine )?(.*)$/is.exec(rows.replace(inside, '$2$1 ')) ?? [];
  return `${owner}${which} ${rest.replace(/^(?:our|the) /i, '')}`;
}

const compiled = turns.map(([said, put]) => [new RegExp(`^${said}${end}`, 'i'), put] as const);

/** What says nothing more: "very last", "single oldest", ", which one is it", "on record". */
const again: readonly Turn[] = [
  [new RegExp(`\\b(?:very|single) (?=(?:${newest}|${oldest})\\b)`, 'gi'), ''],
  [/\b(?:most aged|most ancient|highest[- ]aged)\b/gi, 'oldest'],
  [
    /,? (?:(?:and )?(?:which|what|who) (?:one |ticket |record )?(?:is|was) (?:it|that|this)|(?:please )?(?:show|give|list|open)(?: me)? (?:it|that one)(?: please)?)(?=\s*[?.!]*$)/gi,
    '',
  ],
  [new RegExp(`\\b(${newest}|${oldest}) ones? (?=(?:of|among|from|in) )`, 'gi'), '$1 '],
  [
    new RegExp(
      `(?<=\\b(?:${newest}|${oldest}) [^,?.!]+?) (?:(?:on|in) (?:(?:the|our) )?(?:records?|file|books|system)|of (?:them )?all|of the lot)(?=\\s*[?.!]*$)`,
      'gi',
    ),
    '',
  ],
];

/** @param text a tidied question */
export function inExtremeWords(text: string): string {
  const plain = rephrased(text, again);
  for (const [turn, put] of compiled) {
    const said = turn.exec(plain);
    if (said?.groups) return put(said.groups) + plain.slice(said[0].length);
  }
  return plain;
}
