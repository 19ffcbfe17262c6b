import { canonical } from '../canonical.ts';
import { smallNumbers } from '../small-numbers.ts';
import type { KnownWords } from './known-words.ts';
import { about, type End, endOf, isBareVerb, superlative, takesPlace } from './places.ts';

const number = `(?:\\d{1,2}|${Object.keys(smallNumbers).join('|')})`;
/** A group as it may be said: checked against what is known. */
const group = '(?:[a-z][a-z-]* ){0,2}?[a-z][a-z-]*';
const polite =
  "(?:(?:please|pls|kindly|now|so|and|hey|hi),? |(?:can|could|would|will|may) (?:you|i|we) |(?:do )?you know |i(?:'d| would)? (?:want|like|need|love)(?: you)?(?: to)? |(?:let me |to )?(?:tell|show|give|name|list|find|see|know|get|have|pick|identify)(?: me| us)?(?: out)? )*";
/** "Which of the agents was" asks for one of them. */
const asked = `^${polite}(?<lead>(?<one>(?:who|which|what)(?: one)? of (?!.*? (?:are|were|have) ))|(?:who|what|which|whoever)(?:'s| (?:is|are|was|were))? )?(?:the one |the |our |one |all )*`;
const own = "(?<own>my team's |my )?";

/** How many of which groups at which end of what. */
interface Ranked {
  /** Null: told with how many, "3 agents please"; `who` is whoever has the figure. */
  readonly gs: string | null;
  readonly n: string | null;
  readonly end: End;
  readonly of: string;
  /** "Sort the regions": all of them, unless it is told how many. */
  readonly isSorted?: true;
  /** Plain enough as it is, unless it is told how many. */
  readonly isLimited?: boolean;
}

type Said = Readonly<Record<string, string | undefined>>;
interface Form {
  readonly pattern: RegExp;
  readonly read: (said: Said, known: KnownWords) => Ranked | null;
}

/** Points of time rank by a course of their own. */
const isTime = /^(?:time|hour|day|week|month|quarter|year|weekday|date)s?$/i;

const ranked = (said: Said, end: string, { isGroup, opensWithFigure }: KnownWords): Ranked | null => {
  const { gs, own: whose = '', of = '', when = '' } = said;
  const n = said['n'] ?? (said['one'] === undefined ? null : '1');
  const figure = `${of.replace(/^(?:the|our) /i, '')}${when === '' ? '' : ` ${when}`}`;
  if (!opensWithFigure(figure) || (gs !== undefined && (!isGroup(gs) || isTime.test(gs)))) return null;
  return { gs: gs === undefined ? null : `${whose}${gs}`, n, end: endOf(end), of: figure };
};

