import { rephrased, type Turn } from './turn.ts';

const when =
  '(?:(?:right )?now|today|currently|at the moment|yesterday|this|last|in|for|by|per|since|over|during|until|so far)';
const state = '(?:overloaded|underutilised|underutilized|online|offline|away|busy|free|available|idle)';
const staff = '(?:people|folks|guys|crew|colleagues|staff)';
const dealNouns = '(?:deals|opportunities|opps)';
const ends = '(?=\\s*[?.!]*$)';
const records =
  '(?:customers?|accounts?|clients?|deals?|tickets?|leads?|partners?|subscriptions?|renewals?|campaigns?)';

/** Of the team, its people and whoever is one of several: said about somebody, asked of all of them. */
const turns: readonly Turn[] = [
  // "Is anybody on the team overloaded", "is anyone of my customers past due".
  [
    new RegExp(
      `^(?:is|are|was|were) (?:there )?(?:any(?:body|one)|some(?:body|one)) (?:on|in|of|from) (my|our|the) team (?:currently |right now |now )?(?=${state}\\b)`,
      'i',
    ),
    'who on $1 team is ',
  ],
  [
    new RegExp(
      `^(?:is|are) (?:any(?:one|body)|any|one|some(?:one)?) (?:of|among) (my|our|the) (${records})s?(?: (?:currently|right now|now))? (?=\\S)`,
      'i',
    ),
    'which of $1 $2 are ',
  ],
  [
    new RegExp(`^who (on|in|of|from) (my|our|the) team (?:is|are) (${state})\\b`, 'i'),
    'who is $3 $1 $2 team',
  ],
  // "How many of my people are offline".
  [
    new RegExp(
      `\\bhow many of (my|our) (?:agents|engineers|${staff}) (?=(?:are|is) (?:currently )?${state}\\b)`,
      'gi',
    ),
    'how many agents on $1 team ',
  ],
  [/\b(customers|accounts|clients) (?:of|in|on|from) (my|our) team\b(?!['’]s)/gi, "$2 team's $1"],
  // "Weighted pipeline of the team": of those that whoever asks sees, which for a lead are their team's.
  [
    new RegExp(
      `,? \\b(?:of|for|on|in|across|from) the (?:whole |entire )?team(?=,? ${when}\\b|\\s*[?.!,;]|\\s*$)`,
      'gi',
    ),
    '',
  ],
  // "Past due with a subscription".
  [
    /\b(?:(?:that|which|who) )?(?:are |is )?(past due|overdue|in arrears) (?:with|on) (?:an?|the|their|its|any) (subscription|renewal|invoice|order)s?\b/gi,
    'with a $1 $2',
  ],
  // "Status of the tickets Hannah got today, how many of each".
  [
    /^(?:what(?:'s|s| is| are) the )?(status|priority|stage|channel|category|type|source|region|product|state)(?:es|s|ies)? of (?:all )?(?:the )?(\S[^,?]*), (?:and )?how many (?:of|in|for|with|at) each(?: one| of (?:them|these))?[?.! ]*$/i,
    'how many $2 by $1',
  ],
  // "What part of my quota have I closed".
  [
    /\b(quota) (have|has|did) (i|we|they|he|she|[a-z]+) (?:already |so far |actually )?(?:closed?|made|make|filled|fill|covered|cover|hit|done|got|get|achieved?|sold|sell|won|win)\b/gi,
    '$1 $2 $3 reached',
  ],
  // "Have legal redlines as next step".
  [
    /\b(?:(?:that|which) )?(?:have|has|had|with|got) ((?!an?\b|no\b|the (?:same|highest|lowest))[a-z][a-z-]*(?: [a-z-]+){0,3}) as (?:the |their |its |a )?(next step)s?\b/gi,
    'whose $2 mentions $1',
  ],
  // "Sales by product": what was sold of each, which orders tell and deals do not.
  [
    /(?<!(?:number|count|many) (?:of )?)\b((?:our |my |the |total )?)sales (?!(?:revenues?|amounts?|values?|counts?|volumes?|numbers?|orders?|lines?|reps?|teams?|leads?|meetings?|calls?|cycles?|margins?|costs?|targets?|quotas?|activit(?:y|ies)|regions?|velocity)\b)(?=(?:[a-z\d]+ ){0,4}?(?:by|per|for each|for every|of each|across|split by|broken down by) (?:the )?(?:products?|product categor(?:y|ies)|categor(?:y|ies)|skus?)\b)/gi,
    '$1sales amount ',
  ],
  [
    /\b((?:products?|product categor(?:y|ies)|categor(?:y|ies)|skus?) (?:(?:ranked|ordered|sorted) )?by) (?:total |our |their )?sales\b(?! (?:revenues?|counts?|amounts?|values?|volumes?|numbers?|lines?|orders?|reps?|teams?|regions?|leads?|prices?|cycles?|margins?|costs?|targets?|quotas?|activit(?:y|ies)|velocity))/gi,
    '$1 sales amount',
  ],
  // "Deals needing customer-managed keys", "where the customer asks for a SOC 2 report": what their records say of that.
  [
    new RegExp(
      `\\b(${dealNouns}(?: of mine)?)(?: (?:that|which|where (?:the|a) (?:customer|client|account)|whose (?:customer|client|account)s?))?(?: (?:is|are))? (?:needs?|needing|requires?|requiring|asks? for|asking for|demands?|demanding|insists? on)(?: an?| the)? (?!an?\\b|the\\b|to\\b|no\\b|not\\b|my\\b|our\\b|attention|help|approval|action|work|review|update|follow|more\\b|less\\b|discount|next\\b|any|some|\\d)([a-z\\d][\\w -]*?)${ends}`,
      'gi',
    ),
    '$1 whose database requirements mention $2',
  ],
  // "Who churned this year": customers did.
  [
    /^who (?:has |have |had )?(?:already )?(churned|left us|cancelled|canceled)(?= (?:this|last|in|since|so far|yesterday|today|over|during|on|between)\b|\s*[?.!]*$)/i,
    'which customers $1',
  ],
  // "Which customer sends me the most tickets".
  [
    /^((?:which|what) (?!of\b)(?:[\w-]+ )?(?:customers?|accounts?|clients?|compan(?:y|ies)|partners?)) (?:opens?|raises?|creates?|logs?|files?|submits?|sends?|reports?|causes?|writes?)(?: (?:in|us))? (?=(?:me )?the (?:most|fewest|least)\b)/i,
    '$1 sent ',
  ],
  // "With a first reply", whenever it came: answered.
  [
    /\b(tickets|cases)(?: (?:of mine|of ours))?,? (?:(?:that|which) )?(?:with|have had|had|have|got|have got|received) (?:already )?(?:an?|their|the|some) (?:first |initial )?(?:reply|response|answer)(?: already)?(?=\s*(?:[?.!,]|$)| (?:this|last|yesterday|since|so far)\b)/gi,
    '$1 that were answered',
  ],
  // "Where the customer sounds negative".
  [
    /\b(?:where|in which|on which|whose) (?:the )?(?:customers?|clients?|requesters?|users?) (?:(?:is|are|was|were)(?: being)?|sounds?|seems?|feels?|writes?|looks?|sounded|seemed) (?:quite |very |rather |really )?(?:negative|unhappy|angry|annoyed|frustrated|upset|mad|dissatisfied)\b/gi,
    'with a negative tone',
  ],
];

/** @param text a tidied question */
export const ofTheTeam = (text: string): string => rephrased(text, turns);
