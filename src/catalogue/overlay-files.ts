import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { nearest } from '../toolkit/nearest.ts';
import type { Catalogue } from './catalogue.ts';
import { type Layer, shownAs, type WrittenDefinitions } from './layers.ts';
import { MetricsById } from './metrics-by-id.ts';
import { type OpenYaml, openYamlFile } from './read-yaml.ts';

const words = z.array(z.string().min(1).max(120)).min(1);
const byId = z.record(z.string(), words).default({});
const overlaySchema = z.strictObject({
  /** `hidden`: only what this directory defines is asked about; the shipped definitions stay for alerts and boards. */
  shipped: z.enum(['shown', 'hidden']).default('shown'),
});
const synonymsSchema = z.strictObject({
  synonyms: z.strictObject({
    entities: byId,
    dimensions: byId,
    metrics: byId,
    /** By dimension and stored value. */
    values: z.record(z.string(), z.record(z.string(), words)).default({}),
  }),
});
type Synonyms = z.infer<typeof synonymsSchema>['synonyms'];

/** Words that a directory adds to definitions that stand elsewhere. */
interface AddedSynonyms extends Synonyms {
  readonly yaml: OpenYaml;
  readonly file: string;
}

export interface OverlaySettings {
  readonly hidesGround: boolean;
  readonly synonyms: readonly AddedSynonyms[];
}

/** Reads `overlay.yml` and `synonyms.yml` of the folders above the ground; both may be absent. */
export function readOverlay(
  layers: readonly Layer[],
): Result<{ readonly settings: OverlaySettings; readonly files: readonly string[] }> {
  const issues: Issue[] = [];
  const files: string[] = [];
  const synonyms: AddedSynonyms[] = [];
  let hidesGround = false;
  const open = <T>(layer: Layer, file: string, schema: z.ZodType<T>): { value: T; yaml: OpenYaml } | null => {
    const path = join(layer.folder, file);
    if (!existsSync(path)) return null;
    files.push(path);
    const opened = openYamlFile(path, shownAs(layer, file));
    if (!opened.ok) {
      issues.push(...opened.issues);
      return null;
    }
    const parsed = schema.safeParse(opened.value.written);
    if (parsed.success) return { value: parsed.data, yaml: opened.value };
    issues.push(...parsed.error.issues.map((issue) => opened.value.issueFor(issue)));
    return null;
  };
  for (const layer of layers.filter(({ depth }) => depth > 0)) {
    if (open(layer, 'overlay.yml', overlaySchema)?.value.shipped === 'hidden') hidesGround = true;
    const added = open(layer, 'synonyms.yml', synonymsSchema);
    if (added)
      synonyms.push({ ...added.value.synonyms, yaml: added.yaml, file: shownAs(layer, 'synonyms.yml') });
  }
  return issues.length > 0 ? fail(...issues) : ok({ settings: { hidesGround, synonyms }, files });
}

/** Nothing that stands in the ground is asked about by name any more. */
export function hideGround(catalogue: Catalogue, written: WrittenDefinitions): Catalogue {
  const hide = <T extends { readonly id: string }>(
    definitions: ReadonlyMap<string, T>,
    places: WrittenDefinitions['metric'],
  ): ReadonlyMap<string, T> =>
    new Map(
      [...definitions].map(([id, one]) => [
        id,
        places.get(id)?.layer.depth === 0 ? { ...one, hidden: true as const } : one,
      ]),
    );
  const ours = new Set(
    [...written.verified.values()].flatMap(({ layer }, index) => (layer.depth === 0 ? [index] : [])),
  );
  return {
    ...catalogue,
    entities: hide(catalogue.entities, written.entity),
    dimensions: hide(catalogue.dimensions, written.dimension),
    metrics: new MetricsById(hide(catalogue.metrics, written.metric)),
    verified: catalogue.verified.filter((_, index) => !ours.has(index)),
    sayings: catalogue.sayings.filter(({ id }) => written.saying.get(id)?.layer.depth !== 0),
  };
}

/** Adds words to entities, dimensions, metrics and values; an id that does not exist is a mistake. */
export function addSynonyms(
  catalogue: Catalogue,
  added: readonly AddedSynonyms[],
): { readonly catalogue: Catalogue; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const entities = new Map(catalogue.entities);
  const dimensions = new Map(catalogue.dimensions);
  const metrics = new MetricsById(catalogue.metrics);
  for (const { yaml, file, ...synonyms } of added) {
    const complain = (path: readonly string[], what: string, known: Iterable<string>): void => {
      const id = path.at(-1) ?? '';
      const suggestions = nearest(id, known);
      issues.push({
        code: 'unknown-id',
        path: `${file}:${yaml.lineOf(path)} ${path.join('.')}`,
        message: `there is no ${what} ${id}; correct the id or define it`,
        suggestions,
      });
    };
    const add = <T extends { readonly synonyms: readonly string[] }>(
      known: Map<string, T>,
      group: 'entities' | 'dimensions' | 'metrics',
      what: string,
    ): void => {
      for (const [id, more] of Object.entries(synonyms[group])) {
        const one = known.get(id);
        if (one) known.set(id, { ...one, synonyms: [...one.synonyms, ...more] });
        else complain(['synonyms', group, id], what, known.keys());
      }
    };
    add(entities, 'entities', 'entity');
    add(dimensions, 'dimensions', 'dimension');
    add(metrics, 'metrics', 'metric');
    for (const [id, byValue] of Object.entries(synonyms.values)) {
      const dimension = dimensions.get(id);
      if (!dimension) {
        complain(['synonyms', 'values', id], 'dimension', dimensions.keys());
        continue;
      }
      const stored = dimension.values.map(({ value }) => value);
      for (const value of Object.keys(byValue))
        if (!stored.includes(value)) complain(['synonyms', 'values', id, value], `value of ${id}`, stored);
      const values = dimension.values.map((one) => ({
        ...one,
        synonyms: [...one.synonyms, ...(byValue[one.value] ?? [])],
      }));
      dimensions.set(id, { ...dimension, values });
    }
  }
  return { catalogue: { ...catalogue, entities, dimensions, metrics }, issues };
}
