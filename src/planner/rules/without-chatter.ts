/** A question without what was said behind or before it about the one who asks. */
export interface WithoutChatter {
  readonly question: string;
  readonly chatter: string;
}

const opens =
  "(?:sorry|hope|hoping|im|i'm|i am|we're|we are|trying to|about to|need (?:it|this|that|these|them)\\b|needed (?:it|this|that)\\b|want (?:it|this|that|these|them)\\b|(?:i |we )?(?:want|need|wanna|would like|like)(?:ed)? to (?:see|check|know|find out|understand|prepare|decide|show|discuss|plan|compare|make sure|be sure|verify|report|present|brief)|asking (?:because|for)|felt like|feels like|seems like|looks like|it (?:feels|felt|seems|looks)|curious|wondering|just (?:curious|wondering|checking|asking)|no rush|in a (?:rush|hurry)|on (?:my way|the (?:phone|road|train|go)|a call)|from my phone|my (?:boss|manager|director|vp|customer|client|lead)|the (?:boss|board|ceo|cfo|coo|cto|cro|vp)|(?:boss|management|leadership|finance|legal|ceo|cfo|vp) (?:is|wants|asked|asks|needs)|people (?:keep|are|say)|someone (?:asked|said|keeps)|customer (?:is|called|wants|asked)|they (?:called|are asking|asked|keep)|got (?:a|my|an)|have (?:a|my|an) (?:call|meeting|review|1:1|qbr|demo)|before (?:i|we|my|our|the) (?:call|meeting|talk|speak|go|leave|review|send|present|1:1)?|thanks|thx|cheers|ta\\b|please|will be|gonna|going to|heading (?:in)?to|walking into|prepping|preparing|planning|writing|putting together|getting ready|thinking (?:of|about)|lets see|let's see|let me know)";

const behind = new RegExp(
  `^(?<question>.{8,}?)(?:[,;.!?]+| [-–—(]| \\.\\.\\.| so (?=(?:i|we|they) )| so that (?=(?:i|we|they) )| to (?=(?:see|check|decide|find out) (?:if|whether|how|what|who)))\\s*(?<chatter>(?:(?:and|but|cos|cuz|because|since|as|so) )*(?:${opens})[^?]*)$`,
  'i',
);
const soThat =
  /^(?<question>.{8,}?),? (?<chatter>so (?:that )?(?:i|we|they) (?:can|could|may|might|will|know|don't|do)\b[^?]*)$/i;
const whether =
  /^(?<question>.{8,}?),? (?<chatter>(?:to|want to|wanna|i want to|we want to) (?:see|check|know|find out|decide|understand) (?:if|whether|how|what|who)\b[^?]*)$/i;
const before = new RegExp(
  `^(?<chatter>(?:${opens})[^?,;.!-]*?)(?:[,;.!]+| [-–—])\\s+(?<question>.{8,})$`,
  'i',
);

/** Whoever says how, or of which records, says more than why. */
const restricts =
  /\b(?:by|per|only|except|excluding|without|not (?!sure|good|great|bad|looking|too)|instead|including|as well|also|sorted|top|grouped|broken|split|each|every|versus|vs)\b/i;

/**
 * What is asked of a message in which somebody also tells why they ask or where they are: "… , want to see if it goes
 * down", "…, I'm in the car". Only for what is not understood whole; the answer names what was taken off. Null where
 * nothing of that kind is found, or where it says more than that.
 */
export function withoutChatter(text: string): WithoutChatter | null {
  for (const form of [soThat, whether, behind, before]) {
    const { question = '', chatter = '' } = form.exec(text)?.groups ?? {};
    if (question === '' || chatter === '' || restricts.test(chatter)) continue;
    return {
      question: question.replace(/[\s,;.!(–—-]+$/, ''),
      chatter: chatter.replace(/[\s.!)]+$/, ''),
    };
  }
  return null;
}
