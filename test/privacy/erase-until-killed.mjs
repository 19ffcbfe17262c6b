// Goes on with an erasure and tells how far it is, until somebody kills it: node erase-until-killed.mjs <home>
import { finishErasures } from '../../dist/jobs/erase-person.js';
import { openStore } from '../../dist/store/database.js';

const [home] = process.argv.slice(2);
const store = await openStore({ home, durability: 'process' });
process.stdout.write('ready\n');
const onProgress = ({ step, detail }) => process.stdout.write(`${step} ${detail}\n`);
await finishErasures({ store, clock: { now: () => new Date() }, home, by: 'a test', onProgress });
await store.close();
process.stdout.write('finished\n');
