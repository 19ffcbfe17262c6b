import { nearest } from '../toolkit/nearest.ts';
import type { Catalogue } from './catalogue.ts';
import type { CatalogueMistake } from './check-catalogue.ts';
import { recordsIn } from './saying-pattern.ts';

/** Records that a saying speaks of must exist, and what it puts in place must speak of no others. */
export function checkSayings(catalogue: Catalogue): readonly CatalogueMistake[] {
  return catalogue.sayings.flatMap(({ id, means, says }): CatalogueMistake[] => {
    const mistake = (key: string, code: string, message: string): CatalogueMistake => ({
      code,
      kind: 'saying',
      id,
      key,
      message,
    });
    const unknown = (key: string, entity: string): CatalogueMistake => {
      const [like] = nearest(entity, catalogue.entities.keys());
      const hint = like === undefined ? '' : `; the nearest is ${like}`;
      return mistake(key, 'unknown-entity', `there is no entity ${entity}${hint}`);
    };
    const missing = (key: string, text: string): CatalogueMistake[] =>
      recordsIn(text)
        .flatMap((name) => name.split('/'))
        .filter((entity) => !catalogue.entities.has(entity))
        .map((entity) => unknown(key, entity));
    return [...missing('means', means ?? ''), ...says.flatMap((text, at) => missing(`says.${at}`, text))];
  });
}