const forms: readonly Form[] = [
  // "Which region leads in won amount", "the 3 agents that came out on top for CSAT", "who came last in".
  {
    pattern: new RegExp(
      `${asked}${own}(?:(?<n>${number}) )?(?:single )?(?<gs>${group}) (?<that>(?:that|which|who) )?(?<place>${takesPlace}) ${about} (?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => {
      const { place = '', that, lead } = said;
      const isNoun = isBareVerb.test(place) && that === undefined && lead === undefined;
      return isNoun ? null : ranked(said, place, known);
    },
  },
  // "Is there one agent that beats all others in tickets solved, and which".
  {
    pattern: new RegExp(
      `^${polite}(?:is|was) there (?:a|an|any|one|some) (?:single )?(?<gs>${group}) (?:that|which|who) (?<place>${takesPlace}) ${about} (?<of>\\S.*?)(?:,? (?:and|if so),? (?:if so,? )?(?:which|who|what)(?: one)?(?: (?:is|was) (?:it|that))?)?$`,
      'i',
    ),
    read: (said, known) => single(ranked(said, said['place'] ?? '', known)),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:who|what|which)(?: one)? (?<place>${takesPlace}) ${about} (?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => {
      const whoever = ranked(said, said['place'] ?? '', known);
      return whoever && { ...whoever, gs: 'who' };
    },
  },
  // "The 3 agents at the very bottom of the CSAT ranking last week".
  {
    pattern: new RegExp(
      `${asked}${own}(?:(?<n>${number}) )?(?<gs>${group}) (?:(?:that|which|who) )?(?:(?:is|are|was|were|stands?|sits?) )?(?<place>(?:at|on|in) (?:the )?(?:very )?(?:top|bottom|head|foot|end|tail end|front)) (?:of|in) (?:the |our )?(?<of>(?!the\\b|our\\b)\\S.*?) (?:ranking|leaderboard|table|list|chart|standings)(?: (?<when>\\S.*))?$`,
      'i',
    ),
    read: (said, known) => ranked(said, said['place'] ?? '', known),
  },
  // "Which regions make up the top 3 for won amount".
  {
    pattern: new RegExp(
      `${asked}${own}(?<gs>${group}) (?:that |which |who )?(?:makes?|made|forms?|get|got|are|were|is|was|belong|count)(?: up)?(?: in| into| to| among)? (?:the |our )?(?<place>top|bottom|first|last) (?<n>${number}) ${about} (?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => ranked(said, said['place'] ?? '', known),
  },
  // "The first 3 places among the regions by won amount", "tail end of the agents by CSAT".
  {
    pattern: new RegExp(
      `${asked}(?<place>first|top|last|bottom|tail end|lower end|upper end|bottom end)(?: (?<n>${number}))?(?: (?:places?|spots?|positions?|ranks?|entries|end|names))? (?:among|of|in|amongst|from) (?:the |our |all )*${own}(?<gs>${group}) ${about} (?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => ranked(said, said['place'] ?? '', known),
  },
  // "The 3 leading regions in won amount", "the #1 category for tickets".
  {
    pattern: new RegExp(
      `${asked}${own}(?:(?<n>${number}) )?(?<place>leading|trailing|number one|number 1|no\\.? ?1|#1|(?:lowest|highest|top|bottom)[- ](?:ranking|ranked|scoring|placed|performing)) (?<gs>${group}) ${about} (?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => ranked(said, said['place'] ?? '', known),
  },
  // "Who is number one for tickets last month, by category".
  {
    pattern: new RegExp(
      `^${polite}(?:who|what|which)(?:'s| (?:is|was|are|were)) (?:our |the )?(?<place>number one|number 1|no\\.? ?1|#1|first|top|last|in front|on top|in the lead|ahead|leading) ${about} (?<of>\\S.*?)[,;:-]? (?:by|per|among|out of|which|what|of) (?:all |the |our )*(?<gs>${group})$`,
      'i',
    ),
    read: (said, known) => single(ranked(said, said['place'] ?? '', known)),
  },
  // "Where did most tickets come in last month, which category", "which category do most tickets belong to".
  {
    pattern: new RegExp(
      `^${polite}where (?:did|do|does|have|has) (?:we (?:have|get|see) )?(?:the )?(?<place>most|fewest|least) (?:of (?:the |our )?)?(?<of>\\S.*?) (?:come|came|arrive|originate|occur|happen|land|fall)(?: in| from| up| into)?(?: (?<when>\\S.*?))?[?.,;:-]+ ?(?:(?:so|and|i mean|meaning|that is|by which i mean),? )*(?:in |for |from |by |per )?(?:(?:which|what) )?(?<gs>${group})$`,
      'i',
    ),
    read: (said, known) => single(ranked(said, said['place'] ?? '', known)),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:to |in |under |from )?(?:which|what) (?<gs>${group}) (?:(?:does|do|did) )?(?:the )?(?<place>most|fewest|(?:biggest|largest|greatest|highest|smallest|lowest) (?:share|part|portion|number|amount|proportion|chunk) of)(?: of)?(?: the| our)? (?<of>\\S.*?) (?:belong|belongs|belonged|go|goes|went|fall|falls|fell|come|comes|came)(?: to| into| in| from| under)?(?: (?<when>\\S.*))?$`,
      'i',
    ),
    read: (said, known) => ranked(said, said['place'] ?? '', known),
  },
  // "No other category had as many tickets as which one".
  {
    pattern: new RegExp(
      `^no other (?<gs>${group}) (?:has|had|got|have|gets|received) (?:as|so) (?<place>many|few|much) (?<of>\\S.*?) as (?:which|what|who)(?: one)?$`,
      'i',
    ),
    read: (said, known) => ranked(said, said['place'] === 'few' ? 'lowest' : 'highest', known),
  },
  // "Sort the regions by won amount, lowest first".
  {
    pattern: new RegExp(
      `^${polite}(?:sort|order|rank|arrange|line up|put in order) ${own}(?:the |our |all )*(?<gs>${group}) (?:by|on|for|according to) (?:the |their )?(?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => sorted(ranked(said, '', known)),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:the |our |all )*${own}(?<gs>${group}),? (?:ranked|sorted|ordered|arranged) (?:by|on|for|according to) (?:the |their )?(?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => sorted(ranked(said, '', known)),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:the |a |our )?(?<place>reverse )?(?:podium|ranking|leaderboard|league table|top list|hit list|standings) (?:of|for|among) (?:all |the |our )*${own}(?<gs>${group}) ${about} (?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => ranked(said, said['place'] ?? '', known),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:who|which|what)(?: (?:is|are|was|were|ranks?|ranked|made it))*(?: in| into)? the (?<place>top|bottom) (?<n>${number}) (?:of|among) (?:the |our |all )*${own}(?<gs>${group}) ${about} (?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => ranked(said, said['place'] ?? '', known),
  },
  // "First 3 regions when ranked by won amount", "last 3 regions by won amount": the newest are of records alone.
  {
    pattern: new RegExp(
      `^${polite}(?:the |our )?(?<place>first|top|last|bottom) (?<n>${number}) ${own}(?<gs>${group}) (?:(?:when|if|as) )?(?:ranked |sorted |ordered )?(?:by|for|on) (?:the |their )?(?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) =>
      known.opensWithMetric(said['of'] ?? '') ? ranked(said, said['place'] ?? '', known) : null,
  },
  // "3 regions starting from the lowest won amount".
  {
    pattern: new RegExp(
      `${asked}${own}(?:(?<n>${number}) )?(?<gs>${group}),? (?:starting|beginning|counted|counting) (?:from|with|at) (?:the )?(?<place>${superlative}) (?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => ranked(said, said['place'] ?? '', known),
  },
  // "3 segments with the highest ARR": the most of what is added up.
  {
    pattern: new RegExp(
      `${asked}${own}(?:(?<n>${number}) )?(?<gs>${group}) (?:(?:that|which|who) )?(?:with|having|have|has|had) (?:the )?(?<place>highest|largest|biggest|lowest|smallest) (?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => {
      const found = ranked(said, said['place'] ?? '', known);
      const isPlural =
        found?.gs !== null && found?.gs !== undefined && singular(found.gs) !== found.gs.toLowerCase();
      return found && isPlural ? { ...found, isLimited: !known.opensWithTotal(found.of) } : null;
    },
  },
  // "Busiest category by number of tickets", "top agent by ticket count": the one.
  {
    pattern: new RegExp(
      `^${polite}(?:the |our )?(?<place>top|${superlative}|busiest|quietest) ${own}(?<gs>${group}) (?:by|in terms of|when it comes to|measured by) (?:the |their )?(?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => {
      const isOne = said['gs'] !== undefined && singular(said['gs']) === said['gs'].toLowerCase();
      return isOne && !known.isRecord(said['gs'] ?? '')
        ? single(ranked(said, said['place'] ?? '', known))
        : null;
    },
  },
  // "Most tickets last month by category", "which category dominates tickets".
  {
    pattern: new RegExp(
      `^${polite}(?:the )?(?<place>most|fewest|least) (?<of>\\S.*) (?:by|per) (?<gs>${group})[:,;?-]+ ?(?:and )?(?:who|which|what)(?: one)? (?:wins|won|is it|leads|is first|is on top|is ahead)$`,
      'i',
    ),
    read: (said, known) => single(ranked(said, said['place'] ?? '', known)),
  },
  {
    pattern: new RegExp(
      `^${polite}(?:which|what) (?<gs>${group}) (?:dominates?|dominated|is dominating) (?:in |the )?(?<of>\\S.*)$`,
      'i',
    ),
    read: (said, known) => single(ranked(said, '', known)),
  },
  // "Won amount leaderboard this year, 3 regions only": who stands on it is told with how many.
  {
    pattern: new RegExp(
      `^${polite}(?:the |our |a )*(?<of>\\S.*?) (?:leaderboard|league table|ranking|hit list|standings)(?: (?!of\\b|by\\b|for\\b)(?<when>\\S.*))?$`,
      'i',
    ),
    read: (said, known) => ranked(said, '', known),
  },
  // "Where was SLA compliance highest last week", "highest win rate this year".
  {
    pattern: new RegExp(
      `^${polite}(?:where|when|who|for whom|with whom|in which|for which) (?:did|do|was|were|is|are|has|have) (?:the |our )?(?<of>(?!the\\b|our\\b|${superlative}\\b)\\S.*?) (?:the |at its )?(?<place>${superlative})(?: (?<when>\\S.*))?$`,
      'i',
    ),
    read: (said, known) => ranked(said, said['place'] ?? '', known),
  },
  {
    pattern: new RegExp(`^${polite}(?:the )?(?<place>${superlative}) (?<of>\\S.*)$`, 'i'),
    read: (said, known) => ranked(said, said['place'] ?? '', known),
  },
];

const sorted = (one: Ranked | null): Ranked | null => one && { ...one, isSorted: true };
const single = (one: Ranked | null): Ranked | null => one && { ...one, n: one.n ?? '1' };

/** "… and give me the first 3", "stop after 3", "3 is enough", "just 3 of them", "I want 3 regions". */
const wanted =
  "(?:(?:please|pls|just|only|and|but|then|show|give|name|list|take|me|us|the|a|first|top|stop|end|cut off|limit(?: it)? to|after|at|need|want|like|i|we|i'd|we'd|would|limited to|restricted to|limit|max|maximum) )*";
const limits = new RegExp(
  `(?:\\s?[,;:?.!-]+| and| then) (?<how>${wanted}(?:last |bottom )?)(?<n>${number})(?: (?:of )?(?<gs>${group}))??(?<enough>(?: (?:only|please|pls|max|at most|(?:is|are|will be|would be) (?:enough|plenty|fine|ok)|will do|would do|thanks))*)(?=\\s*[?.!]*$|,)`,
  'i',
);
const placeholder = /^(?:them|those|these|entries|places|names|ones|rows|results|lines|items|positions)$/i;

interface Limited {
  readonly text: string;
  readonly n: string;
  readonly gs: string | null;
  readonly isLast: boolean;
}

function readLimit(text: string, { isGroup }: KnownWords): Limited | null {
  const match = limits.exec(text);
  const { how = '', n = '', gs = '', enough = '' } = match?.groups ?? {};
  if (match === null) return null;
  const isNamed = gs !== '' && !placeholder.test(gs);
  if (isNamed && !isGroup(gs)) return null;
  // A number alone may be a day, a year or what is compared.
  const isRanked =
    new RegExp(`\\b${superlative}\\b`, 'i').test(text.slice(0, match.index)) && Number(n) <= 10;
  if (
    gs === '' &&
    !isRanked &&
    !/\b(?:first|top|last|bottom|after|at|limit\w*|max\w*|just|only|please|pls)\b/i.test(how) &&
    enough === ''
  )
    return null;
  const rest = text.slice(match.index + match[0].length);
  return {
    text: text.slice(0, match.index) + rest,
    n,
    gs: isNamed ? gs : null,
    isLast: /\b(?:last|bottom)\b/i.test(how),
  };
}

const order =
  /,? (?:(?:in )?(?:ascending|descending|asc|desc)(?: order)?|(?:the )?(?:highest|lowest|largest|biggest|smallest|most|fewest|best|worst|top|bottom|longest|shortest|fastest|slowest) (?:ones? )?first|(?:from )?(?:the )?(?:low|lowest|smallest|bottom|fewest|shortest) to (?:the )?(?:high|highest|largest|biggest|top|most|longest)|(?:from )?(?:the )?(?:high|highest|largest|biggest|top|most|longest|best|worst) to (?:the )?(?:low|lowest|smallest|bottom|fewest|shortest|worst|best))(?=\s*[?.!,]*$)/i;

/** "Of all categories, which one had the most tickets": the groups are told first. */
const amongFirst = new RegExp(
  `^(?:out )?(?:of|among|amongst|between|from) (?:all |the |our |these |of )*(?<own>my )?(?<gs>${group}),? ${polite}(?:which|what|who|the)(?: single)?(?: one)?(?: (?:is|was) the one)?(?: (?:that|which|with|having))? (?=(?<verb>has|had|have|got|gets|is|was|saw|shows|the|leads|led|came|ranked)\\b)`,
  'i',
);

type Turn = readonly [RegExp, string | ((...found: string[]) => string)];
const light =
  '(?:contribut(?:e|es|ed)|achiev(?:e|es|ed)|record(?:s|ed)|post(?:s|ed)|regist(?:ers|ered)|scor(?:es|ed)|accumulat(?:es|ed)|rack(?:s|ed) up|attain(?:s|ed)?|reach(?:es|ed)|hits?|shows?|showed|comes? in with|came in with|ends? up with|ended up with|having|(?:is|was|are|were) responsible for|(?:stands?|stood) out (?:with|for|by)|(?:has|have|had) seen)';
const turns: readonly Turn[] = [
  // "Got more tickets than any other": the most of them.
  [
    /\b(?:a |the )?(more|fewer|less|higher|lower|longer|shorter) (\S[^?.!;]*?) than (?:any|all|every|the)(?:one|body)?(?: of)?(?: the| our)?(?: others?| rest| else)(?: (?!in\b|this\b|last\b|on\b|since\b|during\b|over\b)[a-z]+)?/gi,
    (_all = '', degree = '', of = '') => `the ${most(endOf(degree))} ${of}`,
  ],
  [
    new RegExp(
      `\\b${light} (?:the )?(?=(?:most|fewest|least|highest|lowest|largest|smallest|best|worst|biggest|greatest)\\b)`,
      'gi',
    ),
    'with the ',
  ],
  // "3 categories where resolution time was longest".
  [
    new RegExp(
      `\\b(${group}s) (?:where|whose|for which|for whom|with whom|in which|on which)(?: the| our| their)? ((?:[a-z0-9-]+ ){1,4}?)(?:is|was|were|are|has been) (?:the |at its )?(${superlative})\\b`,
      'gi',
    ),
    (_all = '', gs = '', of = '', end = '') => `${gs} with the ${most(endOf(end))} ${of.trim()}`,
  ],
  [/\bgreatest\b/gi, 'highest'],
  [/\b(?:the )?(?:maximum|maximal|max) (?:count|number) of (?=[a-z])/gi, 'the most '],
  [/\b(?:the )?(?:minimum|minimal|min) (?:count|number) of (?=[a-z])/gi, 'the fewest '],
  [/\b(?:with|has|have|had) (?:the )?maximal (?=[a-z])/gi, 'with the highest '],
  [/\b(?:with|has|have|had) (?:the )?minimal (?=[a-z])/gi, 'with the lowest '],
  [/\b(?:highest|largest|biggest) (?:count|number|volume|quantity) of (?=[a-z])/gi, 'most '],
  [/\b(?:lowest|smallest) (?:count|number|volume|quantity) of (?=[a-z])/gi, 'fewest '],
  [
    /\b(which|what|the) (?:single|one) (?=[a-z]+ (?:with|that|which|who|has|have|had|accounts?|got|saw|is|was)\b)/gi,
    '$1 ',
  ],
  [/\b(lowest|highest)[- ](?:ranking|ranked|scoring|placed) (?=[a-z])/gi, '$1 '],
  [
    /\baccount(s|ed)? for the (?:biggest|largest|greatest|highest) (?:share|part|portion|number|amount|proportion|chunk) of\b/gi,
    'had the most',
  ],
  [
    /^(?:the )?(?:opposite|reverse|inverse|contrary) of (?:a|the|our) top (\d{1,2}|three|four|five|ten)[:;,-] ?(?:the )?(?=\S)/i,
    '$1 ',
  ],
];

/** "Ticket numbers", "lead counts": how many there are, where no number of theirs is asked for. */
const counts = /\b(?<about>in|on|for|by|of|with) (?:the )?(?<record>[a-z]+) (?:numbers|counts|volumes)\b/i;

/**
 * "Which region leads in won amount", "sort the agents by CSAT and stop after 3", "where was it lowest? 3 agents please": so many
 * groups at one end of a figure, in one way of saying it.
 *
 * @param text a tidied question
 */
export function inRanks(text: string, known: KnownWords): string {
  const bare = text.replace(/(?:,? (?:please|pls|thanks|thank you))*\s*[?.!]*$/i, '');
  const counted = bare.replace(counts, (all, word: string, record: string) =>
    known.isRecord(record) ? `${word} number of ${record}s` : all,
  );
  const turned = turns.reduce(
    (said, [turn, put]) => (typeof put === 'string' ? said.replace(turn, put) : said.replace(turn, put)),
    counted,
  );
  const among = amongFirst.exec(turned)?.groups;
  const plain =
    among?.['gs'] !== undefined && known.isGroup(among['gs'])
      ? turned.replace(
          amongFirst,
          `which ${among['own'] ?? ''}${singular(among['gs'])} ${among['verb'] === 'the' ? 'has ' : ''}`,
        )
      : turned;
  return asRanked(plain, known) ?? (plain === bare ? text : plain);
}

const singular = (gs: string): string => {
  const words = gs.split(' ');
  return [...words.slice(0, -1), canonical((words.at(-1) ?? '').toLowerCase())].join(' ');
};

function asRanked(text: string, known: KnownWords): string | null {
  const [outer] = order.exec(text) ?? [];
  const first = outer === undefined ? text : text.replace(order, '');
  const limited = readLimit(first, known);
  const inner = limited?.text ?? first;
  const [also] = order.exec(inner) ?? [];
  const core = (also === undefined ? inner : inner.replace(order, '')).replace(/[\s,;:.?!-]+$/, '');
  const said = forms.reduce<Ranked | null>((found, { pattern, read }) => {
    const groups = found === null ? pattern.exec(core)?.groups : undefined;
    return groups === undefined ? found : read(groups, known);
  }, null);
  const way = outer ?? also;
  return said === null ? null : worded(said, limited, way === undefined ? null : endOf(way));
}

/** "The highest ARR" may be a figure of its own; the most of it is not. */
const most = (end: End): string => (end === 'highest' ? 'most' : end === 'lowest' ? 'least' : end);
const atEnd = (end: End): string => {
  if (end === 'best' || end === 'worst') return end;
  return end === 'highest' || end === 'slowest' ? 'top' : 'bottom';
};

function worded(said: Ranked, limited: Limited | null, way: End | null): string | null {
  const gs = said.gs === null || said.gs === 'who' ? (limited?.gs ?? said.gs) : said.gs;
  const n = (limited?.n ?? said.n)?.replace(/^one$/i, '1') ?? null;
  const end = limited?.isLast === true ? 'lowest' : (way ?? said.end);
  if (gs === 'who') return limited === null ? `who has the ${most(end)} ${said.of}` : null;
  if (gs === null || (said.isLimited === true && limited === null)) return null;
  // Sorted, and all of them: in that order.
  if (n === null && said.isSorted) return way === null ? null : `${said.of} by ${gs}, ${way} first`;
  const isOne = n === null && singular(gs) === gs.toLowerCase();
  return `${atEnd(end)} ${n === null ? (isOne ? '1 ' : '') : `${n} `}${gs} by ${said.of}`;
}
