import { ok, type Result } from '../../toolkit/issue.ts';
import type { Catalogue } from '../catalogue.ts';
import type { WrittenDefinitions } from '../layers.ts';
import { parseYaml } from '../read-yaml.ts';
import { datasetToEntity, type ForeignNames, wordsOf } from './foreign-dataset.ts';
import { readMetric } from './foreign-metric.ts';
import { ansiOf, heedData, type OsiModel, osiSchema } from './osi-schema.ts';

/** A directory that lays the document over the catalogue, as values of YAML files by their names. */
export interface ImportedOsi {
  readonly files: Readonly<Record<string, unknown>>;
  /** What could not be carried, or was guessed: look at it before the directory is used. */
  readonly notes: readonly string[];
  readonly counts: {
    readonly entities: number;
    readonly dimensions: number;
    readonly metrics: number;
    readonly unchanged: number;
  };
}

type Raw = Readonly<Record<string, unknown>>;

/**
 * Reads an Open Semantic Interchange document. Definitions of our own come back as they were written; those of others
 * are translated where the core names say enough. What stands in the catalogue already with the same content is left
 * out; with another content it becomes an override.
 *
 * @param text YAML or JSON
 * @param below catalogue that the directory will be laid over
 */
export function importOsi(
  text: string,
  shownAs: string,
  below: { readonly catalogue: Catalogue; readonly written: WrittenDefinitions },
): Result<ImportedOsi> {
  const read = parseYaml(text, osiSchema, shownAs);
  if (!read.ok) return read;
  const notes: string[] = [];
  const { version } = read.value;
  if (version !== undefined && !/^(?:1\.0|0\.[12])(?:\D|$)/.test(version))
    notes.push(`version ${version} is not 1.0, 0.2 or 0.1; what it shares with them was read`);
  const found = {
    entities: [] as Raw[],
    dimensions: [] as Raw[],
    metrics: [] as Raw[],
    verified: [] as unknown[],
  };
  const constants: Record<string, unknown> = {};
  const hides = read.value.semantic_model.some(
    (model) => heedData(model.custom_extensions)?.['shipped'] === 'hidden',
  );
  for (const model of read.value.semantic_model) readModel(model, { found, constants, notes });
  const laid = layOver(found, constants, notes, below);
  return ok(hides ? { ...laid, files: { 'overlay.yml': { shipped: 'hidden' }, ...laid.files } } : laid);
}

interface Found {
  readonly found: {
    readonly entities: Raw[];
    readonly dimensions: Raw[];
    readonly metrics: Raw[];
    readonly verified: unknown[];
  };
  readonly constants: Record<string, unknown>;
  readonly notes: string[];
}

function readModel(model: OsiModel, { found, constants, notes }: Found): void {
  const data = heedData(model.custom_extensions);
  Object.assign(constants, data?.['constants']);
  if (Array.isArray(data?.['verified'])) found.verified.push(...(data['verified'] as unknown[]));
  const names: ForeignNames = { taken: new Set(), columns: new Map() };
  for (const dataset of model.datasets) {
    const own = heedData(dataset.custom_extensions);
    if (own) found.entities.push(own);
    for (const field of dataset.fields) {
      const known = heedData(field.custom_extensions);
      if (known) found.dimensions.push(known);
      else if (own)
        notes.push(`field ${dataset.name}.${field.name}: has no extension of ours and was left out`);
    }
    if (own) continue;
    const made = datasetToEntity(dataset, model.relationships, names);
    notes.push(...made.notes);
    if (made.entity) found.entities.push(made.entity);
    found.dimensions.push(...made.dimensions);
  }
  for (const metric of model.metrics) {
    const known = heedData(metric.custom_extensions);
    if (known) {
      found.metrics.push(known);
      continue;
    }
    const made = readMetric(
      {
        name: metric.name,
        label: wordsOf(metric.name),
        description: metric.description,
        synonyms: metric.ai_context.synonyms,
        expression: ansiOf(metric.expression),
      },
      names,
    );
    if (made.kind === 'left-out') notes.push(`metric ${metric.name}: ${made.why}`);
    else found.metrics.push(...made.metrics);
    if (metric.ai_context.instructions !== '')
      notes.push(`metric ${metric.name}: instructions were left out`);
  }
  if (model.ai_context.instructions !== '' && data === null)
    notes.push(`model ${model.name}: instructions were left out; they have no place in a catalogue`);
}

/** What is new, what changes, and what is the same already. */
function layOver(
  found: Found['found'],
  constants: Readonly<Record<string, unknown>>,
  notes: readonly string[],
  { catalogue, written }: { readonly catalogue: Catalogue; readonly written: WrittenDefinitions },
): ImportedOsi {
  let unchanged = 0;
  const place = (definitions: readonly Raw[], kind: 'entity' | 'dimension' | 'metric'): Raw[] =>
    definitions.flatMap((raw) => {
      const below = written[kind].get(String(raw['id']));
      if (!below) return [raw];
      const keys = Object.keys(raw).filter((key) => !isSame(raw[key], below.raw[key]));
      if (keys.length === 0) {
        unchanged += 1;
        return [];
      }
      return [{ id: raw['id'], override: true, ...Object.fromEntries(keys.map((key) => [key, raw[key]])) }];
    });
  const entities = place(found.entities, 'entity');
  const dimensions = place(found.dimensions, 'dimension');
  const metrics = place(found.metrics, 'metric');
  const known = new Set(
    [...catalogue.metrics.values()].flatMap((metric) =>
      metric.type === 'derived' ? Object.keys(metric.constants) : [],
    ),
  );
  const newConstants = Object.entries(constants)
    .filter(([id]) => !known.has(id))
    .map(([id, one]): [string, unknown] => [id, withoutNulls(one)]);
  const verified = found.verified.filter((one) => !catalogue.verified.some((other) => isSame(other, one)));
  return {
    files: {
      ...(entities.length + dimensions.length > 0 && { 'entities/imported.yml': { entities, dimensions } }),
      ...(metrics.length > 0 && { 'metrics/imported.yml': { metrics } }),
      ...(newConstants.length > 0 && { 'constants.yml': { constants: Object.fromEntries(newConstants) } }),
      ...(verified.length > 0 && { 'verified/imported.yml': { verified } }),
    },
    notes,
    counts: { entities: entities.length, dimensions: dimensions.length, metrics: metrics.length, unchanged },
  };
}

/** A list that is empty says the same as none. */
function isSame(left: unknown, right: unknown): boolean {
  const plain = (one: unknown): unknown => (Array.isArray(one) && one.length === 0 ? undefined : one);
  return JSON.stringify(plain(left)) === JSON.stringify(plain(right));
}

function withoutNulls(one: unknown): unknown {
  if (typeof one !== 'object' || one === null) return one;
  return Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null));
}
