import { rephrased, type Turn } from './turn.ts';

const please =
  '(?:(?:please|pls|plz|kindly|hey|hi|hello|so|and|ok|okay|now|then|just|quickly|could you|can you|would you|will you|you|quick one|quick question)[,:]? )*';
/** At the beginning, or behind whom or what it is about: "for Borealis Telecom, pull up …". */
const opens = `(^${please}|^(?:for|at|with|from|regarding|about) [^,?.!]+, ${please})`;
const thanked = '(?: here)?(?: for me)?(?: please| pls)?(?=\\s*[?.!]*$)';
const several =
  '(?:an? |the )?(?:short |quick |full |complete |whole )?(?:list|listing|overview|rundown|table|roundup|summary) (?:of|with) ';

/** What is said at the beginning to ask for the records behind it. */
const shown = (said: string): Turn => [new RegExp(`${opens}${said}(?=\\S)`, 'i'), '$1show '];

const wish =
  "(?:(?:i|we)(?:'d| would|'ll| will| should)? ?(?:like|love|want|wish|need|have|prefer)? ?to|let(?:'s|s| us| me)|(?:could|can|may|might|shall) (?:i|we)|help me(?: to)?)(?: please| quickly| briefly)?";
const looking = '(?:(?:looking|searching|hunting|on the lookout|in need) for|in (?:search|need) of)';
/** What is sent out, written or set up, or goes to somebody else, and is not looked at. */
const sent = [
  '(?!(?:an? |the |my |your )?(?:e-?mail|mail|message|reminder|note|notification|alert|ping|invite|invitation|dm|text|link|file|line|hand|to|up|down|off|in|when|if|once|as soon)\\b)',
  '(?![^?.!]*\\b(?:when|whenever|as soon as|once|every (?:day|morning|week|monday|friday))\\b)',
  '(?![^?.!]*(?<!\\b(?:assigned|belonging|related|linked|routed|due|up|close|open)) to (?!me\\b|us\\b|date\\b|close\\b|renew\\b))',
].join('');
/** "Hand over rate", "share across regions": nouns. */
const noun =
  '(?!send\\b)\\w+ (?:over|across|through|along|here|it) (?!the\\b|all\\b|our\\b|my\\b|every\\b|an?\\b)|share (?!me\\b|us\\b)';
const count = '(?:count|number|total|figure)s?';
const row = '(?:its|their|an?|one|the)? ?(?:own |separate |single |new )?(?:line|row|bullet)s?';
const inRows = `(?:(?:each|every|one)(?: (?:one|record|item|entry|of them|\\w+))? (?:on|in|per|to|gets|a|getting) ${row}|one by one|line by line|row by row|one (?:per|a) (?:line|row)|in (?:a )?list form|as (?:a )?(?:bullet(?:ed)? )?list|(?<!\\bwith (?:the )?\\w+ )as rows|item by item)`;
const notCounted = `(?:(?:and )?not (?:just|only|merely) (?:the |a |their )?${count}|(?:rather than|instead of) (?:just )?(?:the |a )?${count})`;

/**
 * Ways to ask to see records. None of them says anything about which: that they are handed over, gone through or looked
 * for is done by whoever answers, and "I" is nobody whose records they would be.
 */
