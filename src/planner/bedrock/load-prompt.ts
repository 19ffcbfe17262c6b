import { readFileSync } from 'node:fs';
import { packagePath } from '../../toolkit/package-root.ts';

export interface Prompt {
  /** From the front matter; recorded with every answer. */
  readonly version: string;
  readonly text: string;
}

/** Reads `prompts/<name>.md`. Throws when the file or its `version:` is missing: the build is broken then. */
export function loadPrompt(name: string): Prompt {
  return parsePrompt(readFileSync(packagePath('prompts', `${name}.md`), 'utf8'));
}

/** Splits front matter from text. */
export function parsePrompt(file: string): Prompt {
  const match = /^---\r?\n(?<head>[\s\S]*?)\r?\n---\r?\n(?<text>[\s\S]*)$/.exec(file);
  const version = /^version:\s*(?<version>\S+)\s*$/m.exec(match?.groups?.['head'] ?? '')?.groups?.['version'];
  const text = match?.groups?.['text']?.trim();
  if (version === undefined || text === undefined || text === '') {
    throw new Error('a prompt needs front matter with "version:" and a text below it');
  }
  return { version, text };
}
