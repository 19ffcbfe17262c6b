import type { StoredValues } from '../../query/stored-values.ts';
import { monthPattern } from './time/time-words.ts';
import { rephrased, type Turn } from './turn.ts';

const deals = '(?:deals|opps|opportunities)';
const kinds =
  '(?:accounts|customers|clients|companies|partners|agents|reps|colleagues|leads|tickets|deals|opportunities|subscriptions|contacts|products)';
const done =
  'opened|raised|created|logged|filed|submitted|sent|won|lost|solved|closed|made|had|placed|used|bought|signed|open|raise|create|log|file|submit|send|win|lose|solve|close|make|have|place|use|buy|sign';

/** Plain questions, in the form that the rest of the grammar knows. */
const turns: readonly Turn[] = [
  // "Breaches in the team since Monday": whoever asks sees their own team.
  [
    new RegExp(
      `(?<!\\b(?:who|anyone|anybody|somebody|everyone|people|agents|reps|members|else|many|which) (?:\\w+ )?)\\b(?:in|within|across) the (?:whole |entire )?team(?=\\s*[?.!,]|$| (?:since|this|last|today|yesterday|in|on|by|per|so|right|now|over|during|${monthPattern})\\b)`,
      'gi',
    ),
    '',
  ],
  [new RegExp(`^(?:the )?team (?=${deals}\\b|tickets\\b|leads\\b|escalations\\b)`, 'i'), 'our '],
  // "Where do most of my leads come from".
  [/^where (do|did|does) (?:the )?(?:most|majority|bulk)(?: of)? (?=(?:my|our|the|all)?\s?\w)/i, 'where $1 '],
  [
    /^(?:are|is|were) (?:any|some|there any|there) (\w+s) (?:that are |who are )?(involved in|assigned to|working on|attached to|linked to) /i,
    'which $1 are $2 ',
  ],
  // "Deals that have been in the same stage for over 60 days".
  [
    new RegExp(
      `\\b(${deals}) (?:(?:that|which) )?(?:(?:have|has|are|were|been|being|sitting|sat|stayed|remained|stuck|still) )*(?:in|at) (?:the same|one|their|its|the|a|their current|the current)(?: one| single)? stage (?:for )?(?=(?:over|more than|longer than|at least|under|less than) \\d)`,
      'gi',
    ),
    '$1 in their stage for ',
  ],
  [new RegExp(`\\b(our|my) (${deals} in their stage for)`, 'gi'), '$1 open $2'],
  // "Do any of our at-risk accounts have a renewal before year end": a subscription that renews.
  [
    new RegExp(
      `\\b(?:do|does|did|have|has) any of (my|our|the) ([^,?]*?${kinds}) (?:have|has|got|see) (?:an? |any )?(?:upcoming )?renewals? (?:date )?(?=\\S)`,
      'gi',
    ),
    'list $1 $2 with a subscription that renews ',
  ],
  [
    new RegExp(
      `\\b(${deals}) (?:(?:that|which) are )?(?:forecast(?:ed)?|categori[sz]ed|classified|committed) (?:as|in|under) (?:an? |the )?(\\S+(?: case)?)(?: (?:for|in))? (?=(?:this|next|last) (?:month|quarter|year))`,
      'gi',
    ),
    '$1 in forecast category $2 closing ',
  ],
  // "Naomi's commit forecast for December": what she expects to close then, in that category.
  [/\bcommit(?:ted)? forecast\b/gi, 'open amount by close date in forecast category commit'],
  [
    /^("[^"]+"|\p{Lu}[\p{L}\d& .-]*?) (?:is|was) (?:the |a |our )?partner (?:on|of|in|for|with) (?:which|what)(?: of)? (?:(?:our|my|the|your) )?(?=deals|opportunities|opps)(\w+)/u,
    'deals with $1 as partner',
  ],
  // "Did any customer cancel their subscription".
  [
    /^(?:did|has|have) (?:any|some|a|anyone|anybody|any of (?:my|our)) ?(?:customers?|accounts?|clients?)? (?:cancel|cancelled|canceled|terminate|terminated|end|ended) (?:their|its|a|the|any) (subscription|contract|plan)s?\b/i,
    'which $1s were cancelled',
  ],
  // "How has its health moved over the last three months": its course.
  [
    /^how (has|have|did|does|do) (?!(?:i|we|you|they|it)\b)(\S.*?) (?:moved?|trend(?:ed)?|fared?|tracked|progressed?|held up|shaped up) (?=(?:over|in|during|since|this|last|across)\b)/i,
    'how $1 $2 developed ',
  ],
  [
    new RegExp(
      `^(?:have|has|did) any (?:of (?:my|our|the) )?(${kinds}) (?=(?:${done}) (?:more than|over|at least|fewer than|less than) )`,
      'i',
    ),
    'which $1 ',
  ],
  [
    /^(?:(?:please|pls|can you|could you) )*(?:plot|graph|draw|chart|visuali[sz]e) (?:me )?(?=(?:hourly|daily|weekly|monthly|quarterly) )/i,
    'show ',
  ],
  [
    /\bhow many of (?:its|their|the|his) (?:paid |licen[cs]ed |purchased |booked )?(?:seats|licen[cs]es) (?:is|are|does|do|has|have) ([^?]+?) (?:using|use|used|in use|actually using)\b/gi,
    'seats used of $1',
  ],
  // "When during the week do we need the most agents".
  [
    /^when (?:during|in|over|of) the week do (?:we|i|you) need (?:the )?most (?:agents|people|staff)\b/i,
    'agents needed by weekday and hour, most first',
  ],
  [
    /^when (?:during|in|over) the day do (?:we|i|you) need (?:the )?most (?:agents|people|staff)\b/i,
    'agents needed by hour of the day, most first',
  ],
  // "Any of my tickets hitting their SLA deadline today".
  [
    /\b(tickets|cases)\b((?: \w+){0,3}?) (?:(?:that|which) )?(?:(?:are|is|will|going to|about to) )*(?:hit(?:ting)?|reach(?:ing)?|run(?:ning)? into|approach(?:ing)?|near(?:ing)?|due to hit) (?:their|the|its|an?) sla (?:deadline|target|due date|limit)s?\b/gi,
    '$1$2 with an SLA due',
  ],
  [/\bthe most negative (?=sentiment|mood|tone)/gi, 'the lowest '],
  [/\bthe most positive (?=sentiment|mood|tone)/gi, 'the highest '],
  [
    /\b(was|were|am|is|are|been) (i|we|"[^"]+"|[A-Z]\w+) set (?:to|as) (?=away|online|offline|invisible|available)/gi,
    '$1 $2 ',
  ],
  // "Which of my open tickets has the lowest sentiment".
  [
    /^(?:which|what) (?:of )?((?:my |our |the )?(?:\w+ ){0,2}(?:tickets|cases))(?: has| have| had| got| with)? the (lowest|highest|worst|best) (?:customer )?(?:sentiment|mood|tone)(?: score)?\b/i,
    '$1 sorted by sentiment score, $2 first',
  ],
  // "Which of my open tickets has the most replies": those written on it.
  [
    /^(?:which|what) (?:of )?((?:my |our |the )?(?:\w+ ){0,2}(?:tickets|cases))(?: has| have| had| got| with)? the (most|fewest|least) (?:public |agent )?(?:repl(?:y|ies)|answers)\b/i,
    '$1 sorted by replies, $2 first',
  ],
];

/** "AMER" where the records say "Americas": what is stored decides, and is never changed into something else. */
function inStoredRegions(text: string, stored: StoredValues | undefined): string {
  const isStored = (value: string): boolean =>
    [...(stored?.values() ?? [])].some((values) => values.some((one) => one.toLowerCase() === value));
  return isStored('americas') && !isStored('amer') ? text.replace(/\bamer\b/gi, 'Americas') : text;
}

/** @param text a question as it was typed */
export const inPlainQuestion = (text: string, stored?: StoredValues): string =>
  rephrased(inStoredRegions(text, stored), turns).replace(/ {2,}/g, ' ').trim();
