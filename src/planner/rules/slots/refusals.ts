import type { RefusePlan } from '../../../query/metric-query.ts';
import type { Reading } from '../reading.ts';

type Reason = RefusePlan['reason'];

export interface Refusal {
  readonly reason: Reason;
  readonly detail: string;
}

/** What a wish is opened with; it says nothing of what is wished. */
export const polite =
  '(?:(?:please|pls|plz|kindly|can|could|would|will|you|heed|hey|hi|hello|just|go|ahead|and|now|then|ok|okay|i|want|need|to|let|us|lets) )*';
const verbs =
  'close|reopen|assign|reassign|escalate|delete|remove|update|change|set|send|email|mail|call|create|add|merge|snooze|acknowledge|ack|notify|remind|schedule|book|pause|cancel|mute|move|mark|transfer|approve|reject|resolve|solve|fix|edit|rename|invite|post|forward|comment|reply|respond|export|subscribe|ping|alert|raise|log|open|start|stop|run|make';
/** "Make me a short list", "create a chart": nothing is changed by it. */
export const reportWords =
  '(?:make|create|write|draft|run|compile|prepare|build|draw|pull) (?:me |us )?(?:a |an |the )?(?:\\S+ )?(?:list|report|chart|graph|table|overview|breakdown|plot|diagram|picture|summary)';
const object =
  '(?:that|this|these|those|the|a|an|it|them|him|her|my|our|all|every|me|bob|[a-z]+-\\d+|#?\\d+|ticket|case|deal|issue|alert|escalation|account|customer)';

/** What somebody at a customer does with an answer of ours; surveys, the bot and agents are counted. */
const wroteBack =
  /^(?:did|has|have) (?!(?:i|we|you|my team|anyone|anybody)\b)(?:(?!\b(?:surveys?|csat|nps|bot|agents?|chats?|conversations?|campaigns?|leads?|promises?|slas?)\b).)+? (?:(?:repl(?:y|ied)|respond(?:ed)?|g[eo]t back|gotten back|wr(?:ite|ote|itten) back) to|answer(?:ed)?) (?:me|us|my (?:ticket|answer|reply|question)|our (?:answer|reply|question))\b/;

/** Requests that are no question about figures, by the words they begin with. Order matters: first match wins. */
const rules: readonly { readonly reason: Reason; readonly pattern: RegExp; readonly detail: string }[] = [
  {
    reason: 'action',
    // "call volume", "close rate", "open tickets" are figures: an action needs something that it is done to.
    pattern: new RegExp(
      `^${polite}(?!${reportWords}\\b)(?:${verbs}) (?:${object})\\b(?! (?:rate|volume|count|pipeline)\\b)`,
    ),
    detail: 'changing records or sending messages is done by people, not by questions',
  },
  {
    reason: 'action',
    pattern: new RegExp(
      `^${polite}(?:assign|reassign|delete|email|mail|notify|remind|reopen|merge|snooze|acknowledge|ack|rename|send|schedule|book|cancel|invite|message|dm|subscribe) (?!tickets|cases|requests|escalations|deals|vs\\b|versus\\b|or\\b|and\\b)[a-z0-9@]\\S*`,
    ),
    detail: 'changing records or sending messages is done by people, not by questions',
  },
  {
    reason: 'action',
    pattern: new RegExp(
      `^${polite}(?:let (?:me|us) know|(?:alert|tell|notify|remind|ping|warn|message|text) (?:me|us)) (?:when|if|as soon as|once|before)\\b(?!.*\\b(?:yet|already|still)\\b)`,
    ),
    detail: 'alerts are set up by rules, not by questions',
  },
  {
    reason: 'no_field',
    pattern: wroteBack,
    detail:
      'what customers wrote back on a ticket: the records hold when we first answered it and when it was solved, and of chats their messages',
  },
  {
    reason: 'needs_text',
    pattern:
      /\b(?:why|summari[sz]e|summary of|tl;?dr|explain|describe|tell me about|what happened(?!(?: (?:today|yesterday|lately|recently|this|last|so far|(?:in|over|during) the (?:last|past))\b| *\??$))|what is (?:the )?reason|complain\w*|saying|talk\w* about|themes?|wording|draft|write(?! (?:in|back)\b)|translate)\b/,
    detail: 'this asks for texts or reasons, and only figures and lists can be given',
  },
  {
    reason: 'needs_text',
    pattern:
      /\b(?:should (?:i|we)|what do you (?:think|recommend|suggest)|recommend\w*|advice|advise|best way|how (?:do|can|could|should) (?:i|we|you) (?:fix|improve|reduce|increase|get|make|close|solve|prevent))\b/,
    detail: 'advice cannot be computed',
  },
  {
    reason: 'prediction',
    pattern:
      /(?:^will |\bpredict\w*|forecast (?:for|of) next (?!quarter)|going to (?!close)|how (?:much|many) [a-z ]{0,40}\bwill\b|what will\b|will (?:we|they|it|i|the team) |likely to|expect(?:ed)? to (?!close)|chance(?:s)? (?:of|that)(?! \d)|probability (?:of|that)(?! \d)(?! (?:the|my|our|all|these|those) (?:(?!\w+ing\b)\S+ ){0,3}(?:deals?|opps?|opportunities)(?: (?:of|for|at|in|with|from|and) |$))|what if|would happen)\b/,
    detail: 'the future cannot be read from the records',
  },
];

const greeting =
  /^(?:hi|hello|hey|help|thanks?|thank you|good (?:morning|afternoon|evening)|what can you do|how does this work)[ !?.]*$/;

/** "Churn probability of": the first word of a wish with the one before it, which may be what a figure is called. */
function nounAround(text: string, { 0: wish, index }: RegExpExecArray): string {
  const before = text.slice(0, index).trim().split(' ').at(-1) ?? '';
  return `${before} ${wish.trim().split(' ')[0] ?? ''}`.trim();
}

/** Recognises what can never be answered with figures. `isKnown` tells which words the catalogue's phrases cover. */
export function findRefusal(reading: Reading, coversWords: (words: string) => boolean): Refusal | null {
  const text = reading.tokens
    .filter((token) => token.kind !== 'comma')
    .map((token) => token.lower)
    .join(' ');
  if (greeting.test(text))
    return { reason: 'unclear', detail: 'ask me for a figure or a list, in your own words' };
  for (const { reason, pattern, detail } of rules) {
    const match = pattern.exec(text);
    // The wish in the asker's own words: what to do instead depends on them.
    if (match && !coversWords(match[0].trim()) && !coversWords(nounAround(text, match)))
      return { reason, detail: reason === 'action' ? `“${text.slice(0, 200)}”` : detail };
  }
  return null;
}
