import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLog } from '../../src/app/logger.ts';

const secrets = [
  'xoxb-1234567890-abcdefghij',
  'xapp-1-A0123-456-deadbeefdeadbeef',
  'AKIAIOSFODNN7EXAMPLE',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N',
  's3cr3t-pa55word',
  'T000/B000/XXXXXXXXXXXXXXXXXXXXXXXX',
];

it('writes JSON lines with the request id and none of the secrets, wherever they stand (S0-45)', async () => {
  const home = mkdtempSync(join(tmpdir(), 'heed-log-'));
  const { log, close } = createLog(home, 'info');
  const request = log.child({ requestId: 'r-1' });
  const [bot, app, key, jwt, password, hook] = secrets as [string, string, string, string, string, string];
  request.info({ token: bot, nested: { deep: [app] } }, 'starting');
  request.error(
    { error: new Error(`failed with ${bot} and ${key}`, { cause: new Error(`Bearer ${jwt}`) }) },
    'call failed',
  );
  request.warn({ url: `postgres://heed:${password}@db:5432/heed` }, 'no database');
  request.info(
    { url: `https://hooks.slack.com/services/${hook}`, body: JSON.stringify({ api_key: password }) },
    'sent',
  );
  await close();

  const text = readFileSync(join(home, 'heed.log'), 'utf8');
  const lines = text
    .trim()
    .split('\n')
    .map((line): { requestId: string } => JSON.parse(line));
  expect(lines).toHaveLength(4);
  expect(lines.every((line) => line.requestId === 'r-1')).toBe(true);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(text).toContain('call failed');
  rmSync(home, { recursive: true });
});
