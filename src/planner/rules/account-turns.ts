import { rephrased, type Turn } from './turn.ts';

/** A customer as it is written, or as it is quoted where it is known. */
const name =
  '(?:the )?(?:(?:account|customer|client) )?(?<name>"[^"]+"|(?![A-Z]{1,4}-\\d)\\p{Lu}[\\p{L}\\d&.-]*(?: (?:& |of |and )?(?:\\p{Lu}|\\d)[\\p{L}\\d&.-]*)*)(?: (?:account|customer))?';
const end =
  '(?:,? (?:internally|on our side|from our side|for us|at the moment|right now|now|currently|please|pls|again))*\\s*[?.!]*$';

const colleague =
  '(?:colleague|rep|sales rep|person|teammate|team mate|team member|seller|csm|ae|account manager|manager|one of us|of us|guy)';
const who = `(?:who(?:'s|s)?|(?:which|what) ${colleague}|(?:(?:name|tell me|give me|show me|find) )?(?:the )?(?:name of the )?${colleague} (?:who|that))`;
const role = '(?:(?:account |customer )?(?:owner|manager|lead|rep)|csm|account executive|ae)';
const owns = `(?:owns?|owning|manages?|managing|looks? after|looking after|takes? care of|taking care of|responsible for|in charge of|assigned to|(?:the |our )?${role} (?:of|for|at|on|with))`;
const it = '(?:it|them|this|that|this one|the account|this account|the customer|this customer)';

/** Whose a customer is, in whatever way it is asked. */
const owners: readonly Turn[] = [
  // Billing is handled and EMEA is covered as well: a customer is who is known by that name.
  [
    new RegExp(
      `^${who} (?:(?:is|currently|actually|now) )*(?:has|handles?|handling|covers?|covering|runs?|serves?|serving) (?<name>"[^"]+")${end}`,
      'u',
    ),
    'owner of the account $<name>',
  ],
  [
    new RegExp(
      `^(?:and |so |please |pls )*${who} (?:(?:is|are|does|currently|actually|now) )*${owns} ${name}${end}`,
      'u',
    ),
    'owner of the account $<name>',
  ],
  [new RegExp(`^${name}(?:'s|[,:;]| -)? ${role}${end}`, 'u'), 'owner of the account $<name>'],
  [
    new RegExp(
      `^${name}(?: -|[,:;?.!]+) ?(?:whose (?:account |customer )?(?:is|are) (?:it|that|this|they)|whose account|${who} (?:(?:is|are|currently) )*${owns} ${it}|who is it with|who is that with)${end}`,
      'u',
    ),
    'owner of the account $<name>',
  ],
  [
    new RegExp(`^whose (?:account |customer |client )?(?:is|are) ${name}${end}`, 'u'),
    'owner of the account $<name>',
  ],
  [
    new RegExp(`^(?:to whom|who) (?:does|do) ${name} belong(?: to)?${end}`, 'u'),
    'owner of the account $<name>',
  ],
  [
    new RegExp(
      `^${name} (?:belongs to (?:whom|who)|is (?:whose|whose account|with whom)|is under whose name)${end}`,
      'u',
    ),
    'owner of the account $<name>',
  ],
  [new RegExp(`^(?:under|in) whose name is ${name}${end}`, 'u'), 'owner of the account $<name>'],
  [
    new RegExp(
      `^(?:(?:what(?:'s|s| is)|show me|give me|tell me|show|i need) )?(?:the )?(?:name of the )?(?:account |customer )?(?:owner|account manager) (?:of|for) ${name}${end}`,
      'u',
    ),
    'owner of the account $<name>',
  ],
  [
    new RegExp(
      `^${name}(?: -|[,:;]) ?${who} (?:(?:is|are|currently) )*(?:responsible|in charge|the owner|on it|the account manager)${end}`,
      'u',
    ),
    'owner of the account $<name>',
  ],
  // "Who should I talk to about Acme": whoever has the account.
  [
    new RegExp(
      `^who(?:m)? (?:should|can|could|must|do|would) (?:[Ii]|we) (?:talk|speak|turn|go|reach out|write|ask)(?: to)?(?: internally)? (?:about|regarding|for) ${name}(?:, [Ii] mean [^,]*\\bown[^,]*)?${end}`,
      'u',
    ),
    'owner of the account $<name>',
  ],
];

/** How healthy a customer is: a yes or no is told by its score. */
const health: readonly Turn[] = [
  [
    new RegExp(
      `^(?:is|are) ${name} (?:(?:still|currently|really|actually|now|rather|an?|our) )*(?:healthy|unhealthy|sick|at risk|risky|in trouble health[- ]?wise|in (?:good|bad|poor|great|excellent|perfect|full) (?:health|shape)|doing (?:well|fine|ok|okay|badly) health[- ]?wise)(?: (?:account|customer|client|one))?${end}`,
      'u',
    ),
    'health score of $<name>',
  ],
  [
    new RegExp(
      `^(?:(?:quick|do a|run a|a|the) )*health[- ]?check (?:(?:on|for|of|at|with|about) )?${name}(?:,? (?:just|only) (?:the |its |their )?(?:health )?score)?${end}`,
      'u',
    ),
    'health score of $<name>',
  ],
  [
    new RegExp(`\\b(?:account|customer|client) health (?:of|for|at) ${name}${end}`, 'u'),
    'health score of $<name>',
  ],
  [new RegExp(`${name}'s (?:account|customer|client) health${end}`, 'u'), 'health score of $<name>'],
];

/** What is asked is the figure; the worry is why. */
const worries: readonly Turn[] = [
  [
    new RegExp(
      `^(?:should|do|must) (?:[Ii]|we) (?:need to |have to )?(?:be )?(?:worry|worried|concerned|nervous) about ${name}[?.,;:! ]+(?:(?:please|just|and) )*(?:(?:tell|show|give) me |i need |what(?:'s| is| are) )?(?:the|its|their) (?<figure>\\p{L}[\\p{L} ]*?)(?: please)?[?.!]*$`,
      'u',
    ),
    '$<figure> of $<name>',
  ],
];

const turns = [...worries, ...owners, ...health];
const opening = /^[A-Z](?=[a-z]* )/;

/** "Do you know who", "can you tell me whose": asked all the same. */
const opened = (text: string): string =>
  text.replace(
    /^(?:(?:and|so|please|pls|hey|hi|any idea|do you (?:happen to )?know|(?:can|could) you tell me|tell me|remind me|let me know|i (?:need|want) to know),? )+(?=who\b|whose\b|whom\b|which\b|to whom\b|under whose\b)/i,
    '',
  );

/** @param typed a tidied question */
export function ofAccount(typed: string): string {
  const text = opened(typed);
  // "Who owns" as "who owns": only a name is told by its capital letter.
  const lower =
    /^(?:who|whose|which|what|is|are|should|do|name|tell|give|health|quick|and|so|please|the|account|customer|show|find)\b/i.test(
      text,
    )
      ? text.replace(opening, (first) => first.toLowerCase())
      : text;
  const said = rephrased(lower, turns);
  return said === lower ? typed : said;
}
