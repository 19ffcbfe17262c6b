import { connectSlack, type SlackOptions } from '../chat/slack/slack-app.ts';
import type { Config } from '../config/load-config.ts';
import { recoverSyncRuns } from '../jobs/sync-sources.ts';
import { type Issue, UserError } from '../toolkit/issue.ts';
import { buildFastPath, startHttp } from './ingest.ts';
import { openHeed } from './open-heed.ts';
import { inStep, type Progress } from './progress.ts';
import { type ServeOptions, serve, slackPace } from './serve.ts';
import { startJobs } from './start-jobs.ts';
import { watchCatalogue } from './watch-catalogue.ts';

export interface StartedService {
  readonly workspaceId: string;
  readonly missingChannels: readonly { readonly name: string; readonly why: string }[];
  /** Address of the HTTP server; null: none is configured. */
  readonly httpUrl: string | null;
  stop(): Promise<void>;
}

/**
 * `heed start`: store, Slack, HTTP, jobs, in this order; stopped in the reverse.
 *
 * @throws UserError when a token is missing
 */
export async function startService(
  config: Config,
  progress: Progress,
  pace: ServeOptions & { readonly timeoutSeconds?: number } = slackPace,
): Promise<StartedService> {
  const botToken = requireToken(config);
  const transport = transportOf(config);
  const heed = await openHeed(config, { progress });
  try {
    const slack = await inStep(progress, 'Connecting to Slack', () =>
      connectSlack({
        botToken,
        transport,
        apiUrl: config.SLACK_API_URL,
        teamId: config.SLACK_TEAM_ID,
        linkHosts: config.HEED_LINK_HOSTS,
        draw: heed.draw,
        ...(pace.timeoutSeconds === undefined ? {} : { timeoutSeconds: pace.timeoutSeconds }),
        log: heed.log,
      }),
    );
    await recoverSyncRuns({ store: heed.store, clock: heed.clock });
    const service = await serve(heed, slack, pace);
    const kick = () => service.relay.kick();
    const fastPath = buildFastPath(heed, service.channels, kick);
    const http = await startHttp(heed, fastPath, progress);
    const jobs = startJobs(heed, service.channels, kick, fastPath);
    const catalogueWatch = watchCatalogue(heed);
    return {
      workspaceId: slack.workspaceId,
      missingChannels: service.missingChannels,
      httpUrl: http?.url ?? null,
      stop: async () => {
        catalogueWatch.stop();
        await http?.stop();
        await jobs.stop();
        await fastPath.idle();
        await service.stop();
        await heed.close();
      },
    };
  } catch (error) {
    await heed.close();
    throw error;
  }
}

const guide = 'see docs/guides/connect-slack.md, or try everything without Slack: npm run demo';

function requireToken(config: Config): string {
  const missing: Issue[] = [];
  if (config.SLACK_BOT_TOKEN === undefined)
    missing.push({ code: 'missing-setting', path: 'SLACK_BOT_TOKEN', message: `is not set; ${guide}` });
  if (config.SLACK_APP_TOKEN === undefined && config.SLACK_SIGNING_SECRET === undefined) {
    missing.push({
      code: 'missing-setting',
      path: 'SLACK_APP_TOKEN',
      message: `is not set (nor SLACK_SIGNING_SECRET for events over HTTP); ${guide}`,
    });
  }
  if (missing.length > 0 || config.SLACK_BOT_TOKEN === undefined) throw new UserError(missing);
  return config.SLACK_BOT_TOKEN;
}

function transportOf(config: Config): SlackOptions['transport'] {
  return config.SLACK_APP_TOKEN === undefined
    ? { kind: 'http', signingSecret: config.SLACK_SIGNING_SECRET ?? '', port: config.SLACK_HTTP_PORT }
    : { kind: 'socket', appToken: config.SLACK_APP_TOKEN };
}
