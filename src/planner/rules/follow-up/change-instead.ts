import { canonical } from '../canonical.ts';
import { isCalled, namesOfDimension, type Shown, shownValues } from './shown.ts';

const periodWord =
  /^(?:this|last|the last|previous|the previous|today|yesterday|q[1-4]\b|in (?:january|february|march|april|may|june|july|august|september|october|november|december))/i;

const column = '(?: (?:column|filter|grouping|breakdown|split))?';
const exchanges: readonly RegExp[] = [
  new RegExp(
    `^(?:swap|replace|exchange|switch|change)(?: out)? (?:the )?(?<old>.+?)${column} (?:for|with|by|to) (?:the )?(?<put>[^,]+)$`,
    'i',
  ),
  new RegExp(
    `^(?:forget|drop|skip|never mind|ignore|scrap)(?: about)? (?:the )?(?<old>[^,]+?)${column}(?:,| and)(?: (?:and|but|just|rather|give me|show me|do|it|that))* ?(?<put>.+)$`,
    'i',
  ),
  /^not (?:by )?(?:the )?(?<old>[^,]+?)(?:, (?:but )?| but )(?:rather )?(?:by )?(?!(?:last|next|previous|this)$)(?<put>[^,]+)$/i,
  /^(?:same,? |i mean(?:t)? )?(?<put>[^,]+?)(?:, (?:and )?not (?:by |the |for )?| (?:in place|instead) of (?:by |the )?)(?<old>[^,]+)$/i,
];

/** "Not Hannah, Priya", "swap urgent for high", "by agent in place of priority": what is there gives way. */
export function otherInstead(text: string, shown: Shown): string | null {
  const regrouped = /^re-?group(?:ed)?(?: (?:it|that|this|them|those))?(?::| by| per) ?(?<put>[^,]+)$/i.exec(
    text,
  );
  if (regrouped && shown.groups !== '(?!)') return `by ${regrouped.groups?.['put'] ?? ''} instead`;
  for (const pattern of exchanges) {
    const { old = '', put = '' } = pattern.exec(text)?.groups ?? {};
    if (old === '' || put === '') continue;
    const kind = kindOfShown(old, shown);
    if (kind === 'group') return `by ${put.replace(/^(?:by|per|for each|for every|with) /i, '')} instead`;
    if (kind !== null) return `${put.replace(/^with /i, '')} instead`;
  }
  return null;
}

/** Whether words name what an answer is split by, what it is narrowed to, or the figure that it shows. */
function kindOfShown(
  words: string,
  { previous, catalogue, nouns }: Shown,
): 'group' | 'value' | 'figure' | 'period' | null {
  const said = words.trim().toLowerCase().replace(/^by /, '');
  const groups = previous.kind === 'metric' ? previous.groupBy.map(({ dimension }) => dimension) : [];
  const isGroup = groups.some((id) => namesOfDimension(catalogue, id).some((name) => sameName(name, said)));
  if (isGroup) return 'group';
  if (shownValues(previous).some((value) => isCalled(value, said))) return 'value';
  if (periodWord.test(said) && previous.time !== null) return 'period';
  return new RegExp(`^(?:${nouns})(?: (?:count|number|volume))?$`, 'i').test(said) ? 'figure' : null;
}

const sameName = (name: string, said: string): boolean =>
  name.split(' ').map(canonical).join(' ') === said.split(' ').map(canonical).join(' ');

const whole = '(?:overall|full|complete|whole|total|entire)';
const altogether = '(?:overall|altogether|in total|in all|all together)';

/** "Regardless of priority", "drop the urgent filter", "and overall": the same without what narrows it. */
export function withoutCondition(text: string, { previous, catalogue, nouns }: Shown): string | null {
  const conditions = previous.where.flatMap(({ any }) => any);
  const [only, another] = conditions;
  if (only === undefined) return null;
  const named = conditionNamed
    .map((pattern) => pattern.exec(text)?.groups?.['old'] ?? '')
    .find((one) => one !== '')
    ?.toLowerCase()
    .replace(/ (?:filter|condition|restriction|part)$/, '');
  const filter =
    named === undefined
      ? undefined
      : conditions.find(
          ({ dimension, values }) =>
            values.some((value) => typeof value === 'string' && isCalled(value, named)) ||
            namesOfDimension(catalogue, dimension).some((name) => sameName(name, named)),
        );
  const label = filter && catalogue.dimensions.get(filter.dimension)?.label.toLowerCase();
  if (label !== undefined) return another === undefined ? 'without filters' : `without the ${label} filter`;
  const isAll = new RegExp(
    `^(?:same(?: for|,)?(?: but)? |what about |how about |what(?:'s| is| was) )?(?:(?:the )?${whole} (?:number|count|figure|total)|${altogether}|all (?:of )?(?:the )?(?:${nouns})|(?:count )?everything|all of (?:them|it|those)|for (?:everybody|everyone|anybody|anyone|all(?: of them)?)|how many(?: (?:are|is|were|was|did we have)(?: (?:there|it|that|[a-z]+ed))?)? ${altogether})(?: then)?$`,
    'i',
  );
  const isPlain = previous.kind === 'metric' && previous.groupBy.length === 0;
  // "For everyone" after my tickets speaks of whose they are, after those of a customer of that customer.
  const isOfOne =
    previous.subject === 'none' && isCalledByName.test(only.dimension) && ofEverybody.test(text);
  const isWhole = isPlain && !ofEverybody.test(text);
  return another === undefined && (isWhole || isOfOne) && isAll.test(text) ? 'without filters' : null;
}

const isCalledByName = /^(?:account|assignee|owner|person|contact|partner|product)$/;
const ofEverybody = /\bfor (?:everybody|everyone|anybody|anyone)\b/i;

const conditionNamed: readonly RegExp[] = [
  /^(?:drop|remove|clear|lift|undo|lose|delete|take (?:off|away|out)|get rid of|without) (?:the |that )?(?<old>[^,]+?) (?:filter|condition|restriction|limit(?:ation)?)$/i,
  /^(?:regardless|irrespective|independent(?:ly)?) of (?:the |their |its )?(?<old>[^,]+)$/i,
  /^without (?:limiting|restricting|narrowing|filtering) (?:it|that|this|them|those)?(?: down)? ?(?:to|by|on) (?:the )?(?<old>[^,]+)$/i,
  /^take (?:the )?(?<old>[^,]+?) out of (?:the )?filters?(?:,.*)?$/i,
  /^(?:same(?: for|,)? (?:but )?|with |of |for )?(?:any|every|all|whatever) (?<old>[^,]+?)(?: together)?$/i,
  /^(?:it|they) (?:do|does)(?:n't| not) (?:have|need) to be (?<old>[^,]+?)(?:,.*)?$/i,
  /^.+?,? (?:and )?not (?:just|only) (?:the )?(?<old>[^,]+)$/i,
];
