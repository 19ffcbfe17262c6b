import { readFileSync } from 'node:fs';
import type { Config } from '../config/load-config.ts';
import type { IngestSecrets } from '../sources/webhook/verify-signature.ts';
import { UserError } from '../toolkit/issue.ts';

/**
 * Secrets of the webhook by source, from HEED_INGEST_SECRETS and HEED_INGEST_SECRETS_FILE.
 *
 * @throws UserError naming the file and line, never what stands there
 */
export function readIngestSecrets(
  config: Pick<Config, 'HEED_INGEST_SECRETS' | 'HEED_INGEST_SECRETS_FILE'>,
): IngestSecrets {
  const pairs = [...config.HEED_INGEST_SECRETS, ...pairsOfFile(config.HEED_INGEST_SECRETS_FILE)];
  const secrets = new Map<string, string[]>();
  for (const pair of pairs) {
    const colon = pair.indexOf(':');
    const source = pair.slice(0, colon);
    secrets.set(source, [...(secrets.get(source) ?? []), pair.slice(colon + 1)]);
  }
  return secrets;
}

const shape = /^[a-z0-9][a-z0-9._-]{0,62}:\S{24,}$/;

function pairsOfFile(file: string | undefined): readonly string[] {
  if (file === undefined) return [];
  const lines = readLines(file).map((line, index) => ({ text: line.trim(), number: index + 1 }));
  const used = lines.filter(({ text }) => text !== '' && !text.startsWith('#'));
  const wrong = used.filter(({ text }) => !shape.test(text));
  if (wrong.length > 0)
    throw new UserError(
      wrong.map(({ number }) => ({
        code: 'invalid-setting',
        path: `${file}:${number}`,
        message: 'must be <source>:<secret> with a secret of at least 24 characters',
      })),
    );
  return used.map(({ text }) => text);
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    const message = `${file} cannot be read; check the path and who may read it`;
    throw new UserError([{ code: 'invalid-setting', path: 'HEED_INGEST_SECRETS_FILE', message }]);
  }
}
