import { rephrased, type Turn } from './turn.ts';

const who = '(?:"[^"]+"|\\p{Lu}[\\p{L}\'-]*(?: \\p{Lu}[\\p{L}\'-]*)?|[Ii]|we|my team|the team)';

const name = '(?:"[^"]+"|\\p{Lu}[\\p{L}\\d&-]*(?: \\p{Lu}[\\p{L}\\d&-]*)*)';

/** "Which tickets have their SLA breached": theirs is that of the tickets. */
const ofNoOther =
  '(?:(?!\\b(?:tickets|cases|deals|opportunities|accounts|customers|leads|subscriptions|reps|agents|partners|contacts)\\b)[^?.])*?';

/** What somebody achieved, in whatever verb it is put. */
const turns: readonly Turn[] = [
  // "For my colleague Hannah".
  [/\b(?:my|our|your|the) (?:colleague|teammate|team mate|co-?worker|peer|buddy)s?,? (?=["\p{Lu}])/gu, ''],
  // "Where did Naomi land on won amount this quarter".
  [
    new RegExp(
      `^(?:so )?[Ww]here (?:(?:did|does|do|has|have) (${who}) (?:land|landed|end up|ended up|finish|finished|come out|came out|close|arrive)|(?:is|are|was|were|am) (${who})) (?:on|with|at|in|for|in terms of|regarding) (?:the |their |his |her )?(?=\\S)`,
      'u',
    ),
    '$1$2: ',
  ],
  [/^[Ii]: /, 'my '],
  [/^my team: (?:our |the )?(?=[a-z])/, "my team's "],
  [/^(?:we|the team): /, ''],
  // "I have a 1:1 with Hannah, what's their CSAT".
  [
    /^(?:(?:[Ii]|[Ww]e)(?:'m| am| have| had|'ve got| got)? (?:(?:in|on|preparing|prepping|about to have) )?|(?:[Bb]efore|[Aa]head of|[Pp]rior to|[Pp]rep(?:ping)? for|[Ff]or) )(?:an?|the|my|our|next|weekly) (?:\p{Ll}+ )?(?:1[:-]1|1 ?on ?1|one[- ]on[- ]one|review|check-?in|catch-?up|call|meeting|visit|demo|QBR|qbr) with ("[^"]+"|\p{Lu}[\p{L}\d&'-]*(?: \p{Lu}[\p{L}\d&'-]*)*)(?: today| tomorrow| later| now| soon)?[,.;:!-]+ ?((?:(?!\b(?:tickets|cases|deals|opportunities|accounts|customers|leads|subscriptions|reps|agents|partners|contacts)\b)[^?.])*?)\b(?:[Tt]heir|her|his)\b/u,
    "$2$1's",
  ],
  // "Hannah last month: what was her resolution time".
  [
    /^("[^"]+"|\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)?)((?: (?:this|last) \p{L}+| yesterday| today| in \p{Lu}\p{L}+)?) ?[:,-] ?((?:what|how|show)\b(?:(?!\b(?:tickets|cases|deals|opportunities|accounts|customers|leads|subscriptions|reps|agents|partners|contacts)\b)[^?.])*?)\b(?:her|his|their) ([^?.]*)/u,
    "$3$1's $4$2",
  ],
  // "If you look at Hannah, what's her CSAT", "Naomi and her won amount".
  [
    new RegExp(
      `^(?:[Ii]f (?:you|we) look at|[Ll]ooking at|[Tt]alking about|[Ss]peaking of|[Aa]s for|[Rr]egarding|[Cc]oncerning|[Aa]bout) (${name})[,:;] ?(${ofNoOther})\\b(?:[Tt]heir|her|his|its)\\b`,
      'u',
    ),
    "$2$1's",
  ],
  [new RegExp(`^(${name}) and (?:her|his|their) (?=\\S)`, 'u'), "$1's "],
  [new RegExp(`\\b((?:for|of) ${name}) (?:alone|by (?:her|him|them)sel(?:f|ves))\\b`, 'gu'), '$1'],
  [
    new RegExp(
      `^(?:(?:[Gg]ive|[Ss]how) me |[Ii] need )(?:an?|the|one) (?:number|figure|value) (?:for|of) (?=${name}[:,])`,
      'u',
    ),
    '',
  ],
  [
    new RegExp(
      `^(?:[Hh]ow (?:big|good|bad|strong|high) (?:is|was|are|were)|[Ww]hat(?:'s| is) the (?:situation|story|deal) with) (?:the )?(?=${name}'s )`,
      'u',
    ),
    'what is ',
  ],
  // "The won amount that Naomi reached".
  [
    new RegExp(
      `\\b(?:that|which) (${who}) (?:has |have |had )?(?:reached|achieved|posted|attained|delivered|recorded|generated|produced|scored)(?= (?:this|last|in|since|yesterday|today|so)\\b|\\s*[?.!]*$)`,
      'gu',
    ),
    'of $1',
  ],
  [/\bof [Ii]\b/g, 'of mine'],
  [/\bwhat (?:kind|sort) of (?=\S)/gi, 'what '],
  [/\b(closed|close|sold|won) out\b/gi, '$1'],
  [
    new RegExp(
      `\\b(deals|opps|opportunities) (did|has|have) (${who}) (?:land|landed|clinch|clinched|bag|bagged|nail|nailed|seal|sealed)\\b`,
      'gu',
    ),
    '$1 $2 $3 win',
  ],
  [
    new RegExp(
      `\\bhow (?:often|many times) (did|has|have) (${who}) (?:meet|met)(?: with)?(?: (?:the |our |any )?(?:customers?|clients?|accounts?|prospects?))?\\b`,
      'gu',
    ),
    'how many meetings $1 $2 have',
  ],
  // "What did ARR come to".
  [
    /\bwhat (?:did|does|do|has|have) (?!(?:they|it|these|those|that|this|all of)\b)(?:the |our |my )?(\S.*?) (?:come|came|amount|amounted|add up|added up|sum up|total up) (?:out )?(?:to|at)\b/gi,
    'what was $1',
  ],
  [
    /^(?:(?:please|pls|plz|can you|could you|quickly|just|kindly) )*(?:double[- ]?)?check (?:on |up on |for me )?(?!if\b|whether\b|in\b|with\b|that\b|how\b|what\b|when\b|who\b|which\b|for\b|the\b|my\b)(?=["\p{Lu}])/iu,
    '',
  ],
  // "Did she manage to solve", "got solved".
  [
    /\b(did|do|does|has|have|could) (\S+(?: \S+)?) (?:manage|get|managed) to (?=(?:solve|resolve|close|win|sign|answer|book|handle|finish)\b)/gi,
    '$1 $2 ',
  ],
  [
    new RegExp(
      `\\b((?:number|count|tally|#) of (?:tickets|cases)) (${who}) (?:has |have |had )?(solved|resolved|closed|fixed|handled)\\b`,
      'gu',
    ),
    '$1 solved by $2',
  ],
  [/(^|\s)# of (?=\p{L})/gu, '$1number of '],
  // "What amount did Naomi bring in from won deals".
  [
    new RegExp(
      `\\b(?:what|which|how much)(?: amount| money| revenue| sum| business| sales)? (?:did|has|have|do|does) (${who}) (?:bring|brought|get|got) in(?: (?:from|with|through|by|on) (?:the )?(?:closed[- ])?(?:won |closed )?deals\\b|(?= (?:this|last|in|since|so)\\b|[?.!]*$))`,
      'gu',
    ),
    'won amount of $1',
  ],
  [/\bwon amount of [Ii]\b/g, 'my won amount'],
  [/\bwon amount of my team\b(?! (?:by|per)\b)/g, "my team's won amount"],
  [/\bwon amount of (?:we|the team)\b/g, 'won amount'],
  [
    new RegExp(
      `\\b(?:the )?(?:total |combined |overall )?(?:value|worth|amount) of (?:(my|our|the|all) )?(?:(${who})(?:'s|s') )?closed[- ]won (?:deals|opps|opportunities)\\b`,
      'gu',
    ),
    '$1 won amount $2',
  ],
  [
    new RegExp(
      `\\b(tickets|cases) (did|has|have) (${who}) (?:finish|finished|complete|completed|wrap up|get done|got done)(?! with)\\b`,
      'gu',
    ),
    '$1 $2 $3 solve',
  ],
  [
    new RegExp(
      `\\b(meetings|calls|demos) (did|has|have) (${who}) (?:attend|attended|join|joined|take part in|go to)\\b`,
      'gu',
    ),
    '$1 $2 $3 have',
  ],
  // "How many meetings was it for Naomi".
  [/\b(how many \S+) (?:was|is|were|are) (?:it|that|this) (?=(?:for|with|in|from|by) )/gi, '$1 '],
];

/** @param text a question as it was typed */
export const inDeedForm = (text: string): string => rephrased(text, turns).replace(/ {2,}/g, ' ');
