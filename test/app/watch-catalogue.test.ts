import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openHeed } from '../../src/app/open-heed.ts';
import { watchCatalogue } from '../../src/app/watch-catalogue.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { copyTestHome } from '../support/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'heed-watch-'));
mkdirSync(join(folder, 'metrics'));
const put = (text: string) => writeFileSync(join(folder, 'metrics', 'ours.yml'), text);
const homes: string[] = [];
afterAll(() => {
  for (const home of [folder, ...homes]) rmSync(home, { recursive: true, force: true });
});

async function config() {
  const home = await copyTestHome();
  homes.push(home);
  const loaded = loadConfig({ HEED_HOME: home, HEED_CATALOGUE_DIR: folder, HEED_LOG_LEVEL: 'silent' }, home);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
  return loaded.value;
}

const label = (text: string) => `metrics:\n  - id: open_tickets\n    override: true\n    label: ${text}\n`;
const ownTable = `
entities:
  - id: ours
    label: { one: our row, many: our rows }
    table: nowhere.rows
    key: id
    columns: { id: number, name: text }
    title: name
    default_time: null
    list_columns: [our_name]
    row_scope: { roles: { admin: all } }
dimensions:
  - { id: our_name, label: Our name, description: A name of ours., entity: ours, path: name, type: text }
`;

describe('a catalogue that changes while the service runs', () => {
  it('is taken when it is right, and the one before stays when it is not', async () => {
    put(label('Cases'));
    const heed = await openHeed(await config());
    const watch = watchCatalogue(heed, { everyMs: 3_600_000 });
    try {
      const labelNow = () => heed.catalogue.metrics.get('open_tickets')?.label;
      expect(labelNow()).toBe('Cases');
      expect(await watch.look()).toBe('same');
      put(label('Cases in hand'));
      expect(await watch.look()).toBe('taken');
      expect(labelNow()).toBe('Cases in hand');
      put(`${label('Broken')}    good: sideways\n`);
      expect(await watch.look()).toBe('refused');
      expect(labelNow()).toBe('Cases in hand');
      expect(await watch.look()).toBe('same');
      put(label('Cases once more'));
      mkdirSync(join(folder, 'entities'));
      writeFileSync(join(folder, 'entities', 'ours.yml'), ownTable);
      expect(await watch.look()).toBe('refused');
      expect(labelNow()).toBe('Cases in hand');
      rmSync(join(folder, 'entities'), { recursive: true });
      expect(await watch.look()).toBe('taken');
      expect(labelNow()).toBe('Cases once more');
    } finally {
      watch.stop();
      await heed.close();
    }
  });

  it('that is broken is refused at the start, with file and line', async () => {
    put(`${label('Broken')}    good: sideways\n`);
    await expect(openHeed(await config())).rejects.toThrow(/metrics\/ours\.yml:5 metrics\[0\]\.good/);
    put(label('Cases'));
    mkdirSync(join(folder, 'entities'), { recursive: true });
    writeFileSync(join(folder, 'entities', 'ours.yml'), ownTable);
    await expect(openHeed(await config())).rejects.toThrow(/the database has no table nowhere\.rows/);
  });
});
