const tickets = '(?:tickets?|cases?|tix|tkts?)';
const missed =
  '(?:breach(?:ed|es|ing)?|miss(?:ed|es|ing)?|br[eo]ke|break(?:s|ing)?|broken|violat(?:ed|es|ing)|violate|fail(?:ed|s|ing)?|bl[eo]wn?|overr[au]n|exceed(?:ed|s)?|(?:went|go|gone|goes|ran|run) (?:over|past|beyond))';
const whose = '(?:(?:the|their|its|our|my|an?|any|some|one of their|at least one|more than one) )?';
const promise =
  '(?<kind>(?:first (?:reply|response) |next (?:reply|response) |resolution |periodic update )?)(?:slas?(?: (?:targets?|deadlines?|times?|clocks?|promises?))?|(?<=(?:reply|response|resolution) )(?:targets?|deadlines?|goals?))';
const counted =
  /\b(?:how (?:many|much|often)|number|count|share|percent(?:age)?|rate|ratio|average|most|fewest|least|more|fewer|than|by|per|each|every|trend|without|no|not|never|and are|still|or|vs|versus|group(?:ed)?|total)\b|%|\d{4,}/i;

/** What has not been missed yet. */
const ahead =
  /\b(?:will|about to|going to|next|may|might|could|soon|likely|due|close to|near|tomorrow|(?:at )?risk(?:s|ing)?|danger)\b/i;
/** Somebody asks for them; "tickets with an SLA breach in September" heads a figure. */
const asked =
  /^(?:(?:please|pls|can you|could you|and|so) )*(?:which|what|list|show|give|name|find|did|have|has|do|on which|where)\b|\b(?:my|mine|me|i|our)\b/i;

/** "Which agents' tickets" asks for agents. */
const others = /\b(?:agents?|teams?|reps?|customers?|accounts?|products?|partners?|regions?|colleagues?)\b/i;

/** A list of tickets each of which missed a promise: what says so stands behind the noun, before the time. */
const turns: readonly RegExp[] = [
  // "Which of my tickets breached SLA this week", "tickets of mine that missed their resolution SLA".
  new RegExp(
    `^(?<rows>.*\\b${tickets}\\b[^?.!,]*?),? (?:(?:that|which|where|who) )?(?:(?:have|has|had|already|did) )*(?<doer>(?:i|we) )?(?:(?:have|had) )?${missed} ${whose}${promise}(?<rest>.*)$`,
    'i',
  ),
  // "Open tickets that are already past their resolution target".
  new RegExp(
    `^(?<rows>.*\\b${tickets}\\b[^?.!,]*?),? (?:(?:that|which) )?(?:(?:are|is|have|has|already|currently|now|gone|been) )*(?<now>past|over|beyond) (?:their|its|the) (?<kind>(?:first (?:reply|response) |resolution )?)(?:slas?(?: (?:targets?|deadlines?))?|targets?|deadlines?)(?<rest>(?: .*)?[?.!]*)$`,
    'i',
  ),
  // "Tickets with an SLA breach".
  new RegExp(
    `^(?<rows>.*\\b${tickets}\\b[^?.!,]*?),? (?:with|that had|that have|having) ${whose}(?:${promise} (?:breach(?:es)?|miss(?:es)?|violations?)|(?:breached|missed|violated|broken) (?:slas?|sla (?:targets?|clocks?)))(?<rest>.*)$`,
    'i',
  ),
  new RegExp(
    `^(?:for|on|of|in|with) (?<rows>(?:which|what) (?:of (?:my|our|the) )?(?:\\w+ )?${tickets}) (?:(?:was|were|is|are|has|have|did) )(?:(?:the|their|its|an?|any|our) )?${promise} (?:been )?(?:breached|missed|violated|broken)(?<rest>.*)$`,
    'i',
  ),
  // "My SLA breaches this week, list the tickets", "where did I break the SLA? tickets please".
  new RegExp(
    `^(?<rows>my|our) ${promise} (?:breaches|misses|violations)(?<rest>[^,?.;:]*)[,?.;:]+ ?(?:please |just )?(?:(?:list|show|give|name)(?: me)? )?(?:the |those |all )*${tickets}(?: please| pls)?[.!]*$`,
    'i',
  ),
  new RegExp(
    `^(?:where did|did|have) (?<rows>i|we) ${missed} ${whose}${promise}(?<rest>[^,?.;:]*)[,?.;:]+ ?(?:please |just )?(?:(?:list|show|give|name)(?: me)? )?(?:the |those |all )*${tickets}(?: please| pls)?[.!]*$`,
    'i',
  ),
  new RegExp(
    `^(?:on|in|for|with) (?:which|what) (?:of (?:my|our) )?${tickets} (?:did|have|has) (?<rows>i|we) ${missed} ${whose}${promise}(?<rest>.*)$`,
    'i',
  ),
  // "This week's SLA-breached tickets, only mine".
  new RegExp(
    `^(?:(?:show|list|give)(?: me)? )?(?<rest>(?:(?:this|last) (?:week|month|quarter|year)|today|yesterday)(?:'s|s) )?(?<rows>(?:(?:my|our|the|all|open|urgent|high) )*)sla[- ](?:breached|missed) ${tickets}(?<more>.*)$`,
    'i',
  ),
];

/** Of which promise, as it stands behind the clock. */
const kindOf = (kind: string): string =>
  kind.trim() === '' ? '' : `for ${kind.trim().replace(/reply/i, 'response')} `;

/** The rows as "my open tickets", whether somebody asks which of them, or whether any. */
function rowsOf(said: string): string {
  const rows = said
    .trim()
    .replace(
      /^(?:(?:on|for|with|in|which|what|did|do|have|has|any|show|list|give|me|some|are|there|of|please|pls|can|could|you) )+(?=\S)/i,
      '',
    )
    .replace(/\b(?:assigned to|owned by) me\b/i, 'of mine')
    .replace(/^(?:i|my)$/i, 'my tickets')
    .replace(/^(?:we|our)$/i, 'tickets');
  return rows === '' ? 'tickets' : rows;
}

/**
 * "Which of my tickets breached their SLA this week" asks for tickets, each once, however many of its promises one of them
 * missed. A number of them, and what is told of several kinds of promises, is another matter.
 *
 * @param text a question as it was typed
 */
export function ofMissedPromises(text: string): string {
  if (counted.test(text) || ahead.test(text) || !asked.test(text)) return text;
  for (const turn of turns) {
    const { rows, doer = '', kind = '', rest = '', more = '', now } = turn.exec(text)?.groups ?? {};
    if (rows === undefined || others.test(rows)) continue;
    const mine = /\b(?:only |just )?mine\b(?: only)?/i.test(more) || /^i /i.test(doer) ? 'my ' : '';
    const named = rowsOf(rows);
    const noun = new RegExp(`\\b${tickets}\\b`, 'i');
    const all = noun.test(named) ? named : `${named} tickets`;
    // What is past its target is still open; what was solved too late has missed it.
    const isRunning =
      now !== undefined && !/\b(?:open|unsolved|pending|solved|closed|were|was|had)\b/i.test(text);
    const records = isRunning ? all.replace(noun, 'open $&') : all;
    const tail = `${rest.replace(/(?:'s|s) $/, '')}${mine === '' ? more : ''}`
      .replace(/,? (?:and )?which(?: ones?)?(?: are they| were they)?[?.!]*$/i, '')
      .replace(/[?.!]+$/, '');
    return `list ${mine}${records} with at least one breached SLA clock ${kindOf(kind)}${tail.trim()}`
      .replace(/ {2,}/g, ' ')
      .trim();
  }
  return text;
}
