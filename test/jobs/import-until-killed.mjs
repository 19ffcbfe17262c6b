// Imports and tells how far it is, until somebody kills it: node import-until-killed.mjs <home> <folder> <mapping>
import { join } from 'node:path';
import { importSources } from '../../dist/jobs/sync-sources.js';
import { openStore } from '../../dist/store/database.js';

const [home, path, mapping] = process.argv.slice(2);
const store = await openStore({ home });
const onProgress = (progress) => process.stdout.write(`${progress.phase} ${progress.rowsRead}\n`);
const spoolFolder = join(home, 'spool');
await importSources({ store, clock: { now: () => new Date() }, spoolFolder, onProgress }, { path, mapping });
process.stdout.write('done\n');
await store.close();