const turns: readonly Turn[] = [
  // "I'm looking for tickets", "in search of", "we're after": whoever looks for them owns none of them.
  shown(
    `(?:(?:i am|i'm|im|i was|we are|we're|we were|i've been|we've been) (?:(?:currently|only|just) )?(?:(?:after|trying (?:to find|to get|to see))|${looking})|${looking}) `,
  ),
  // "I'm curious how many", "I need the last ticket": asked for.
  shown(
    "(?:i am|i'm|im|we are|we're) (?:(?:just|only|really|also) )?(?:curious|interested|wondering|keen|eager)(?: (?:to (?:know|see|learn|hear|find out)|about|in|whether|if|as to))*,? (?=\\S+ )",
  ),
  shown(
    "(?:i|we)(?:'d| would)? (?:(?:just|only|really|also) )?(?:need|want|require|like) (?=(?:(?:the|our|my) )?(?:very )?(?:newest|latest|last|most recent|oldest|earliest|first) (?!of\\b)[a-z])",
  ),
  // "I'd like to go through", "let me have a look at", "can we review": to see them.
  shown(
    `${wish} (?:go|look|run|read|walk|work|browse|skim|flick|page|step|talk)(?: (?:through|over|at|into|across|down))+ `,
  ),
  shown(
    `(?:${wish} )?(?:have|take|get|grab) an? (?:quick |closer |short |good )?(?:look|glance|peek|view) (?:at|of|over|into) `,
  ),
  shown(
    `${wish} (?:browse|inspect|review|examine|check(?: out)?|study|view|scan|skim|read|see|get|have) (?!if\\b|whether\\b|how\\b|what\\b|which\\b|who\\b|when\\b)(?=\\S+ )`,
  ),
  shown(
    '(?:(?:do|would) you )?mind (?:showing|listing|giving|sending|telling|pulling up|getting)(?: me| us)? ',
  ),
  // "Hand me a list of", "send over the open tickets": nothing leaves this conversation.
  shown(
    `(?!${noun})(?:send|hand|pass|forward|bring|drop|shoot|throw|share)(?: (?:me|us|over|across|along|through|here|it|to me|to us))+ (?:${several}|an? |the )?${sent}`,
  ),
  [
    new RegExp(
      `${opens}(?:send|hand|pass|forward|share|list|write|spell|print|read|pull|look|call|dig|lay|bring)(?: (?:me|us|out|up|over|together))* ${several}(?=\\S)`,
      'i',
    ),
    '$1list ',
  ],
  [new RegExp(`${opens}(?:list|write|spell|print|read|lay|type)(?: me| us)? out (?=\\S)`, 'i'), '$1list '],
  shown('(?:pull|bring|call|dig|look) (?:up|out) (?:for me )?'),
  [
    new RegExp(`${opens}(?:pull|bring|call|dig|look) ((?:the|our|my|all|every) [^,?.!]+?) up${thanked}`, 'i'),
    '$1show $2',
  ],
  [
    new RegExp(
      `${opens}((?:show|list|get|give) [^,?.!]+?) (?:listed|displayed|shown|printed|pulled up|in a list|as a list|on (?:the |my )?screen)${thanked}`,
      'i',
    ),
    '$1$2',
  ],
  [new RegExp(`${opens}share (\\S.*?) with (?:me|us|the team|everyone)${thanked}`, 'i'), '$1show $2'],
  // "List every open ticket", "show each deal in negotiation": all of them.
  [
    new RegExp(
      `${opens}(?:show|list|display|see|find|get|fetch|pull|give)(?: me| us)? (?:each|every)(?: single)?(?: and every)? (?!one\\b|of\\b|agent|rep\\b|day|week|month|quarter|region|team|segment)(?=[^?.!]*[?.!]*$)(?![^?.!]*(?:'s|'|,| and (?:its|their)| (?:by|per) ))`,
      'i',
    ),
    '$1list all ',
  ],
  // "Open the latest ticket for me": to read it. "Open a ticket" makes one.
  shown(
    "open(?: up)? (?=(?:the|my|our|\\p{Lu}[\\p{L}' ]*?'s?) (?:very )?(?:latest|newest|oldest|last|first|earliest|most recent|next|biggest|largest)\\b)",
  ),
  [/\b(?:whatever|whichever) (?=\w+s (?:are|were|is|was|have|had)\b)/gi, 'which '],
  [/\b(?:whatever|whichever) (?=\w+s\b)/gi, 'all '],
  // How the rows stand in the answer, which they do anyway.
  [
    /(?<=\w), (?:please )?(?:all of (?:them|those|it)|every one of them|every single one|the lot)(?=,|\s*[?.!]*$)/gi,
    '',
  ],
  ...[notCounted, inRows].map(
    (remark): Turn => [
      new RegExp(
        `^${please}(?:show |give me |list )?(?:${several})?(?:the |our |all )*([^?.!]*?),? (?:with )?${remark}(?=\\s*[?.!]*$)`,
        'i',
      ),
      'list $1',
    ],
  ),
  // "Are there any? If so, list them".
  [
    /[?.!,;] (?:(?:and )?if (?:so|yes|any|there (?:are|is)(?: any)?),? (?:then )?)(?:please |pls )?(?:list|show|name|tell me|give me|send|which)(?: me| us)?(?: (?:them|those|it|which|who|ones|the list))*(?: (?:please|here))?[.!?]*$/i,
    '? list them',
  ],
  // "Which of our tickets count as urgent": are.
  [
    /^((?:which|what) (?:of (?:our|my|the|these|all) )?(?:our |the )?[a-z]+s) (?:(?:would|do|does|can be|are|were|is) )?(?:currently )?(?:count|counted|qualify|rank|classed|classified|marked|flagged|labell?ed|tagged|considered|regarded|deemed)(?: as)? (?=[a-z])/i,
    '$1 are ',
  ],
  // "# of open tickets", "how large the number of open tickets is", "how big is the pile of open tickets".
  [/(?<!\S)# ?of (?=\S)/gi, 'number of '],
  [
    /^(?:how (?:big|large|high|tall|long|deep) is|what is|what's) (?:the|our) (?:current )?(?:pile|stack|heap|stock|mountain) of (?=[a-z]+ [a-z]+s\b)/i,
    'number of ',
  ],
  [
    /^(?:please |pls |could you |can you |would you |kindly )*(?:say|tell|show|state|let me know|check|find out)?(?: me| us)? ?how (?:large|big|high|low|great|small) (?:is )?the (?:(?:current|total|overall) )?(number|count|total|amount) of (\S.*?)(?: (?:is|are|was|were|stands at|comes to))?(?: (?:at present|right now|now|currently|today|at the moment))?[?.!]*$/i,
    '$1 of $2',
  ],
  [
    /^(?:what|where) (?:does|do|is|are) (?:the |our )?(\S.*?) (?:counter|count|tally|number) (?:stand|standing|sit|at|show|say|read)(?: at)?(?: (?:now|right now|currently|today))?[?.!]*$/i,
    'number of $1',
  ],
  [
    /\b(how many [^?.!]*?) (?:in|on) (?:the|our) (?:system|database|books|desk|tool|crm)(?=\s*[?.!]*$)/gi,
    '$1',
  ],
  [/,? (?:at present|as we speak|at this point(?: in time)?)(?=\s*[?.!]*$)/gi, ' right now'],
  // "Account “Acme”: open tickets", "at customer “Acme”": what it is called says which.
  [/^(?:the )?(?:account|customer|client) ("[^"]+")[:,-]+ (?:the |all )?([^?.!:]+?)[?.!]*$/i, '$2 of $1'],
  [/\b(at|of|for|from|with) (?:the |our )?(?:customer|account|client) (?=")/gi, '$1 '],
];

/** @param text a tidied question */
export const inAskingWords = (text: string): string => rephrased(text, turns);
