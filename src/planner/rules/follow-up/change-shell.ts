import { rephrased, type Turn } from '../turn.ts';

/** The answer before as a whole, as people point at it. */
const pointed =
  '(?:it|them|those|these|(?:that|this)(?! (?:hour|day|week|month|quarter|year|morning|afternoon|evening|time)\\b))';
const things =
  '(?:one|number|figure|count|total|result|results|table|list|chart|graph|plot|breakdown|split|numbers|figures|answer|data|report|query|question|thing)';
export const shownThing = `(?:(?:the|that|this|those|these|your) (?:very )?(?:same )?${things}|(?:the )?same(?: ${things})?|${pointed})`;

const modal = '(?:can|could|would|will) (?:you|we|i)(?: (?:also|just))*';
const wanting =
  "(?:i|we)(?:'d| would)?(?: (?:actually|also|just|really|only))* (?:like|love|prefer|need|want|wanted)(?: to)?";
const polite = `(?:${modal}|${wanting}|i(?:'m| am) (?:interested in|looking for)|let(?:'s| me| us)|what if (?:you|we|i)|if (?:you|we|i)|(?:would|do) you mind(?: (?:checking|telling|showing|giving|looking up)(?: (?:me|us))?)?|(?:need|want) (?=it\\b|that\\b|this\\b|them\\b|those\\b)|please|pls|kindly|maybe|perhaps|quickly)`;
const giving =
  '(?:show|showing|give|giving|get|getting|have|do|doing|run|running|rerun|re-run|redo|repeat|recalculate|recompute|see|check|checking|look at|make|making|calculate|compute|tell|pull|pull up|bring up|display|view|know)(?: me| us)?';

/** "Only", "just" and what comes to it: "I only care about", "I just need to see". */
const narrowing =
  /^(?:so |but |and )?(?:i|we) (?:only|just) (?:care about|want(?: to see)?|need(?: to see)?|mean|meant|am interested in|look at) (?:the )?/i;

const atEnd: readonly Turn[] = [
  [/,? (?:please|pls|thanks|thx)$/i, ''],
  [/ this time$/i, ''],
  // What stays as it is need not be said.
  [
    /,? (?:and |but )?(?:keep(?:ing)?|leave|leaving|with) (?:the )?same (?:grouping|groups|breakdown|split|columns|table|layout|format|filters?)$/i,
    '',
  ],
  [/,? (?:and |but )?same (?:grouping|groups|breakdown|split|columns|layout|format|filters?)$/i, ''],
  [
    /,? (?:and |but )?(?:keep|leave) (?:the )?(?!only|just|those|them|\d)[a-z]+s?(?: (?:as (?:is|it is|they are|before)|in place|there))?$/i,
    '',
  ],
];

/** A wish twice: with all that it said where it points at nothing shown, and bare. */
interface Unwrapped {
  readonly text: string;
  readonly wish: string;
}

/**
 * A wish without what is said around it: "could I see those figures per priority" becomes "per priority", "rerun that,
 * period = last month" becomes "same, last month". A text that speaks of nothing shown stays as it is.
 */
export function withoutShell(typed: string): Unwrapped {
  const text = rephrased(forMe(typed), atEnd);
  if (narrowing.test(text)) return both(text.replace(narrowing, 'only '));
  const row = text.replace(
    /\bone (?:row|line|bar|column|point|value|number) (?:per|for each|for every|by)\b/gi,
    'per',
  );
  const wish = row.replace(opening, '').replace(wishing, '').trim();
  if (samePeriod.test(wish)) return { text: row, wish };
  const change = wish.replace(changing, 'same ');
  if (change !== wish) return both(change);
  const shown = shownFirst.exec(wish);
  const isWish = wish !== row.replace(opening, '').trim();
  if (shown === null || !(isWish || /\bsame\b|^(?:re-?(?:do|run)|repeat|need|give me|show me)\b/i.test(wish)))
    return { text: row, wish };
  const behind = wish.slice(shown[0].length).replace(/^[\s,:]+/, '');
  // "Same with logins" is of another figure, where "that with logins" has both.
  const isSame = /\bsame$/i.test(shown[0].trim());
  const rest = (isSame ? behind.replace(/^with (?=\S)/i, 'for ') : behind).replace(
    /^(?:time ?frame|period|range|date range) ?[:=] ?/i,
    '',
  );
  if (rest === '' || isClause.test(rest)) return { text: row, wish };
  const isSaid =
    /^(?:by|per|for each|for every|as|in|with|without|sorted|only|just|from (?:high|low|big|small|large)\w*|highest|lowest|largest|smallest|oldest|newest)\b/i.test(
      rest,
    );
  return both(
    isSaid
      ? rest.replace(/^(?:for each|for every) /i, 'per ')
      : `same for ${rest.replace(/^(?:but|only|just|now|for|of|on)[ ,:]+/gi, '')}`,
  );
}

const both = (text: string): Unwrapped => ({ text, wish: text });

const samePeriod =
  /^(?:for |in |over )?(?:the )?same (?:period|month|week|quarter|year|time|day|range|time ?frame)\b/i;
const opening = /^(?:(?:ok(?:ay)?|and|so|now|but|hey|hi|thanks|hm+|well|right|great|no)[,.! ]+)*/i;
const wishing = new RegExp(
  `^(?:(?:(?:what|how)(?:'s| is| was| would| will| does| do| did)? ${shownThing}(?: be| look)?(?: like)? )?(?:${polite}[, ]+)+)`,
  'i',
);
const shownFirst = new RegExp(
  `^(?:${giving} )*(?:me |us )?${shownThing}(?: (?:again|now|too))?(?=[ ,:]|$)`,
  'i',
);
const isClause =
  /^(?:is|are|was|were|has|have|had|do|does|did|that|which|who|whom|whose|where|we|i|you|they|not|go|goes|went|compare|stack|look|add|up|down|out|in there)\b/i;
const changing = new RegExp(
  `^(?:change|switch|swap|set|move|turn|replace)(?: (?:${shownThing}|the (?:time ?frame|time|period|range|dates?|time range|date range|month|week)))(?: (?:to|into|over to|for|with|=))?[ :=]+(?=\\S)|^(?:time ?frame|period|range|date range) ?[:=] ?`,
  'i',
);

/** "Slice that by agent for me": a favour, and not mine. */
function forMe(text: string): string {
  const isFavour = new RegExp(
    `^(?:${polite}[, ]+)*(?:(?:please|can you|could you) )?(?:slice|split|break|group|sort|rank|order|check|list|show|plot|chart|count|add|put|single|pick|look|run|do|cut|filter|exclude|compare)\\b.* for me$`,
    'i',
  );
  return isFavour.test(text) ? text.replace(/ for me$/i, '') : text;
}
