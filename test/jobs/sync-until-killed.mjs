// Syncs a Salesforce stand-in until it is done or somebody kills it: node sync-until-killed.mjs <home> <address>
import { syncConnectors } from '../../dist/jobs/sync-connectors.js';
import { createSalesforceConnector } from '../../dist/sources/salesforce/connector.js';
import { openStore } from '../../dist/store/database.js';

const [home, instanceUrl, clientId, clientSecret] = process.argv.slice(2);
const store = await openStore({ home });
const connector = createSalesforceConnector(
  { instanceUrl, auth: { kind: 'client-credentials', clientId, clientSecret }, apiVersion: '62.0' },
  { pageRows: 10, bulkOverRows: 100_000 },
);
// A killed process still holds the lease for a minute; here each process takes it as if the minute were over.
await store.db
  .updateTable('job_lease')
  .set({ expires_at: new Date(0) })
  .execute();
const [report] = await syncConnectors(
  { store, clock: { now: () => new Date() }, connectors: [connector] },
  { streams: ['Account'] },
);
await store.close();
process.stdout.write(`${report.state} ${JSON.stringify(report.issues)}\n`);
