import type { RefusePlan } from '../../../query/metric-query.ts';
import { polite, reportWords } from './refusals.ts';

type Kind = Pick<RefusePlan, 'reason' | 'detail'>;

/** Verbs that are nothing else: what follows is what it is done to. */
const verbs =
  'restart|reconnect|disconnect|grant|truncate|insert|delete|remove|unblock|disable|enable|activate|deactivate|deploy|revoke|publish|shut|kill|buy|sell|pay|hire|fire|tell|give|write|draft|invite|forward|assign|reassign|merge|reopen|cancel|approve|reject|extend|edit|rename|add|create|schedule|remind|notify|acknowledge|warn|solve|resolve|unsubscribe|subscribe|execute';
/** Verbs that are nouns or adjectives as well: "open tickets", "reply time", "close rate" ask for figures. */
const alsoNouns =
  'reply|respond|answer|offer|drop|refund|credit|discount|block|ban|install|upgrade|downgrade|reset|archive|turn|switch|stop|start|order|charge|invoice|promote|ping|call|ring|mail|email|message|contact|hand|move|close|sign|renew|change|set|update|make|open|log|book|snooze|escalate|fix|import|sync|run';

/** What a question that was not understood is after all, by the words it holds; the first that fits. */
const kinds: readonly (readonly [RegExp, Kind])[] = [
  [
    /\b(?:ignore|disregard|forget|override|bypass) (?:all |any |the |your |my |every )*(?:previous |prior |earlier |above |other )*(?:instructions?|rules?|restrictions?|permissions?|filters?)\b|\b(?:system prompts?|admin mode|developer mode|god mode|jailbreak|passwords?(?! resets?\b)|passcodes?|credentials?|api keys?|access tokens?|secret keys?|connection strings?)\b|\b(?:pretend|act as if|imagine) (?:that )?(?:you|i)\b/,
    { reason: 'not_allowed', detail: 'passwords and settings of this service, whatever is asked' },
  ],
  [
    /\b(?:home|private|personal) (?:address(?:es)?|phones?|mobiles?|numbers?|e ?mails?|life|details)\b|\b(?:salar(?:y|ies)|wages?|payslips?|pregnan\w*|religion|religious|sick(?:ness)?|illness|disease|diagnosis|married|divorced|girlfriend|boyfriend|sexual|ethnicity|passport|social security|date of birth|birthdays?)\b|\bhow old (?:is|are) (?!(?:it|this|that|these|those|the|a|an|our|my|your|his|her|their|open|tickets?|cases?|deals?)\b)[a-z]+(?: [a-z]+)?$/,
    { reason: 'not_allowed', detail: 'private matters of people, which are nobody’s to ask here' },
  ],
  [
    /\b(?:do|did|would) you (?:think|believe|feel|reckon|like|prefer)\b|\bin your (?:opinion|view)\b|\byour (?:opinion|view|favou?rite)\b|\bis it (?:fair|right|wise|worth it|a good idea)\b|\b(?:is|are|was|were) (?:\S+ ){1,3}(?:a|an) (?:good|bad|great|nice|decent|lousy|terrible|competent|useless) \S+\b/,
    { reason: 'needs_text', detail: 'an opinion cannot be computed' },
  ],
  [
    /\b(?:overnight|(?:last|at|during the|this) night|(?:half past|quarter (?:past|to)) \S+|at (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})(?: o clock)? (?:this|in the|yesterday) (?:morning|afternoon|evening))\b/,
    {
      reason: 'unclear',
      detail:
        'I read days and whole hours of one day, no nights and no single moment; ask for a day, or for its hours',
    },
  ],
  [
    /\b(?:tickets?|cases?|backlog)\b.*\b(?:updated?|updates|touched|activity|movement|moved|stale|idle|untouched)\b|\b(?:not touched|untouched|not updated) (?:tickets?|cases?)\b/,
    {
      reason: 'no_field',
      detail:
        'when a ticket was last worked on, which the records do not hold: they hold when it was opened, first answered and solved',
    },
  ],
  [
    /\b(?:comments?|verbatims?|free text)\b/,
    {
      reason: 'no_field',
      detail: 'comments, which are not shown here: of a survey its score is',
    },
  ],
  [
    /\b(?:took|taken|take|taking|handed|passed|reassigned|transferred) (?:it |them )?(?:over |on )?from (?:a |another |some |one of (?:my|our) |my |other )?(?:colleagues?|agents?|engineers?|team mates?|teammates?|somebody|someone|else)\b|\b(?:reassigned|reassignments?)\b|\b(?:tickets?|cases?|chats?|conversations?|deals?|leads?) (?:(?:that|which) )?(?:have |has |had |were |got )?(?:chang(?:ed|ing|es?)|switch(?:ed|es|ing)?|mov(?:ed|es|ing)|pass(?:ed|es|ing)) (?:(?:the|their|its|to another|to a different|between) )?(?:agents?|assignees?|owners?|hands|teams?|reps?)\b/,
    { reason: 'no_field', detail: 'who had a ticket before: the records hold only whose it is now' },
  ],
  [
    /\b(?:asks?|asked|asking|uses?|used|using|questions? (?:to|for)) (?:heed|this bot|this assistant)\b|\b(?:heed|this bot) (?:is |was |has been |been )*(?:asked|used)\b/,
    {
      reason: 'no_metric',
      detail: 'what people ask me stands in the audit log, which no question reaches',
    },
  ],
  [
    /\bhow (?:old|fresh|current|recent|up to date) (?:is|are) (?:the |this |our |my |your )?(?:data|figures|numbers)\b|\b(?:last|latest|newest|when|next) .*\b(?:sync|synced|import|imported|refresh|refreshed|data load)\b/,
    {
      reason: 'no_metric',
      detail:
        'imports are no records that can be asked for; under every answer stands which source its data is of, and of when',
    },
  ],
  [
    /\balerts?\b.*\b(?:firing|fired|acknowledged|unacknowledged|triggered|snoozed|resolved|open|active|raised|dealt|handled|sent|this|last|today|yesterday|by)\b|\b(?:firing|open|active|unacknowledged|current|critical|urgent|customer|raised) alerts?\b|\b(?:how many|number of|which|any|list|show|count) (?:\S+ )?alerts?\b/,
    {
      reason: 'unclear',
      detail:
        'alerts are no records that can be asked for: they stand in their channels, each with its state',
    },
  ],
  [
    /\b(?:will|won t|gonna|going to|predict\w*|next year s)\b/,
    { reason: 'prediction', detail: 'the future cannot be read from the records' },
  ],
  [
    /\b(?:above|below|under|over|beneath|exceed\w*|(?:better|worse|higher|lower|slower|faster|more|less|longer|shorter|greater|smaller|bigger) than) (?:or (?:above|below|under|over) )?(?:(?:the|an|our|my|their|team s|company|group|team|overall|account|customer) )*(?:average|mean|median)\b/,
    {
      reason: 'unclear',
      detail:
        'I cannot hold each against the average of all; ask for all of them in order, and for the average by itself',
    },
  ],
];

const opening = new RegExp(`^${polite}`);
const verb = new RegExp(`^(?:${verbs}) (?!me\\b|us\\b)\\S`);
const verbOrNoun = new RegExp(
  `^(?:${alsoNouns}) (?:the|a|an|that|this|these|those|it|them|him|her|me|my|our|your|all|every|to|up|off|on|out|down|back|[a-z]+ (?:a|an|the|to|that)) `,
);
const makesReport = new RegExp(`^${reportWords}\\b`);

/**
 * What kind of question it is that no rule could read, where its words tell: a deed, an opinion, the future, what is
 * private, an attempt to talk the bot out of its rules. Only for what is refused anyway, so it takes no answer away.
 *
 * @param text the question's words in lower case, without punctuation
 */
export function refusalKind(text: string): Kind | null {
  for (const [pattern, kind] of kinds) if (pattern.test(text)) return kind;
  const wish = text.replace(opening, '');
  if (makesReport.test(wish) || !(verb.test(wish) || verbOrNoun.test(wish))) return null;
  return { reason: 'action', detail: `“${text.slice(0, 200)}”` };
}
