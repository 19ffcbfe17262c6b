import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Constants } from '../domain/constants.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { buildDimension, buildEntity, buildMetric } from './build-catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import {
  type EntitiesFile,
  entitiesFileSchema,
  type MetricsFile,
  metricsFileSchema,
} from './catalogue-files.ts';
import { type CatalogueMistake, checkCatalogue } from './check-catalogue.ts';
import { loadConstants } from './constants.ts';
import { readYaml } from './read-yaml.ts';
import { heedTables, type Tables } from './tables.ts';

/** Where a definition stands: file, list and index, so that a mistake found later still knows its line. */
interface Place {
  readonly file: string;
  readonly path: readonly (string | number)[];
}

/**
 * Reads `entities.yml`, `entities/*.yml`, `metrics/*.yml` and `constants.yml` of a folder, checks each file and then all of them together.
 *
 * @param directory absolute path of the catalogue folder
 * @param tables tables and columns that paths may name; default is our own schema
 * @returns the catalogue, or every mistake with file, line and key
 */
export function loadCatalogue(directory: string, tables: Tables = heedTables): Result<Catalogue> {
  const entityFiles = ['entities.yml', ...filesOf(directory, 'entities')];
  const metricFiles = filesOf(directory, 'metrics');
  const read = <T>(file: string, schema: z.ZodType<T>) => ({
    file,
    parsed: readYaml(join(directory, file), schema, file),
  });
  const entities = entityFiles.map((file) => read(file, entitiesFileSchema));
  const metrics = metricFiles.map((file) => read(file, metricsFileSchema));
  // A catalogue of one's own needs no constants.
  const constants: Result<Constants> = existsSync(join(directory, 'constants.yml'))
    ? loadConstants(directory)
    : ok(new Map());
  const issues = [
    ...[...entities, ...metrics].flatMap(({ parsed }) => (parsed.ok ? [] : parsed.issues)),
    ...(constants.ok ? [] : constants.issues),
  ];
  if (issues.length > 0 || !constants.ok) return fail(...issues);

  const content: FileContents = { entities: contents(entities), metrics: contents(metrics) };
  const places = new Map<string, Place>();
  const duplicates = indexPlaces(places, content);
  const constantFiles = constants.value.size > 0 ? ['constants.yml'] : [];
  const version = hashFiles(directory, [...entityFiles, ...metricFiles, ...constantFiles]);
  const catalogue = build(content, { tables, constants: constants.value, version });
  const mistakes = [...duplicates, ...checkCatalogue(catalogue)];
  if (mistakes.length === 0) return ok(catalogue);
  const lineOf = lineFinder(directory);
  return fail(...mistakes.map((mistake) => issueFrom(mistake, places, lineOf)));
}

/** YAML files of a folder, as paths below the catalogue; none when there is no such folder. */
function filesOf(directory: string, folder: string): readonly string[] {
  if (!existsSync(join(directory, folder))) return [];
  const names = readdirSync(join(directory, folder)).filter((name) => name.endsWith('.yml'));
  return names.sort().map((name) => `${folder}/${name}`);
}

interface FileContent<T> {
  readonly file: string;
  readonly content: T;
}

interface FileContents {
  readonly entities: readonly FileContent<EntitiesFile>[];
  readonly metrics: readonly FileContent<MetricsFile>[];
}

const contents = <T>(
  files: readonly { readonly file: string; readonly parsed: Result<T> }[],
): readonly FileContent<T>[] =>
  files.flatMap(({ file, parsed }) => (parsed.ok ? [{ file, content: parsed.value }] : []));

function build(
  files: FileContents,
  { tables, constants, version }: { tables: Tables; constants: Constants; version: string },
): Catalogue {
  const entities = files.entities.flatMap(({ content }) => content.entities);
  const dimensions = files.entities.flatMap(({ content }) => content.dimensions);
  const metrics = files.metrics.flatMap(({ content }) => content.metrics);
  return {
    version,
    entities: new Map(entities.map((entity) => [entity.id, buildEntity(entity, tables)])),
    dimensions: new Map(dimensions.map((dimension) => [dimension.id, buildDimension(dimension)])),
    metrics: new Map(metrics.map((metric) => [metric.id, buildMetric(metric, constants)])),
  };
}

/** Notes where each definition stands; a second one with the same id is a mistake. */
function indexPlaces(places: Map<string, Place>, files: FileContents): CatalogueMistake[] {
  const mistakes: CatalogueMistake[] = [];
  const note = (kind: CatalogueMistake['kind'], id: string, file: string, list: string, index: number) => {
    const place = { file, path: [list, index] };
    const key = `${kind} ${id}`;
    if (places.has(key)) {
      const second = `${key} (again)`;
      places.set(second, place);
      mistakes.push({
        code: 'duplicate-id',
        kind,
        id: `${id} (again)`,
        key: 'id',
        message: `${kind} ${id} is defined twice`,
      });
    } else places.set(key, place);
  };
  for (const { file, content } of files.entities) {
    for (const [index, { id }] of content.entities.entries()) note('entity', id, file, 'entities', index);
    for (const [index, { id }] of content.dimensions.entries())
      note('dimension', id, file, 'dimensions', index);
  }
  for (const { file, content } of files.metrics) {
    for (const [index, { id }] of content.metrics.entries()) note('metric', id, file, 'metrics', index);
  }
  return mistakes;
}

type LineOf = (file: string, path: readonly (string | number)[]) => number;

function issueFrom(mistake: CatalogueMistake, places: ReadonlyMap<string, Place>, lineOf: LineOf): Issue {
  const place = places.get(`${mistake.kind} ${mistake.id}`);
  if (!place) throw new Error(`no place known for ${mistake.kind} ${mistake.id}`);
  const keys = mistake.key.split('.');
  const line = lineOf(place.file, [...place.path, ...keys]);
  const [list, index] = place.path;
  return {
    code: mistake.code,
    path: `${place.file}:${line} ${list ?? ''}[${index ?? 0}].${mistake.key}`,
    message: `${mistake.id}: ${mistake.message}`,
  };
}

/** Finds the line of the deepest part of a path that exists; files are parsed again only when there is a mistake. */
function lineFinder(directory: string): LineOf {
  const parsed = new Map<string, { document: Document; lines: LineCounter }>();
  return (file, path) => {
    let entry = parsed.get(file);
    if (!entry) {
      const lines = new LineCounter();
      entry = {
        document: parseDocument(readFileSync(join(directory, file), 'utf8'), { lineCounter: lines }),
        lines,
      };
      parsed.set(file, entry);
    }
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = entry.document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return entry.lines.linePos(node.range[0]).line;
    }
    return 1;
  };
}

function hashFiles(directory: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(directory, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}
