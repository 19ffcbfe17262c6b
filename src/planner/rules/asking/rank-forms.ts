import { canonical } from '../canonical.ts';
import type { KnownWords } from './known-words.ts';
import {
  about,
  type End,
  endOf,
  group,
  isBareVerb,
  number,
  polite,
  superlative,
  takesPlace,
} from './places.ts';

/** "Which of the agents was" asks for one of them. */
const asked = `^${polite}(?<lead>(?<one>(?:who|which|what)(?: one)? of (?!.*? (?:are|were|have) ))|(?:who|what|which|whoever)(?:'s| (?:is|are|was|were))? )?(?:the |our |one |all )*`;
const own = "(?<own>my team's |my )?";

/** How many of which groups at which end of what. */
export interface Ranked {
  /** Null: told with how many, "3 agents please"; `who` is whoever has the figure. */
  readonly gs: string | null;
  readonly n: string | null;
  readonly end: End;
  readonly of: string;
  /** "Sort the regions": all of them, unless it is told how many. */
  readonly isSorted?: true;
  /** "Reps by win rate": each of them, in no order that is said. */
  readonly isEach?: true;
  /** Plain enough as it is, unless it is told how many. */
  readonly isLimited?: boolean;
}

type Said = Readonly<Record<string, string | undefined>>;
type Keep = (found: Ranked, said: Said, known: KnownWords) => Ranked | null;
/** Points of time rank by a course of their own. */
const isTime = /^(?:time|hour|day|week|month|quarter|year|weekday|date)s?$/i;

function ranked(said: Said, { isGroup, opensWithFigure }: KnownWords): Ranked | null {
  const { gs, own: whose = '', of = '', when = '', place = '' } = said;
  const n = said['n'] ?? (said['one'] === undefined ? null : '1');
  const figure = `${of.replace(/^(?:the|our) /i, '')}${when === '' ? '' : ` ${when}`}`;
  if (!opensWithFigure(figure) || (gs !== undefined && (!isGroup(gs) || isTime.test(gs)))) return null;
  return { gs: gs === undefined ? null : `${whose}${gs}`, n, end: endOf(place), of: figure };
}

export const singular = (gs: string): string => {
  const words = gs.split(' ');
  return [...words.slice(0, -1), canonical((words.at(-1) ?? '').toLowerCase())].join(' ');
};
export const isSingular = (gs: string): boolean => singular(gs) === gs.toLowerCase();

const sorted: Keep = (found) => ({ ...found, isSorted: true });
const each: Keep = (found, _said, known) =>
  isSingular(found.gs ?? '') || !known.opensWithMeasure(found.of)
    ? null
    : { ...found, isSorted: true, isEach: true };
const single: Keep = (found) => ({ ...found, n: found.n ?? '1' });
/** "Converted leads in": they lead only where somebody is asked for or told by a clause. */
const noNoun: Keep = (found, { place = '', that, lead }) =>
  isBareVerb.test(place) && that === undefined && lead === undefined ? null : found;
const ofTotals: Keep = (found, _said, known) =>
  isSingular(found.gs ?? '') ? null : { ...found, isLimited: !known.opensWithTotal(found.of) };
const theOne: Keep = (found, said, known) =>
  isSingular(found.gs ?? '') && !known.isRecord(said['gs'] ?? '') ? single(found, said, known) : null;

