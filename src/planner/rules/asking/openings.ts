import { rephrased, type Turn } from '../turn.ts';

/** Whoever waits for an answer, and what it is for: neither says anything of the question. */
const superior =
  '(?:boss|manager|director|ceo|cfo|cto|coo|vp|team lead|lead|head of \\w+|colleague|board|management|exec(?:utive)?s?)';
const occasion =
  '(?:report|deck|slides?|slide deck|presentation|stand-?up|meeting|review|update|call|qbr|newsletter|minutes|handover|dashboard|notes|records|summary|one-on-one|1:1|boss|manager|management|board)';
const kindOfOccasion =
  '(?:(?:weekly|monthly|quarterly|daily|yearly|annual|board|team|sales|support|management|internal|status|business|morning|next|upcoming|short|little) )*';
const question = '(?:one|question|check|figure|number|thing|request|ask)';
const asked = '(?:how|which|what|who|whose|where|when|whether|if)';

/** What stands around a question: of why it is asked, of who wants it, of how it is wished for. */
const turns: readonly Turn[] = [
  // "For my report: ", "quick one for the standup: ", "for the weekly board deck, ".
  [
    new RegExp(
      `^(?:(?:just )?(?:a |one )?(?:quick|short|small|brief|simple) ${question} ?)?(?:(?:this is |it's |i need (?:this|it) |needed |just )?for (?:the|my|our|a|an|her|his|their|today's|tomorrow's) ${kindOfOccasion}${occasion})?(?: (?:today|tomorrow|later))? ?[:,;-] ?(?=\\S+ \\S)`,
      'i',
    ),
    '',
  ],
  // "Before standup I'd like to see", "quick one before my call: ".
  [
    new RegExp(
      `^(?:(?:just )?(?:a |one )?(?:quick|short|small|brief|simple) ${question} )?(?:right |just |shortly )?(?:before|ahead of) (?:(?:the|my|our|a|an|today's|tomorrow's) )?${kindOfOccasion}${occasion}(?: (?:today|tomorrow|later|starts|begins))*(?: ?[:,;-] ?|,? )(?=(?:(?:i|we|can|could|please|show|give|how|what|which|who|list|tell|my|our|the)\\b|\\S+ \\S))`,
      'i',
    ),
    '',
  ],
  // "…, what should I tell her?" after what is asked.
  [
    /[,.;?!-]* (?:so |and )?what (?:should|do|can|shall|could) (?:i|we) (?:tell|say|answer|report|reply|write)(?: back)?(?: to)?(?: (?:her|him|them|my boss|my manager|the boss|the board))?[?.!]*$/i,
    '',
  ],
  // "My boss wants to know how many", "the board is asking for".
  [
    new RegExp(
      `^(?:my|our|the) ${superior} (?:(?:just|now|also) )?(?:(?:wants?|wanted|needs?|would like|likes|asked|asks)(?: me)?(?: (?:to (?:know|see|hear|have)|for))?|(?:is|was|keeps?|are|were) (?:asking|wondering)(?: me)?(?: (?:for|about))?|(?:has|have) asked(?: me)?(?: for)?) (?=${asked} |(?:the|our) )`,
      'i',
    ),
    '',
  ],
  // "Any idea how many", "do you have any idea which".
  [
    new RegExp(
      `^(?:(?:do|does) (?:you|anyone|anybody|we) (?:have|happen to have) )?(?:any|an|some) (?:idea|clue)(?: (?:of|about|on|as to))? (?=${asked} )`,
      'i',
    ),
    '',
  ],
  // "I'm looking for the three regions": who looks has no part in it. "I'm looking after" is another matter.
  [
    /^(?:(?:hi|hey|hello|so|and),? )?(?:i'm|i am|im|we're|we are)(?: (?:just|now|currently|actually|really))? (?:looking|searching|hunting|asking|checking|hoping|after|interested|keen)(?: (?:for|in|to (?:see|find|get|know)|on))? (?=(?:the|our|my|a|an|all|every|how|which|what|who|\d|three|five|ten)\b)/i,
    'show ',
  ],
  [
    /^(?:(?:i'm|i am|we're|we are) )?(?:just |only )?(?:curious|wondering|asking|interested)(?: (?:about|in|for))? (?=\S)/i,
    'show ',
  ],
  // "…? Give it to me": what is handed over was never theirs.
  [
    /[.?!;,-]+ (?:and |please )*(?:give|send|show|get|bring) (?:it|that|this|them) to (?:me|us)(?: please| pls| now)*[.!]*$/i,
    '',
  ],
  // "… for the board deck" at the end.
  [
    new RegExp(
      `(?<!\\b(?:it|this|that|need|needed|one)),? (?:for|in) (?:the|my|our|a|tomorrow's|today's) ${kindOfOccasion}(?:report|deck|slides?|slide deck|presentation|stand-?up|newsletter|minutes)[.!]*$`,
      'i',
    ),
    '',
  ],
  [
    /^(?:who|which|what) or (?:who|which|what) (?=(?:is|are|was|were|has|have|had|did|came|leads?)\b)/i,
    'who ',
  ],
  // "Just the number please, tickets last week", "…, one number is enough".
  [
    /^(?:just|only|simply) (?:the|a|one) (?:plain |bare |single )?(?:number|figure|total|value)(?: please| pls)?(?: for me)? ?[:,;-] ?(?=\S+ \S)/i,
    '',
  ],
  [
    /[,;.-] ?(?:(?:just|only|simply) )?(?:the |a |one )(?:plain |bare |single )?(?:number|figure|value|total)(?: (?:is|will be|would be) (?:enough|fine|ok|okay|sufficient|plenty)| (?:will|would) do| please| only| suffices)+[.!]*$/i,
    '',
  ],
];

/** @param text a tidied question */
export const withoutOpening = (text: string): string => rephrased(text, turns);
