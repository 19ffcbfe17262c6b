import { rephrased, type Turn } from './turn.ts';

const record =
  '(?:tickets?|cases?|deals?|opps?|opportunities|leads?|escalations?|accounts?|customers?|chats?|conversations?|subscriptions?|quotes?)';
const place = '(?:plate|queue|desk|inbox|list|pipeline|basket|bucket|court)';
const wish =
  '(?:please |pls |just )*(?:(?:list|show|give|name|display)(?: me)? |i need |i want )?(?:only )?(?:the |my |all |those )*';
const end = '(?: please| pls| only)?[.!?]*$';

/** Records of whoever asks, whose they are said in another sentence than what they are. */
const turns: readonly Turn[] = [
  // "What's on my plate? open tickets please": the second sentence says of which records.
  [
    new RegExp(
      `^(?:so )?what(?:'s|s| is| are| do i have)(?: still| currently| now)? (?:on|in|at) my ${place}(?: right now| now| today| at the moment)?\\s*[?.,:;-]+ ?${wish}((?:\\w+ ){0,2}${record})${end}`,
      'i',
    ),
    'list my $1',
  ],
  [
    new RegExp(
      `^what(?:'s|s| is| are)(?: still| currently)? (open|unsolved|unanswered|overdue|urgent|pending) (?:in|on) my (?:queue|plate|desk|inbox)(?: right now| now| rn)?${end}`,
      'i',
    ),
    'list my $1 tickets',
  ],
  // "What's in my queue", "what landed on my plate today": tickets queue up, and they land on a desk.
  [
    new RegExp(
      `^(?:show me |list )?(?:what(?:'s|s| is| are| do i have| have i got)(?: still| currently| now)? (?:in|on) )?my (?:own )?queue(?: right now| now| rn| today| at the moment| atm)?${end}`,
      'i',
    ),
    'list my open tickets',
  ],
  [
    /^what(?: has| have| all| else)? (?:landed|came in|come in|arrived|turned up|ended up|dropped)(?: on| in| at| onto| into)? (my|our) (?:plate|queue|desk|inbox)(?= |[?.!]*$)/i,
    'list $1 tickets opened',
  ],
  [/\b(my|our) (ticket|case|chat) (?:queue|inbox|list)\b(?! by)/gi, '$1 $2s'],
  // "What am I negotiating? List my deals": deals in negotiation.
  [
    new RegExp(
      `^what (?:deals )?am i (?:currently )?negotiating(?: at the moment| right now| now| currently)?(?:\\s*[?.,:;-]+ ?${wish}deals)?${end}`,
      'i',
    ),
    'list my deals in negotiation',
  ],
  [
    /\b(?:(?:that|which) )?(?:are |is )?(?:(?:currently|still|now) )*(?:being negotiated|under negotiation)\b/gi,
    'in negotiation',
  ],
  // "Do I still have tickets open? Which ones".
  [
    /^(?:do|have) i (?:still |currently |now |already )+(?:have |got )?(?:any )?(.+?)[?.!,]* (?:and )?(?:if so,? )?(?:which|who|which ones|what are they)(?: are they| is it| are those)?[?.!]*$/i,
    'list my $1',
  ],
  [
    new RegExp(
      `^have i (?:left|forgotten|missed|overlooked|got) (?:any )?(${record} (?:without|with no|unanswered).*?)[?.!,]* (?:and )?(?:which|which ones)[?.!]*$`,
      'i',
    ),
    'list my $1',
  ],
  [/\b(?:initial (?:reply|response|answer)|first answer)(?! (?:time|sla|target))\b/gi, 'first reply'],
  // "Tickets I still have to answer for the first time", "who is still waiting for a first answer? list the tickets".
  [
    new RegExp(
      `\\b(tickets?|cases?) (?:that |which )?i (?:still |yet )*(?:have|need|ought|got) (?:yet )?to (?:answer|reply to|respond to)(?: for the first time)?${end}`,
      'i',
    ),
    '$1 of mine waiting for a first reply',
  ],
  [
    new RegExp(
      `^who (?:of|among) my (?:requesters|customers|clients|users|contacts) (?:is|are) (?:still )?(waiting for [^?.]+?)[?.!,]+ ?${wish}(tickets|cases)${end}`,
      'i',
    ),
    'list my $2 $1',
  ],
  [
    new RegExp(
      `^who(?:'s| is| are) (?:still )?waiting for (?:my first (?:reply|answer|response)|a first (?:reply|answer|response) (?:from|of) me)${end}`,
      'i',
    ),
    'list my tickets waiting for a first reply',
  ],
  [
    new RegExp(`^what (?:else )?do i (?:still )?have to (?:solve|answer|work on|resolve|fix)${end}`, 'i'),
    'list my open tickets',
  ],
  // "All tickets I'm the assignee of that are open".
  [
    /\b(?:(?:that|which|where|whose) )?(?:i'm|i am|im) (?:the )?(?:assignee|owner)(?: (?:of|for|on))?(?= |[?.!,]|$)/gi,
    'of mine',
  ],
  [/\bwith me as (?:the |its |their )?(?:assignee|owner)\b/gi, 'of mine'],
  // "Deals that have not been won or lost yet" are open.
  [
    /\b((?:my |our |the |all )*)(deals?|opps?|opportunities|opportunity)\b([^.?!]*?),? (?:(?:that|which) )?(?:(?:have|has|are|is|were)(?: not|n't)(?: yet)?(?: been)?|haven't(?: been)?|neither|never) (?:won (?:or|nor) lost|lost (?:or|nor) won|decided|closed)(?:(?: yet| so far| either)\b|(?=\s*(?:[?.!,]|$)))/gi,
    '$1open $2$3',
  ],
  // "The open deal of mine with the highest amount", "the most valuable deal".
  [
    /\b((?:my |our |the )?)((?:open |won |lost |new )*)(deals?|opps?|opportunities|opportunity)((?: of mine| i have(?: open)?| of (?:[A-Z]\w+|"[^"]+"))?) with the (highest|largest|biggest|greatest|lowest|smallest) (?:deal )?(?:amount|value|volume|size)s?\b/gi,
    '$1$5 $2$3$4',
  ],
  [/\bmost valuable (?=(?:\w+ ){0,2}(?:deals?|opps?|opportunit))/gi, 'biggest '],
  [
    new RegExp(
      `^of (?:all )?(?:the )?((?:my |our )?(?:\\w+ ){0,2}(?:deals|opps|opportunities)[^,?]*?),? which(?: one)? (?:is|are) (?:worth )?(?:the )?(?:most|most valuable|biggest|largest)(?: one)?${end}`,
      'i',
    ),
    'biggest of the $1',
  ],
  [
    /^biggest of the (my |our )?((?:\w+ ){0,2}deals) i (?:still |currently )?have open$/i,
    'my biggest open deal',
  ],
  [
    /\b(?:no\.? ?|nr\.? ?|number |#)(?:1|one) (?=(?:open |won |lost )?(?:deals?|opps?|opportunit|accounts?|customers?|agents?|reps?)\b)/gi,
    'top 1 ',
  ],
  [
    /\btop (\d+ )?((?:open |won |lost )*)(deals?|opps?|opportunities|opportunity) by (?:deal )?(?:value|amount|size|worth)\b/gi,
    'top $1$2$3 by deal amount',
  ],
];

/** @param text a question as it was typed */
export const ofOwnRecords = (text: string): string => rephrased(text, turns);
