import type { AddressInfo } from 'node:net';
import { systemClock } from '../../toolkit/clock.ts';
import type { SandboxControl } from './control/control.ts';
import { createControl } from './control/control.ts';
import { createFaults } from './faults.ts';
import { buildServer } from './http/server.ts';
import type { SandboxOptions } from './options.ts';
import { buildIdentity } from './options.ts';
import { createAppLink } from './outbound/app-link.ts';
import { createRequestUrlTransport, verifyRequestUrl } from './outbound/request-url.ts';
import { createSocketMode } from './outbound/socket-mode.ts';
import { createChannelPacing } from './pacing.ts';
import { createLiveFeed } from './page/live-feed.ts';
import { createChangeFeed } from './state/change-feed.ts';
import { createConversationStates } from './state/conversation-states.ts';
import { createCounters } from './state/counters.ts';
import { createFileStore } from './state/file-store.ts';
import { createMessageStore } from './state/message-store.ts';
import { createKeys } from './state/one-time-keys.ts';
import { createReadMarks } from './state/read-marks.ts';
import { createTimestamps } from './state/timestamps.ts';
import { openTruthLog } from './state/truth-log.ts';
import { createViewStore } from './state/view-store.ts';
import { createWorld } from './state/world.ts';
import type { Workspace } from './workspace.ts';
import { createHistoryLag } from './workspace.ts';

export interface Sandbox {
  /** The web page, for example `http://127.0.0.1:4010`. */
  readonly url: string;
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly control: SandboxControl;
  close(): Promise<void>;
}

/** Starts a workspace with nobody in it but the app and Slackbot. Rejects when the port is taken. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1';
  const app = buildIdentity(options.app);
  const clock = options.clock ?? systemClock;
  const counters = createCounters();
  const faults = createFaults(options.seed ?? 1);
  const acknowledgeMilliseconds = options.limits?.acknowledgeMilliseconds ?? 3_000;
  const socketMode = createSocketMode({
    app,
    clock,
    counters,
    acknowledgeMilliseconds,
    onConnect: () => link.wake(),
  });
  const requestUrl = (url: string) => ({ app, clock, url, acknowledgeMilliseconds });
  const delivery = options.app?.delivery ?? 'socket';
  const link = createAppLink(
    {
      app,
      clock,
      faults,
      counters,
      redeliveryMilliseconds: options.limits?.redeliveryMilliseconds ?? [1_000, 60_000, 300_000],
    },
    delivery === 'socket' ? socketMode : createRequestUrlTransport(requestUrl(delivery.requestUrl)),
  );
  let baseUrl = '';
  const workspace: Workspace = {
    app,
    clock,
    counters,
    faults,
    link,
    ...createState(options, app, clock),
    issueSocketTicket: () => socketMode.issueTicket(),
    baseUrl: () => baseUrl,
  };
  restore(workspace);
  const control = createControl({
    workspace,
    socketMode,
    setRequestUrl: async (url) => {
      const isVerified = await verifyRequestUrl(requestUrl(url));
      if (isVerified) link.setTransport(createRequestUrlTransport(requestUrl(url)));
      return isVerified;
    },
  });
  const live = createLiveFeed(workspace);
  const server = buildServer({ workspace, control, live, socketMode, host });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  baseUrl = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    url: baseUrl,
    apiUrl: `${baseUrl}/api/`,
    botToken: app.botToken,
    appToken: app.appToken,
    signingSecret: app.signingSecret,
    teamId: app.teamId,
    botUserId: app.botUserId,
    control,
    async close() {
      link.close();
      live.close();
      socketMode.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      workspace.log.close();
    },
  };
}

type State = Omit<
  Workspace,
  'app' | 'clock' | 'counters' | 'faults' | 'link' | 'issueSocketTicket' | 'baseUrl'
>;

function createState(options: SandboxOptions, app: Workspace['app'], clock: Workspace['clock']): State {
  const { limits, stateFile } = options;
  return {
    world: createWorld(app, () => Math.floor(clock.now().getTime() / 1000)),
    messages: createMessageStore(),
    timestamps: createTimestamps(clock),
    files: createFileStore(
      clock,
      limits?.fileProcessingMilliseconds ?? 150,
      stateFile === undefined ? undefined : `${stateFile}.files`,
    ),
    views: createViewStore(app),
    states: createConversationStates(),
    readMarks: createReadMarks(),
    log: openTruthLog(stateFile),
    feed: createChangeFeed(),
    pacing: createChannelPacing(clock, limits?.pacing ?? { messagesPerSecond: 1, burst: 4 }),
    triggers: createKeys(clock, { seconds: 3, uses: 1, prefix: 'trigger-' }),
    responseUrls: createKeys(clock, { seconds: 30 * 60, uses: 5, prefix: '' }),
    historyLag: createHistoryLag(),
  };
}

/** Plays a stored log back into the message store. */
function restore(workspace: Workspace): void {
  for (const { kind, message } of workspace.log.entries()) {
    workspace.timestamps.seen(message.channel, message.ts);
    if (kind === 'delete') workspace.messages.remove(message.channel, message.ts);
    else workspace.messages.put({ ...message, isStreaming: false });
  }
}
