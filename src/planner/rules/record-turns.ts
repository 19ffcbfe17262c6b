import { smallNumbers } from './small-numbers.ts';

const whoSells = '(?:i|we|you|they|he|she|[A-Z]\\w+)';
const aDeal = '((?:the |my |our )[^,?"]*? (?:deal|opp|opportunity)|(?:the )?deal "[^"]+"(?: of "[^"]+")?)';
const touches =
  '(calls?|phone calls?|meetings?|visits?|e-?mails?|mails?|activity|activities|touch|touches|touchpoints?)';

/** Of one deal, account or contact, by whatever short name it goes. */
export const recordTurns: readonly (readonly [RegExp, string])[] = [
  // "Who owns the Kestrel renewal deal", "which rep owns it", "who is on the pilot deal".
  [
    new RegExp(
      `^(?:and )?(?:who|which (?:rep|seller|colleague|ae)) (?:owns|own|has|holds|handles|is on|works on|is working on|runs) (?=${aDeal})`,
      'i',
    ),
    'owner of ',
  ],
  [/,? ?\bwho(?:s|'s| is| are) (?:the |its )?owner\b/gi, ', owner'],
  // "Can you tell me if the private link deal is won yet".
  [
    /^(?:(?:can|could|would|will) (?:you|u) |please |pls |quickly |just |do you |i (?:want|need) to )*(?:tell me|let me know|know|check|see|say|find out) (?:if|whether) ([^,?]+?) (is|are|was|were|has|have) (?=\S)/i,
    '$2 $1 ',
  ],
  // "How many days has the pilot been open".
  [
    /^(?:how many|for how many) (?:days|weeks|months) (?:has|have|is|are|was) (.+?) (?:been )?open(?=\s*[?.!]*$)/i,
    'how long has $1 been open',
  ],
  // "Is the ledger deal still expected this year": when it is to close.
  [
    new RegExp(
      `^(?:is|are) ${aDeal} (?:still )?(?:expected|due|planned|scheduled|supposed|on track|set|forecast)(?: (?:to (?:close|come in|land|sign)|for))?(?: (?:in|by|before|within|for))?(?: \\w+)*[?.!]*$`,
      'i',
    ),
    'close date of $1',
  ],
  // "Which account does Yasmin belong to", "where does Salazar work".
  [
    /^(?:which|what) (?:account|customer|company|client) (?:does|is) (\p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*)?) (?:belong to|belongs to|work (?:for|at|with)|sit at|from|with|at)[?.!]*$/iu,
    'account of contact "$1"',
  ],
  [
    /^where does (\p{L}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*)?) work(?: (?:at|for|now))?[?.!]*$/iu,
    'account of contact "$1"',
  ],
  [
    /^(?:what(?:'s| is| was) )?(?:the )?status of (?:the )?lead "?(\p{L}[^?"]*?)"?[?.!]*$/iu,
    'show lead "$1" with lead status',
  ],
  // "Halden ARR and renewal date": of its subscriptions.
  [
    /^([^,?]+?)(?<!\b(?:with|show|and|plus))(?:'s|:|,)? (arr|mrr),? (?:and|&|\+) (?:the |its )?renewal dates?[?.!]*$/i,
    'subscriptions of $1 with renewal date and $2 of the account',
  ],
  [/\bmrr of the account$/i, 'mrr'],
  [
    /\b(last|latest) order (?:from|of|by) ("[^"]+"|[^,?]+?),? and what was (?:on|in) it\b/gi,
    '$1 order of $2',
  ],
  // "With a VP title": what they are.
  [
    /\bwith (?:an? |the )?"?([\w-]+)"? (?:in (?:the|their) )?(?:job )?(?:titles?|roles?)\b(?! (?:of|over|under))/gi,
    'with role of the contact mentioning "$1"',
  ],
];

/** Of calls, meetings and mails, and when somebody was last spoken to. */
export const touchTurns: readonly (readonly [RegExp, string])[] = [
  // "When did we last talk to somebody at Halden": spoken to them.
  [
    new RegExp(
      `^(?:and )?when (did|have|has) (${whoSells}|anyone|anybody|someone|somebody|the team|my team) last (?:talk|talked|been talking|spoken|spoke|speak|been in touch|be in touch)(?: (?:to|with))? (?:(?:anyone|anybody|someone|somebody|people) (?:at|from|in) )?(?=\\S)`,
      'i',
    ),
    'when $1 $2 last speak to ',
  ],
  [/\blast speak to (?:anyone|anybody|someone|somebody|people) (?:at|from|in) (?=\S)/gi, 'last speak to '],
  [
    new RegExp(
      `^(?!(?:my|our|the|when|what|which|who|whose|how|show|list|give|any|all|did|do|has|have|is|was)\\b)([\\p{L}&][\\p{L}&'. -]*?)(?<!\\b(?:with|and|by|their|its|of|for|plus|including|per|the))(?:'s|:|,| -)? (?:last|latest|most recent) ${touches}(?:,? (?:and )?(?:when|date|when was (?:it|that)|on what day))?[?.!]*$`,
      'iu',
    ),
    'latest $2 with $1',
  ],
  [
    /\b(latest|last|newest|most recent) call(?=\s*[?.!,]*$| (?:with|to|at|from|of)\b)/gi,
    '$1 phone call activity',
  ],
  // "Has anybody spoken to Solvang since".
  [
    /^(?:has|have|did) (?:anyone|anybody|someone|somebody|we|i|the team|any of (?:us|my reps|my team)) (?:spoken|talked|speak|talk|been talking)(?: (?:to|with)) (?=\S)/i,
    'list the calls and meetings with ',
  ],
  [
    /^(?:has|have|did) (?:anyone|anybody|someone|somebody|we|the team|any of (?:us|my reps|my team)) (?:been in touch|reached out|be in touch)(?: (?:to|with)) (?=\S)/i,
    'any activities with ',
  ],
  // "Anything logged on Sable": what is logged are activities.
  [
    /^(?:is there |was there |do we have |has there been )?(?:anything|something|what|what's|whats|what has been|what was|everything) (?:been )?logged (?:on|with|for|against|at) (?!tickets?\b|cases?\b)(?=\S)/i,
    'list activities with ',
  ],
  // "Emails did I send to", "calls has Luis made with".
  [
    /\b(e-?mails|mails|calls|meetings) (?:did|have|has|do|does) (i|we|my team|\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?) (?:send|sent|make|made|have|had|hold|held|log|logged|write|written|do|done)\b/giu,
    '$1 activities of $2',
  ],
  [/\bactivities of i\b/gi, 'activities of mine'],
  [/\bactivities of (?:we|the (?:whole |entire )?team)\b/gi, 'activities'],
  // "Leads that nobody has called yet", "untouched leads": without an activity.
  [
    /\b(leads?\b[^,?.:]*?),? (?:that |which |whom )?(?:nobody|no one|noone|none of us)(?: has| have|'s)? (?:yet )?(?:called|contacted|touched|phoned|rung|emailed|mailed|spoken to|talked to|reached out to|worked on)(?: yet)?\b/gi,
    '$1 without activity',
  ],
  [/\b(contacts|leads) (?:who|that|which)(?: have| had| has)? (opted out|unsubscribed)\b/gi, '$1 that $2'],
  [/\b(?:untouched|unresponsive|uncontacted) leads\b/gi, 'leads without activity'],
  [
    /\b(?:cold|fresh|stale|dormant|quiet) (leads\b[^?.]*?)(?:,|:)? (?:with )?(?:no activity|without (?:any )?activity)\b/gi,
    '$1 without activity',
  ],
  [
    /\bleads without activity(.*?),? (?:no activity at all|without activity)(?: since they came in)?/gi,
    'leads without activity$1',
  ],
  // "Who haven't I touched in a month": the asker's accounts.
  [
    /^who (?:haven'?t i|have i not|did i not|didn'?t i) (?:touched|touch|spoken to|talked to|contacted|called|been in touch with|reached out to)\b/i,
    'my accounts with no activity of mine',
  ],
  // "Ten most recent activities".
  ...Object.entries(smallNumbers).map(([word, n]): readonly [RegExp, string] => [
    new RegExp(`\\b${word} (?=(?:most recent|latest|newest|oldest|biggest|largest|smallest)\\b)`, 'gi'),
    `${n} `,
  ]),
  // "Who's been busiest with meetings".
  [
    /\b(who|which \w+)(?:'s| has| is| was)? (?:been )?(?:the )?busiest with (?:customer |client )?/gi,
    '$1 has the most ',
  ],
  [/\bmy activity mix\b|\bactivity mix of mine\b/gi, 'my activities by kind'],
  [/\b(?:activity|activities) mix\b|\bmix of activities\b/gi, 'activities by kind'],
  [/\b(activities by kind[^(]*)\((?:calls?|e-?mails?|meetings?|tasks?|,|and| )+\)/gi, '$1'],
];
