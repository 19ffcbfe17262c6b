// Imports in a process of its own, so that its memory can be read: node import-child.mjs <home> <path> <mapping>
import { importSources } from '../../dist/jobs/sync-sources.js';
import { openStore } from '../../dist/store/database.js';

const [home, path, mapping] = process.argv.slice(2);
const store = await openStore({ home });
const clock = { now: () => new Date() };
const report = await importSources({ store, clock }, { path, mapping });
const months = await store.db
  .selectFrom('ticket')
  .select(({ fn }) => fn.countAll().as('count'))
  .where('opened_at', '>=', new Date('2016-03-01T00:00:00Z'))
  .where('opened_at', '<', new Date('2016-04-01T00:00:00Z'))
  .executeTakeFirst();
const perKind = await store.db
  .selectFrom('ticket_event')
  .select(['kind', ({ fn }) => fn.countAll().as('count')])
  .groupBy('kind')
  .execute();
await store.close();
process.stdout.write(
  JSON.stringify({
    report,
    openedInMarch2016: months.count,
    eventKinds: Object.fromEntries(perKind.map((row) => [row.kind, row.count])),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1000),
  }),
);
