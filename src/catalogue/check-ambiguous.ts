import { nearest } from '../toolkit/nearest.ts';
import { rankOfNothing } from './ambiguous.ts';
import type { Catalogue } from './catalogue.ts';
import type { CatalogueMistake } from './check-catalogue.ts';

/** What an ambiguous word may mean must exist, and so must what a ranking ranks. */
export function checkAmbiguous(catalogue: Catalogue): readonly CatalogueMistake[] {
  return catalogue.ambiguous.flatMap(({ id, means, ranks }): CatalogueMistake[] => {
    const unknown = (key: string, code: string, kind: string, name: string, known: Iterable<string>) => {
      const [like] = nearest(name, known);
      const message = `there is no ${kind} ${name}${like === undefined ? '' : `; the nearest is ${like}`}`;
      return { code, kind: 'ambiguity' as const, id, key, message };
    };
    return [
      ...means.flatMap(({ as }, index) =>
        as.kind === 'metric' && !catalogue.metrics.has(as.id)
          ? [unknown(`means.${index}`, 'unknown-metric', 'metric', as.id, catalogue.metrics.keys())]
          : [],
      ),
      ...ranks.flatMap((name, index) =>
        name === rankOfNothing || catalogue.dimensions.has(name) || catalogue.entities.has(name)
          ? []
          : [
              unknown(`ranks.${index}`, 'unknown-dimension', 'dimension or entity', name, [
                ...catalogue.dimensions.keys(),
                ...catalogue.entities.keys(),
              ]),
            ],
      ),
    ];
  });
}
