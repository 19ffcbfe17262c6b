/** Words that lead over to a question, or soften it; they ask for nothing. */
const lead =
  '(?:so|and|but|now|then|okay|ok|well|anyway|honestly|frankly|seriously|actually|also|first|again|right|oh|hm+|um+|please|pls|plz|just|quick|quickly|question|simply|maybe|perhaps|fine|in (?:that case|short|other words)|for once|let me think|let me (?:just )?(?:look at|see|check) the (?:numbers|figures)|no wait|wait|be honest|to be honest|to start(?: with)?|one more thing|quick one|next question|no rush(?: at all)?|sorry|yet|still|if (?:so|yes|not|there is|there are))';
const leading = new RegExp(`^(?:${lead}(?:[,:;.!-]+\\s*|\\s+(?=\\S)))+`, 'i');

const told =
  '(?:tell|show|give|remind|let) (?:me|us)(?: know)?(?! (?:to|of|about|tomorrow|tonight|later|when|next|in|at|on)\\b)|look (?:up|into)|check|find(?: out)?|say|see|confirm|work out|figure out';
const telling =
  '(?:telling|showing|giving|reminding) (?:me|us)|looking (?:up|into)|checking|finding out|letting me know|confirming';
const polite = '(?:please|pls|kindly|maybe|quickly|just|possibly|perhaps|also)';
/** What asks for an answer and says nothing of it: "could you tell me", "I'd like to know", "would you mind checking". */
const wish = [
  `(?:can|could|would|will|may|might) (?:you|i|we) (?:${polite} )*(?:${told})(?: for me)?(?: please)?`,
  `(?:would|do) you mind (?:${polite} )*(?:${telling})`,
  `(?:${polite} )*(?:tell|remind) (?:me|us)(?: please| again)?(?! (?:to|of|about|tomorrow|tonight|later|when|next|in|at|on)\\b)`,
  "(?:i|we)(?:'d| would)? (?:really |just |also |only )?(?:like|love|want|need|wanted|wish|hope|have)(?: you)? to (?:know|find out|see|understand|hear|check|look up|be sure|figure out|work out|learn)",
  "(?:i'm|i am|we're|we are|i was|i|we) (?:(?:just|really|only|also) )*(?:wonder|wondering|curious|trying to (?:see|find out|understand|figure out|work out)|interested(?: in)?|not sure|asking myself)(?: to (?:know|see))?",
  "(?:it )?(?:would|'d) (?:be|really be) (?:great|good|nice|helpful|useful|interesting|lovely) (?:to|if (?:i|we) could|if you could) (?:know|see|tell me|find out|hear)(?: before [^,:;]+?(?= how| what| which| who| when))?",
  'do you (?:happen to )?(?:know|have any idea)',
  "(?:i )?(?:can't|cannot|can not|don't) (?:remember|recall)",
].join('|');
const wishing = new RegExp(`^(?:${wish}),? (?:(?:if|whether|that) )?(?=\\S)`, 'i');
const isWish = new RegExp(`^(?:${wish})\\b`, 'i');

const auxiliary =
  "(?:is|are|was|were|am|do|does|did|has|had|can|could|would|will|should|isn't|aren't|wasn't|weren't|doesn't|don't|didn't|hasn't|haven't)";
/** Who a statement or a question is about, in one word. */
const subject =
  '(?:i|we|you|he|she|it|they|this|that|there|anyone|anybody|someone|somebody|everyone|everybody|nobody|people)';
const head = new RegExp(
  [
    "^(?:in |at |on |for |from |to |by |of |with |since |until |out of )?(?:how|what|which|whose|whom|who|when|where|why|what's|who's|how's|whats|whos|hows|when's|where's)\\b",
    `^${auxiliary}\\b(?! to\\b)`,
    '^have (?:i|we|you|they|any|all|the|my|our|there)\\b',
    '^(?:show|list|give|find|count|compare|rank|break down|sort|pull up|name|display|any)\\b(?! (?:of which|way))',
    '^(?:total|number of|share of|top \\d+|whether)\\b',
  ].join('|'),
  'i',
);
/** "When you get a chance", "which I half believe", "who am I to": subordinate, or asked of nobody. */
const subordinate = new RegExp(
  [
    `^(?:when|where|how|since when) ${subject}\\b(?!'s\\b)`,
    `^which (?:honestly|frankly|by the way|${subject})\\b`,
    '^(?:who|which|what) (?:knows|cares|a|an)\\b',
    '^(?:am i|are we|was i) (?:imagining|wrong|missing|crazy|mistaken|dreaming|the only|right)\\b',
    "^(?:is it (?:just|only) me|is that (?:right|fair|ok|so)|right|you know|isn't it|can you believe)\\b",
    "^what (?:i|we|they|he|she) (?:need|want|mean|wonder|would|'d)\\b",
    '^do (?:my|our|the) (?:best|homework)\\b',
  ].join('|'),
  'i',
);

/** The clause without the words that lead over to it: "so please tell me if it is open" asks "is it open". */
export function withoutLead(clause: string): string {
  let rest = clause;
  for (let round = 0; round < 3; round += 1) {
    const next = rest.replace(leading, '').replace(wishing, '');
    if (next === rest || next.trim() === '') break;
    rest = next.trim();
  }
  return rest;
}

/** It asks by its form: a question word, a verb before its subject, an order to show something. */
export function asksByForm(clause: string): boolean {
  const rest = clause.replace(leading, '');
  if (subordinate.test(rest)) return false;
  if (head.test(rest)) return true;
  const asked = rest.replace(wishing, '');
  if (asked === rest) return false;
  return head.test(asked) || /\b(?:if|whether)\b/i.test(rest.slice(0, rest.length - asked.length));
}

/** It wishes for something that is no question by itself: "I need everything assigned to me". */
export const wishes = (clause: string): boolean => {
  const rest = clause.replace(leading, '');
  return (
    isWish.test(rest) ||
    /^(?:i|we)(?:'d)? (?:just |only |really )?(?:need|want|would like|like|love)\b/i.test(rest)
  );
};