const forms = (
  [
    // "Which region leads in won amount", "the 3 agents that came out on top for CSAT", "who came last in".
    [
      `${asked}${own}(?:(?<n>${number}) )?(?:single )?(?<gs>${group}) (?<that>(?:that|which|who) )?(?<place>${takesPlace}) ${about} (?<of>\\S.*)$`,
      noNoun,
    ],
    // "Is there one agent that beats all others in tickets solved, and which".
    [
      `^${polite}(?:is|was) there (?:a|an|any|one|some) (?:single )?(?<gs>${group}) (?:that|which|who) (?<place>${takesPlace}) ${about} (?<of>\\S.*?)(?:,? (?:and|if so),? (?:if so,? )?(?:which|who|what)(?: one)?(?: (?:is|was) (?:it|that))?)?$`,
      single,
    ],
    [
      `^${polite}(?:who|what|which)(?: one)? (?<place>${takesPlace}) ${about} (?<of>\\S.*)$`,
      (found) => ({ ...found, gs: 'who' }),
    ],
    // "The 3 agents at the very bottom of the CSAT ranking last week".
    [
      `${asked}${own}(?:(?<n>${number}) )?(?<gs>${group}) (?:(?:that|which|who) )?(?:(?:is|are|was|were|stands?|sits?) )?(?<place>(?:at|on|in) (?:the )?(?:very )?(?:top|bottom|head|foot|end|tail end|front)) (?:of|in) (?:the |our )?(?<of>(?!the\\b|our\\b)\\S.*?) (?:ranking|leaderboard|table|list|chart|standings)(?: (?<when>\\S.*))?$`,
    ],
    // "Which regions make up the top 3 for won amount".
    [
      `${asked}${own}(?<gs>${group}) (?:that |which |who )?(?:makes?|made|forms?|get|got|are|were|is|was|belong|count)(?: up)?(?: in| into| to| among)? (?:the |our )?(?<place>top|bottom|first|last) (?<n>${number}) ${about} (?<of>\\S.*)$`,
    ],
    // "The first 3 places among the regions by won amount", "tail end of the agents by CSAT".
    [
      `${asked}(?<place>first|top|last|bottom|tail end|lower end|upper end|bottom end)(?: (?<n>${number}))?(?: (?:places?|spots?|positions?|ranks?|entries|end|names))? (?:among|of|in|amongst|from) (?:the |our |all )*${own}(?<gs>${group}) ${about} (?<of>\\S.*)$`,
    ],
    // "The 3 leading regions in won amount", "the #1 category for tickets".
    [
      `${asked}${own}(?:(?<n>${number}) )?(?<place>leading|trailing|number one|number 1|no\\.? ?1|#1|(?:lowest|highest|top|bottom)[- ](?:ranking|ranked|scoring|placed|performing)) (?<gs>${group}) ${about} (?<of>\\S.*)$`,
    ],
    // "Who is number one for tickets last month, by category".
    [
      `^${polite}(?:who|what|which)(?:'s| (?:is|was|are|were)) (?:our |the )?(?<place>number one|number 1|no\\.? ?1|#1|first|top|last|in front|on top|in the lead|ahead|leading) ${about} (?<of>\\S.*?)[,;:-]? (?:by|per|among|out of|which|what|of) (?:all |the |our )*(?<gs>${group})$`,
      single,
    ],
    // "Where did most tickets come in last month, which category", "which category do most tickets belong to".
    [
      `^${polite}where (?:did|do|does|have|has) (?:we (?:have|get|see) )?(?:the )?(?<place>most|fewest|least) (?:of (?:the |our )?)?(?<of>\\S.*?) (?:come|came|arrive|originate|occur|happen|land|fall)(?: in| from| up| into)?(?: (?<when>\\S.*?))?[?.,;:-]+ ?(?:(?:so|and|i mean|meaning|that is|by which i mean),? )*(?:in |for |from |by |per )?(?:(?:which|what) )?(?<gs>${group})$`,
      single,
    ],
    [
      `^${polite}(?:to |in |under |from )?(?:which|what) (?<gs>${group}) (?:(?:does|do|did) )?(?:the )?(?<place>most|fewest|(?:biggest|largest|greatest|highest|smallest|lowest) (?:share|part|portion|number|amount|proportion|chunk) of)(?: of)?(?: the| our)? (?<of>\\S.*?) (?:belong|belongs|belonged|go|goes|went|fall|falls|fell|come|comes|came)(?: to| into| in| from| under)?(?: (?<when>\\S.*))?$`,
    ],
    // "No other category had as many tickets as which one".
    [
      `^no other (?<gs>${group}) (?:has|had|got|have|gets|received) (?:as|so) (?<place>many|few|much) (?<of>\\S.*?) as (?:which|what|who)(?: one)?$`,
    ],
    // "Sort the regions by won amount, lowest first".
    [
      `^${polite}(?:sort|order|rank|arrange|line up|put in order) ${own}(?:the |our |all )*(?<gs>${group}) (?:by|on|for|according to) (?:the |their )?(?<of>\\S.*)$`,
      sorted,
    ],
    [
      `^${polite}(?:the |our |all )*${own}(?<gs>${group}),? (?:ranked|sorted|ordered|arranged) (?:by|on|for|according to) (?:the |their )?(?<of>\\S.*)$`,
      sorted,
    ],
    [
      `^${polite}(?:the |a |our )?(?<place>reverse )?(?:podium|ranking|leaderboard|league table|top list|hit list|standings) (?:of|for|among) (?:all |the |our )*${own}(?<gs>${group}) ${about} (?<of>\\S.*)$`,
    ],
    [
      `^${polite}(?:who|which|what)(?: (?:is|are|was|were|ranks?|ranked|made it))*(?: in| into)? the (?<place>top|bottom) (?<n>${number}) (?:of|among) (?:the |our |all )*${own}(?<gs>${group}) ${about} (?<of>\\S.*)$`,
    ],
    // "First 3 regions when ranked by won amount", "last 3 regions by won amount": the newest are of records alone.
    [
      `^${polite}(?:the |our )?(?<place>first|top|last|bottom) (?<n>${number}) ${own}(?<gs>${group}) (?:(?:when|if|as) )?(?:ranked |sorted |ordered )?(?:by|for|on) (?:the |their )?(?<of>\\S.*)$`,
      (found, _said, known) => (known.opensWithMetric(found.of) ? found : null),
    ],
    // "3 regions starting from the lowest won amount".
    [
      `${asked}${own}(?:(?<n>${number}) )?(?<gs>${group}),? (?:starting|beginning|counted|counting) (?:from|with|at) (?:the )?(?<place>${superlative}) (?<of>\\S.*)$`,
    ],
    // "3 segments with the highest ARR": the most of what is added up.
    [
      `${asked}${own}(?:(?<n>${number}) )?(?<gs>${group}) (?:(?:that|which|who) )?(?:with|having|have|has|had) (?:the )?(?<place>highest|largest|biggest|lowest|smallest) (?<of>\\S.*)$`,
      ofTotals,
    ],
    // "Busiest category by number of tickets", "top agent by ticket count": the one.
    [
      `^${polite}(?:the |our )?(?<place>top|${superlative}|busiest|quietest) ${own}(?<gs>${group}) (?:by|in terms of|when it comes to|measured by) (?:the |their )?(?<of>\\S.*)$`,
      theOne,
    ],
    // "Most tickets last month by category", "which category dominates tickets".
    [
      `^${polite}(?:the )?(?<place>most|fewest|least) (?<of>\\S.*) (?:by|per) (?<gs>${group})[:,;?-]+ ?(?:and )?(?:who|which|what)(?: one)? (?:wins|won|is it|leads|is first|is on top|is ahead)$`,
      single,
    ],
    [
      `^${polite}(?:which|what) (?<gs>${group}) (?:dominates?|dominated|is dominating) (?:in |the )?(?<of>\\S.*)$`,
      single,
    ],
    // "Won amount leaderboard this year, 3 regions only": who stands on it is told with how many.
    [
      `^${polite}(?:the |our |a )*(?<of>\\S.*?) (?:leaderboard|league table|ranking|hit list|standings)(?: (?!of\\b|by\\b|for\\b)(?<when>\\S.*))?$`,
    ],
    // "Where was SLA compliance highest last week", "highest win rate this year".
    [
      `^${polite}(?:where|when|who|for whom|with whom|in which|for which) (?:did|do|was|were|is|are|has|have) (?:the |our )?(?<of>(?!the\\b|our\\b|${superlative}\\b)\\S.*?) (?:the |at its )?(?<place>${superlative})(?: (?<when>\\S.*))?$`,
    ],
    [`^${polite}(?:the )?(?<place>${superlative}) (?<of>\\S.*)$`],
    // "Reps by win rate", "teams by CSAT": the figure of each of them.
    [`^${polite}(?:the |our |all )*${own}(?<gs>${group}) by (?:the |their )?(?<of>\\S.*)$`, each],
  ] as readonly (readonly [string, Keep?])[]
).map(([pattern, keep]) => ({ pattern: new RegExp(pattern, 'i'), keep }));

/** The first form that a question has. */
export function readRank(text: string, known: KnownWords): Ranked | null {
  for (const { pattern, keep } of forms) {
    const said = pattern.exec(text)?.groups;
    const found = said === undefined ? null : ranked(said, known);
    const kept =
      found === null || said === undefined || keep === undefined ? found : keep(found, said, known);
    if (kept !== null) return kept;
  }
  return null;
}
