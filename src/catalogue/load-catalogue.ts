import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { z } from 'zod';
import type { Constants } from '../domain/constants.ts';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { type Ambiguity, ambiguitySchema } from './ambiguous.ts';
import { buildDimension, buildEntity, buildMetric } from './build-catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { dimensionSchema, entitySchema, metricSchema, verifiedSchema } from './catalogue-files.ts';
import { type CatalogueMistake, checkCatalogue } from './check-catalogue.ts';
import { loadLayeredConstants } from './constants.ts';
import {
  type Layer,
  layersOf,
  readDefinitions,
  type WrittenDefinition,
  type WrittenDefinitions,
} from './layers.ts';
import { MetricsById } from './metrics-by-id.ts';
import { addSynonyms, hideGround, type OverlaySettings, readOverlay } from './overlay-files.ts';
import { type Saying, sayingSchema } from './sayings.ts';
import { heedTables, type Tables } from './tables.ts';
import { yieldWords } from './yield-words.ts';

/** A catalogue that holds together, and the way from a mistake that is found later to the file and line of its cause. */
export interface LoadedCatalogue {
  readonly catalogue: Catalogue;
  /** As written, overrides laid over what they change. */
  readonly written: WrittenDefinitions;
  readonly issueFor: (mistake: CatalogueMistake) => Issue;
}

/**
 * Reads `entities.yml`, `entities/*.yml`, `metrics/*.yml`, `verified/*.yml`, `sayings/*.yml`, `ambiguous.yml` and `constants.yml` of a folder, checks each
 * file and then all of them together.
 *
 * @param folders absolute path of the catalogue folder, or several from the ground up: each may add to and change what
 *   lies below it
 * @param tables tables and columns that paths may name; default is our own schema
 * @returns the catalogue, or every mistake with file, line and key
 */
export function loadCatalogue(
  folders: string | readonly string[],
  tables: Tables = heedTables,
): Result<Catalogue> {
  const loaded = loadCatalogueWithPlaces(folders, tables);
  return loaded.ok ? ok(loaded.value.catalogue) : loaded;
}

/** As `loadCatalogue`, for a caller that has more to check, such as the database. */
export function loadCatalogueWithPlaces(
  folders: string | readonly string[],
  tables: Tables = heedTables,
): Result<LoadedCatalogue> {
  const layers = layersOf(folders);
  const read = readDefinitions(layers);
  const constants = loadLayeredConstants(layers);
  const overlays = readOverlay(layers);
  const early = [read, constants, overlays].flatMap((part): readonly Issue[] => (part.ok ? [] : part.issues));
  if (!read.ok || !constants.ok || !overlays.ok) return fail(...early);
  const { written, files } = read.value;
  const parsed = parseAll(written);
  if (!parsed.ok) return parsed;
  const version = hashFiles(layers, [...files, ...constants.value.files, ...overlays.value.files]);
  const built = build(parsed.value, { tables, constants: constants.value.constants, version });
  return settle(built, written, overlays.value.settings);
}

/** Lays hidden definitions and added synonyms over the catalogue and checks the whole. */
function settle(
  built: Catalogue,
  written: WrittenDefinitions,
  settings: OverlaySettings,
): Result<LoadedCatalogue> {
  const added = addSynonyms(settings.hidesGround ? hideGround(built, written) : built, settings.synonyms);
  const catalogue = yieldWords(added.catalogue, written);
  const issueFor = (mistake: CatalogueMistake) => issueFrom(mistake, written);
  const issues = [...added.issues, ...checkCatalogue(catalogue).map(issueFor)];
  return issues.length > 0 ? fail(...issues) : ok({ catalogue, written, issueFor });
}

interface Parsed {
  readonly entities: readonly z.infer<typeof entitySchema>[];
  readonly dimensions: readonly z.infer<typeof dimensionSchema>[];
  readonly metrics: readonly z.infer<typeof metricSchema>[];
  readonly verified: readonly z.infer<typeof verifiedSchema>[];
  readonly ambiguous: readonly Ambiguity[];
  readonly sayings: readonly Saying[];
}

function parseAll(written: WrittenDefinitions): Result<Parsed> {
  const issues: Issue[] = [];
  const parse = <T>(definitions: ReadonlyMap<string, WrittenDefinition>, schema: z.ZodType<T>): T[] =>
    [...definitions.values()].flatMap(({ raw, yaml, path }) => {
      const parsed = schema.safeParse(raw);
      if (parsed.success) return [parsed.data];
      issues.push(...parsed.error.issues.map((issue) => yaml.issueFor(issue, path)));
      return [];
    });
  const parsed = {
    entities: parse(written.entity, entitySchema),
    dimensions: parse(written.dimension, dimensionSchema),
    metrics: parse(written.metric, metricSchema),
    verified: parse(written.verified, verifiedSchema),
    ambiguous: parse(written.ambiguity, ambiguitySchema),
    sayings: parse(written.saying, sayingSchema),
  };
  return issues.length > 0 ? fail(...issues) : ok(parsed);
}

function build(
  { entities, dimensions, metrics, verified, ambiguous, sayings }: Parsed,
  { tables, constants, version }: { tables: Tables; constants: Constants; version: string },
): Catalogue {
  return {
    version,
    entities: new Map(entities.map((entity) => [entity.id, buildEntity(entity, tables)])),
    dimensions: new Map(dimensions.map((dimension) => [dimension.id, buildDimension(dimension)])),
    metrics: new MetricsById(metrics.map((metric) => [metric.id, buildMetric(metric, constants)])),
    verified,
    ambiguous,
    sayings,
  };
}

function issueFrom(mistake: CatalogueMistake, written: WrittenDefinitions): Issue {
  const place = placeOf(mistake, written);
  if (!place) throw new Error(`no place known for ${mistake.kind} ${mistake.id}`);
  const keys = mistake.key.split('.');
  const line = place.yaml.lineOf([...place.path, ...keys]);
  const [list, index] = place.path;
  return {
    code: mistake.code,
    path: `${place.file}:${line} ${list ?? ''}[${index ?? 0}].${mistake.key}`,
    message: mistake.kind === 'verified' ? mistake.message : `${mistake.id}: ${mistake.message}`,
  };
}

/** Verified questions have no ids; they are counted. */
function placeOf({ kind, id }: CatalogueMistake, written: WrittenDefinitions): WrittenDefinition | undefined {
  return kind === 'verified' ? [...written.verified.values()][Number(id)] : written[kind].get(id);
}

function hashFiles(layers: readonly Layer[], files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of [...new Set(files)]) {
    const layer = layers.find(({ folder }) => !relative(folder, file).startsWith('..'));
    hash
      .update(`${layer?.depth ?? 0} ${relative(layer?.folder ?? '', file)}`)
      .update('\0')
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}
