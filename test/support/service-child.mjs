// A process of its own that runs the compiled service as `heed start` does, with short leases so that a test need not
// wait for Slack's. It is killed with SIGKILL at any moment; told to stop by SIGTERM.

import { silentProgress } from '../../dist/app/progress.js';
import { startService } from '../../dist/app/start-service.js';
import { loadConfig } from '../../dist/config/load-config.js';

const loaded = loadConfig();
if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
const service = await startService(loaded.value, silentProgress, {
  paceSeconds: Number(process.env.TEST_PACE_SECONDS ?? '0.02'),
  settleSeconds: 0.5,
  leaseSeconds: 2.5,
  timeoutSeconds: 1.5,
});
process.stdout.write('ready\n');
process.once('SIGTERM', async () => {
  await service.stop();
  process.exit(0);
});
