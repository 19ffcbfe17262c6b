import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { fail, type Issue, ok, type Result } from '../toolkit/issue.ts';
import { nearest } from '../toolkit/nearest.ts';

/** A file that was read and is not checked yet. */
export interface OpenYaml {
  /** What stands in it. */
  readonly written: unknown;
  /** Line of the deepest part of a path that exists, counted from 1. */
  lineOf(path: readonly PropertyKey[]): number;
  /** A complaint of a schema about the part at `at`, with file, line and key. */
  issueFor(issue: z.core.$ZodIssue, at?: readonly PropertyKey[]): Issue;
}

/**
 * Reads one YAML file and checks it against a schema. Every mistake comes back at once, each with file and line.
 *
 * @param file absolute path; only its last segment is shown in messages
 * @param schema zod schema of the whole document
 * @returns the parsed value, or issues with paths like `alerts/sla.yml:12 rules[0].severity`
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>, shownAs: string = basename(file)): Result<T> {
  const text = readText(file, shownAs);
  return text.ok ? parseYaml(text.value, schema, shownAs) : text;
}

/** Reads a file without checking it against a schema; for files whose parts are checked one by one. */
export function openYamlFile(file: string, shownAs: string): Result<OpenYaml> {
  const text = readText(file, shownAs);
  return text.ok ? openYaml(text.value, shownAs) : text;
}

function readText(file: string, shownAs: string): Result<string> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail({ code: 'file-unreadable', path: shownAs, message: `cannot be read: ${why}` });
  }
}

/** As `readYaml`, from text. */
export function parseYaml<T>(text: string, schema: z.ZodType<T>, shownAs: string): Result<T> {
  const opened = openYaml(text, shownAs);
  if (!opened.ok) return opened;
  const parsed = schema.safeParse(opened.value.written);
  if (parsed.success) return ok(parsed.data);
  return fail(...parsed.error.issues.map((issue) => opened.value.issueFor(issue)));
}

interface ParsedText {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

const parsedTexts = new Map<string, WeakRef<ParsedText>>();
const forgotten = new FinalizationRegistry<string>((text) => {
  if (parsedTexts.get(text)?.deref() === undefined) parsedTexts.delete(text);
});

/** A folder is read again for every change and check: a text that somebody still holds is not parsed a second time. */
function parsedText(text: string): ParsedText {
  const known = parsedTexts.get(text)?.deref();
  if (known) return known;
  const lines = new LineCounter();
  const parsed = { document: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines };
  parsedTexts.set(text, new WeakRef(parsed));
  forgotten.register(parsed, text);
  return parsed;
}

function openYaml(text: string, shownAs: string): Result<OpenYaml> {
  const parsed = parsedText(text);
  const { document, lines } = parsed;
  if (document.errors.length > 0) {
    const issues = document.errors.map((error): Issue => {
      const { line } = lines.linePos(error.pos[0]);
      return {
        code: 'yaml-syntax',
        path: `${shownAs}:${line}`,
        message: `is not valid YAML: ${error.message}`,
      };
    });
    return fail(...issues);
  }
  let written: unknown;
  try {
    written = document.toJS();
  } catch (error) {
    // An alias without its anchor, or aliases that multiply until the memory is full.
    const why = error instanceof Error ? error.message : String(error);
    return fail({ code: 'yaml-syntax', path: shownAs, message: `is not valid YAML: ${why}` });
  }
  return ok({
    written,
    lineOf,
    issueFor: (issue, at = []) => {
      const path = [...at, ...issue.path];
      // The issue stands at the object; the reader looks for the key.
      const line = lineOf(issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path);
      const where = path.length > 0 ? ` ${formatPath(path)}` : '';
      const suggestions = suggestionsOf(issue, writtenAt(path));
      return {
        code: 'invalid-value',
        path: `${shownAs}:${line}${where}`,
        message: issue.message,
        ...(suggestions === undefined ? {} : { suggestions }),
      };
    },
  });

  function lineOf(path: readonly PropertyKey[]): number {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = parsed.document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return parsed.lines.linePos(node.range[0]).line;
    }
    return 1;
  }

  /** What stands at the deepest part of the path that the file has. */
  function writtenAt(path: readonly PropertyKey[]): unknown {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const written: unknown = parsed.document.getIn(path.slice(0, depth));
      if (written !== undefined) return written;
    }
    return undefined;
  }
}

/** Nearest words of a closed vocabulary; a schema's own check may hand over others as `params.suggestions`. */
function suggestionsOf(issue: z.core.$ZodIssue, written: unknown): readonly string[] | undefined {
  if (issue.code === 'invalid_value' && typeof written === 'string')
    return nearest(written, issue.values.map(String));
  const given: unknown = issue.code === 'custom' ? issue.params?.['suggestions'] : undefined;
  return Array.isArray(given) ? given.filter((one) => typeof one === 'string') : undefined;
}

function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
}
