import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, type Issue, ok, type Result } from '../../toolkit/issue.ts';
import type { Directory } from '../identity.ts';
import type { SourceEvent } from '../source-event.ts';
import type { PlannedFile, SourcePlan } from '../source-plan.ts';
import { fileInput, unreadable } from '../text/input-file.ts';
import type { MappedFile, Mapping } from './mapping-schema.ts';
import { learningDirectory } from './own-names.ts';
import { readMapped } from './read-mapped.ts';

/**
 * Finds the files that a mapping reads, in the mapping's order.
 *
 * @param path a folder that holds them, or one of the files
 */
export function planMapped(path: string, mapping: Mapping): Result<SourcePlan> {
  const names = listNames(path);
  if (!names.ok) return names;
  const { folder, files } = names.value;
  const found: MappedInput[] = [];
  const issues: Issue[] = [];
  for (const spec of mapping.files) {
    const pattern = patternOf(spec.file);
    let matching = files.filter((name) => pattern.test(name)).sort();
    // A single file that is named on the command line is meant, whatever it is called.
    if (matching.length === 0 && mapping.files.length === 1 && !statSync(path).isDirectory())
      matching = [...files];
    if (matching.length === 0 && !spec.optional && statSync(path).isDirectory()) {
      issues.push({
        code: 'file-missing',
        path: basename(path),
        message: `has no file "${spec.file}", which the mapping reads`,
      });
    }
    found.push(...matching.map((name) => ({ spec, file: { path: join(folder, name), name } })));
  }
  if (found.length === 0 && issues.length === 0) {
    const wanted = mapping.files.map((spec) => spec.file).join(', ');
    issues.push({
      code: 'file-missing',
      path: basename(path),
      message: `is none of the mapping's files: ${wanted}`,
    });
  }
  if (issues.length > 0) return fail(...issues);
  return ok(planMappedFiles(mapping, found));
}

/** A file and the part of a mapping that reads it. */
export interface MappedInput {
  readonly spec: MappedFile;
  readonly file: PlannedFile;
}

export function planMappedFiles(mapping: Mapping, found: readonly MappedInput[]): SourcePlan {
  return {
    adapter: 'mapped',
    source: mapping.source,
    files: found.map(({ file }) => file),
    partial: mapping.partial,
    read: (directory) => readAll(found, mapping, directory),
  };
}

async function* readAll(
  found: readonly MappedInput[],
  mapping: Mapping,
  directory: Directory,
): AsyncGenerator<SourceEvent> {
  const names = learningDirectory(directory);
  for (const { spec, file } of found) {
    for await (const event of readMapped(fileInput(file.path, file.name), mapping, spec, names)) {
      if (event.kind === 'accepted' || event.kind === 'derived')
        for (const record of event.records) names.learn(record);
      yield event;
    }
  }
}

function listNames(path: string): Result<{ readonly folder: string; readonly files: readonly string[] }> {
  try {
    if (!statSync(path).isDirectory()) return ok({ folder: join(path, '..'), files: [basename(path)] });
    const files = readdirSync(path, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => entry.name);
    return ok({ folder: path, files });
  } catch (error) {
    return fail(unreadable(basename(path), error).issue);
  }
}

/** `*` stands for any characters. */
export function patternOf(file: string): RegExp {
  const escaped = file.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 'i');
}
