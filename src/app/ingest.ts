import { analyseTouched } from '../jobs/analyse-touched.ts';
import { createFastPath, type FastPath } from '../jobs/fast-path.ts';
import { ingestEvents } from '../jobs/ingest-events.ts';
import { buildTouchedKinds } from '../jobs/touched-kinds.ts';
import { systemClock } from '../toolkit/clock.ts';
import { UserError } from '../toolkit/issue.ts';
import { analysisDeps } from './analyse.ts';
import { evaluateTouched } from './evaluate.ts';
import { answerHealth } from './http/health-route.ts';
import { ingestRoute } from './http/ingest-route.ts';
import { type HttpRoute, type HttpServer, startHttpServer } from './http-server.ts';
import { readIngestSecrets } from './ingest-secrets.ts';
import type { Heed } from './open-heed.ts';
import { inStep, type Progress } from './progress.ts';

/** Builds what turns stored events into alerts at once. */
export function buildFastPath(heed: Heed, channels: ReadonlyMap<string, string>, kick: () => void): FastPath {
  const { store, clock, log } = heed;
  const kinds = buildTouchedKinds();
  const deps = {
    ...analysisDeps(heed),
    kinds,
    evaluate: (scope: Parameters<typeof evaluateTouched>[2]) => evaluateTouched(heed, channels, scope),
  };
  return createFastPath({ store, clock, log, kick, analyse: (touched) => analyseTouched(deps, touched) });
}

const usualPort = 8088;

/**
 * Starts the HTTP server when it is configured: by a port, or by secrets of the webhook. Without secrets there is no
 * webhook at its address.
 *
 * @param port where no port is configured; default 8088
 * @returns null when there is nothing to serve
 */
export async function startHttp(
  heed: Heed,
  fastPath: FastPath,
  progress: Progress,
  port: number = usualPort,
): Promise<HttpServer | null> {
  const { config, store, log } = heed;
  const secrets = readIngestSecrets(config);
  if (secrets.size === 0 && config.HEED_HTTP_PORT === undefined) return null;
  const health: HttpRoute = { path: '/healthz', methods: ['GET', 'HEAD'], answer: () => answerHealth(store) };
  const figures: HttpRoute = {
    path: '/metrics',
    methods: ['GET', 'HEAD'],
    answer: async () => ({
      status: 200,
      body: heed.metrics.render(heed.cache.counts()),
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    }),
  };
  const webhook = ingestRoute({
    secrets,
    // Senders sign with the time of the day, also where the demo believes in another one.
    clock: systemClock,
    log,
    ingest: (request) => ingestEvents({ store, clock: heed.clock }, request),
    onStored: (stored) => void fastPath.submit(stored),
  });
  return await inStep(
    progress,
    'Starting the HTTP server',
    () =>
      startHttpServer({
        host: config.HEED_HTTP_HOST,
        port: config.HEED_HTTP_PORT ?? port,
        routes: secrets.size === 0 ? [health, figures] : [health, figures, webhook],
        log,
      }).catch(refuseAddress),
    ({ url }) => (secrets.size === 0 ? url : `${url}/ingest/v1/<kind> for ${[...secrets.keys()].join(', ')}`),
  );
}

function refuseAddress(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: 'is taken by another program; choose another port',
    EACCES: 'may not be used by this user; choose a port above 1023',
    EADDRNOTAVAIL: 'is not on an address of this machine; check HEED_HTTP_HOST',
  };
  const message = why[code];
  if (message === undefined) throw error;
  throw new UserError([{ code: 'invalid-setting', path: 'HEED_HTTP_PORT', message }]);
}
