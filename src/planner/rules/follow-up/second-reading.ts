import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { findMetric, namesOf } from '../../../catalogue/lookup.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';

const opening = /^(?:(?:and|but|so|ok(?:ay)?|n|now|then|also)[, ]+)+/i;

/**
 * What a follow-up that was not understood may be short for, as one or more changes one after the other: "weighted?" after the
 * pipeline is the weighted pipeline, "and the resolution one" is "what about resolution", "total amount per rep" is what
 * the rows are worth and then that per rep.
 */
export function secondReadings(
  catalogue: Catalogue,
  previous: QueryPlan,
  typed: string,
): readonly (readonly string[])[] {
  const text = typed
    .trim()
    .replace(/[\s?.!]+$/, '')
    .replace(opening, '');
  return [asFigure(catalogue, previous, text), asOther(text), inSteps(text)].flatMap((found) =>
    found === null ? [] : [found],
  );
}

/** A word that makes another figure of the name of the one before. */
function asFigure(catalogue: Catalogue, previous: QueryPlan, text: string): readonly string[] | null {
  const words = text
    .replace(/^(?:what about |how about |just |only |the )+/i, '')
    .replace(/ (?:one|value|figure|number)$/i, '');
  const metric = previous.kind === 'metric' ? catalogue.metrics.get(previous.metrics[0] ?? '') : undefined;
  if (metric === undefined || words.split(' ').length > 2 || !/^[a-z -]+$/i.test(words)) return null;
  const found = namesOf(metric).flatMap((name) => {
    const other = findMetric(catalogue, `${words} ${name}`);
    return other && other.id !== metric.id && other.hidden !== true ? [`${words} ${name}`] : [];
  });
  return found[0] === undefined ? null : [`what about ${found[0]}`];
}

/** "The resolution one": another of its kind. */
function asOther(text: string): readonly string[] | null {
  const said = /^(?:(?:what|how) about )?(?:the )?([a-z-]+(?: [a-z-]+)?) ones?$/i.exec(text)?.[1];
  return said === undefined || /^(?:which|what|that|this|other|next|last|first)\b/i.test(said)
    ? null
    : [`what about ${said}`];
}

function inSteps(text: string): readonly string[] | null {
  const { how = '', by = '' } =
    /^(?:(?:what(?:'s| is)|give me|show me) )?(?:the )?(?:(?<how>total|combined|summed|average|mean|median) )?(?:amounts?|values?|worth)(?: of (?:them|those|these))? (?<by>(?:per|by|for each|for every) .+)$/i.exec(
      text,
    )?.groups ?? {};
  if (by === '') return null;
  const figure = /^(?:average|mean|median)$/i.test(how) ? `${how} amount` : 'what are they worth';
  return [figure, by.replace(/^for (?:each|every) /i, 'per ')];
}
