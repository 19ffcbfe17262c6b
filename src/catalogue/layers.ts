import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { nearest } from '../toolkit/nearest.ts';
import { type OpenYaml, openYamlFile } from './read-yaml.ts';

/** A folder of definitions: the shipped catalogue, or one that is laid over it. */
export interface Layer {
  /** Absolute. */
  readonly folder: string;
  /** 0: the ground; above it every folder may change what lies below. */
  readonly depth: number;
}

/** Folders from the ground up; a single one is a catalogue of its own. */
export function layersOf(folders: string | readonly string[]): readonly Layer[] {
  return [folders].flat().map((folder, depth) => ({ folder, depth }));
}

/** How a file of a layer is named to people: files of one's own directory with the directory's name. */
export const shownAs = ({ folder, depth }: Layer, file: string): string =>
  depth === 0 ? file : `${basename(folder)}/${file}`;

export type DefinitionKind = 'entity' | 'dimension' | 'metric' | 'verified' | 'ambiguity' | 'saying';

/** One definition as written, before its own schema looked at it; overrides are already laid over what they change. */
export interface WrittenDefinition {
  readonly id: string;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly layer: Layer;
  /** As shown to people. */
  readonly file: string;
  /** List and index in the file. */
  readonly path: readonly (string | number)[];
  readonly yaml: OpenYaml;
}

export type WrittenDefinitions = Readonly<Record<DefinitionKind, ReadonlyMap<string, WrittenDefinition>>>;

const lists = {
  entities: 'entity',
  dimensions: 'dimension',
  metrics: 'metric',
  verified: 'verified',
  ambiguous: 'ambiguity',
  sayings: 'saying',
} as const;
const list = z.array(z.unknown()).default([]);
const fileSchemas = {
  entities: z.strictObject({ entities: list, dimensions: list }),
  metrics: z.strictObject({ metrics: z.array(z.unknown()).min(1) }),
  verified: z.strictObject({ verified: z.array(z.unknown()).min(1) }),
  ambiguous: z.strictObject({ ambiguous: z.array(z.unknown()).min(1) }),
  sayings: z.strictObject({ sayings: z.array(z.unknown()).min(1) }),
} as const;

/**
 * Reads every file of definitions from the ground up and lays overrides over what they change.
 *
 * @returns the definitions by kind and id, and the files that were read, or every mistake with file and line
 */
export function readDefinitions(
  layers: readonly Layer[],
): Result<{ readonly written: WrittenDefinitions; readonly files: readonly string[] }> {
  const written = {
    entity: new Map(),
    dimension: new Map(),
    metric: new Map(),
    verified: new Map(),
    ambiguity: new Map(),
    saying: new Map(),
  } as Record<DefinitionKind, Map<string, WrittenDefinition>>;
  const issues: Issue[] = [];
  const files: string[] = [];
  for (const layer of layers) {
    for (const { file, kind } of definitionFiles(layer)) {
      const path = join(layer.folder, file);
      files.push(path);
      const opened = openYamlFile(path, shownAs(layer, file));
      if (!opened.ok) {
        issues.push(...opened.issues);
        continue;
      }
      const yaml = opened.value;
      const parsed = fileSchemas[kind].safeParse(yaml.written);
      if (!parsed.success) {
        issues.push(...parsed.error.issues.map((issue) => yaml.issueFor(issue)));
        continue;
      }
      for (const [name, items] of Object.entries(parsed.data) as [keyof typeof lists, unknown[]][])
        for (const [index, raw] of items.entries()) {
          const place = { layer, file: shownAs(layer, file), path: [name, index], yaml };
          const problem = lay(written[lists[name]], lists[name], raw, place);
          if (problem) issues.push(problem);
        }
    }
  }
  return issues.length > 0 ? fail(...issues) : ok({ written, files });
}

type Place = Pick<WrittenDefinition, 'layer' | 'file' | 'path' | 'yaml'>;

/** Puts one definition where its id says, or over the one it overrides. */
function lay(
  known: Map<string, WrittenDefinition>,
  kind: DefinitionKind,
  given: unknown,
  place: Place,
): Issue | null {
  const raw = isRecord(given) ? given : {};
  const id = idOf(raw, kind, place);
  const below = known.get(id);
  const at = (key: string, code: string, message: string): Issue => ({
    code,
    path: `${place.file}:${place.yaml.lineOf([...place.path, key])} ${place.path[0]}[${place.path[1]}].${key}`,
    message,
  });
  if (!isRecord(given)) return at('', 'invalid-value', `must be a ${kind} with its keys, for example id: …`);
  if (raw['override'] === true && place.layer.depth > 0) {
    if (!below) {
      const suggestions = nearest(id, known.keys());
      const message = `there is no ${kind} ${id} to override; correct the id, or take override: true away to define a new one`;
      return { ...at('id', `unknown-${kind}`, message), suggestions };
    }
    const { override: _, ...changes } = raw;
    known.set(id, { ...place, id, raw: merge(below.raw, changes) });
    return null;
  }
  if (below && below.layer.depth < place.layer.depth)
    return at(
      'id',
      'duplicate-id',
      `${kind} ${id} exists already (${below.file}); write override: true beside its id to change some of its fields, or choose another id`,
    );
  if (below) return at('id', 'duplicate-id', `${id}: ${kind} ${id} is defined twice`);
  known.set(id, { ...place, id, raw });
  return null;
}

/** A definition without an id gets its place as one, so that its schema can say what is missing. */
function idOf(raw: Readonly<Record<string, unknown>>, kind: DefinitionKind, place: Place): string {
  const { id } = raw;
  if (typeof id === 'string' && kind !== 'verified') return id;
  return `${place.file} ${place.path.join('.')}`;
}

/** Keys of a record are laid over one by one; lists and plain values are replaced. */
function merge(
  below: Readonly<Record<string, unknown>>,
  above: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const old = below[key];
    merged[key] = isRecord(old) && isRecord(value) ? merge(old, value) : value;
  }
  return merged;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function definitionFiles(
  layer: Layer,
): readonly { readonly file: string; readonly kind: keyof typeof fileSchemas }[] {
  const has = (file: string): boolean => existsSync(join(layer.folder, file));
  const needsGround = layer.depth === 0 || has('entities.yml');
  return [
    ...(needsGround ? [{ file: 'entities.yml', kind: 'entities' } as const] : []),
    ...yamlFilesOf(layer.folder, 'entities').map((file) => ({ file, kind: 'entities' }) as const),
    ...yamlFilesOf(layer.folder, 'metrics').map((file) => ({ file, kind: 'metrics' }) as const),
    ...(has('verified.yml') ? [{ file: 'verified.yml', kind: 'verified' } as const] : []),
    ...(has('ambiguous.yml') ? [{ file: 'ambiguous.yml', kind: 'ambiguous' } as const] : []),
    ...yamlFilesOf(layer.folder, 'verified').map((file) => ({ file, kind: 'verified' }) as const),
    ...yamlFilesOf(layer.folder, 'sayings').map((file) => ({ file, kind: 'sayings' }) as const),
  ];
}

/** YAML files of a sub-folder, as paths below the catalogue; none when there is no such folder. */
export function yamlFilesOf(directory: string, folder: string): readonly string[] {
  if (!existsSync(join(directory, folder))) return [];
  const names = readdirSync(join(directory, folder)).filter((name) => /\.ya?ml$/.test(name));
  return names.sort().map((name) => `${folder}/${name}`);
}

/** The topmost folder that has a file; the ground where none has, so that its reader can say what is missing. */
export function folderHolding(folders: string | readonly string[], file: string): string {
  const all = [folders].flat();
  return all.findLast((folder) => existsSync(join(folder, file))) ?? all[0] ?? '';
}
