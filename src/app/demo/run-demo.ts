import { connectSlack } from '../../chat/slack/slack-app.ts';
import type { Config } from '../../config/load-config.ts';
import { outboxDepth } from '../../store/outbox-depth.ts';
import { type Clock, fixedClock, systemClock } from '../../toolkit/clock.ts';
import { type ListedAlert, listAlerts } from '../alerts.ts';
import { type Analysed, analyse } from '../analyse.ts';
import { type AskResult, ask } from '../ask.ts';
import { postDueDigests } from '../digests.ts';
import { drawToFile } from '../draw.ts';
import { evaluate } from '../evaluate.ts';
import { buildFastPath, startHttp } from '../ingest.ts';
import { type Heed, openHeed } from '../open-heed.ts';
import { inStep, type Progress } from '../progress.ts';
import { type Service, serve } from '../serve.ts';
import { startJobs } from '../start-jobs.ts';
import { buildWorld, type ImportedWorld } from './build-world.ts';
import { withDemoZone } from './demo-origin.ts';
import { personas, startDemoSlack } from './demo-slack.ts';
import { resetStore } from './reset-store.ts';
import { startStandInModel } from './stand-in-model.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly size: 'small' | 'demo';
  /** The demo believes that it is this time (and goes on from there); undefined: now. */
  readonly asOf: Date | undefined;
  /** Port of the local Slack; 0 takes a free one. */
  readonly port: number;
  /** Questions that the rules do not understand go to a local stand-in for Bedrock, which replies from a script. */
  readonly withStandInModel?: boolean;
  /** Ask the two questions and stop. */
  readonly once: boolean;
}

export interface DemoResult {
  readonly imported: Omit<ImportedWorld, 'truth'>;
  readonly analysed: Analysed;
  readonly alerts: readonly (ListedAlert & { readonly chart: string | null })[];
  readonly answers: readonly AskResult[];
  readonly page: string;
  /** What stands where a model would; null: nothing does. */
  readonly model: string | null;
  readonly seconds: number;
}

export interface RunningDemo {
  readonly result: DemoResult;
  stop(): Promise<void>;
}

/** Two of the questions that the people of the demo would ask. */
const questions = [
  { question: 'open escalations by priority', as: personas[2]?.email },
  { question: 'which of my deals over 50k slipped this quarter?', as: personas[1]?.email },
] as const;

/** Phrasings that only the script of the stand-in knows, and a question about texts. */
const standInQuestions = [
  { question: 'did we disappoint anybody on our promises last month?', as: personas[2]?.email },
  { question: 'summarise the latest escalations', as: personas[2]?.email },
] as const;

const standInNotice =
  'a stand-in for Bedrock that replies from a script; no model is asked, and nothing here says how well one understands';

/**
 * The whole product on one machine: writes a world, imports it, analyses it, evaluates the rules and delivers into a
 * local Slack, through the same code as `heed start`.
 */
export async function runDemo(
  config: Config,
  progress: Progress,
  options: DemoOptions,
): Promise<RunningDemo> {
  const started = Date.now();
  const standIn =
    options.withStandInModel === true
      ? await inStep(
          progress,
          'Starting a stand-in for Bedrock',
          () => startStandInModel(config.catalogueDir),
          () => 'it replies from a script; no model is asked',
        )
      : null;
  const heed = await openHeed(withDemoZone(config), {
    progress,
    clock: clockFrom(options),
    ...(standIn === null ? {} : { standIn: { url: standIn.url } }),
  });
  try {
    await resetStore(heed.store, config.home);
    const { truth: _planted, ...imported } = await buildWorld(heed, progress, options);
    const analysed = await inStep(
      progress,
      'Analysing',
      (step) => analyse(heed, step),
      ({ findings }) => `${findings} findings`,
    );
    const { service, sandboxUrl, stop } = await startLocalSlack(heed, progress, options.port);
    await inStep(
      progress,
      'Evaluating the alert rules and posting',
      async (step) => {
        await evaluate(heed, service.channels);
        await postDueDigests(heed, service.channels, { evenIfEarly: true });
        service.relay.kick();
        await untilDelivered(heed, (open) => step.update(`${open} to go`));
      },
      () => `${service.relay.status().delivered} messages`,
    );
    const asked = standIn === null ? questions : [...questions, ...standInQuestions];
    const answers = options.once ? await askAll(heed, progress, asked) : [];
    const kick = () => service.relay.kick();
    const fastPath = buildFastPath(heed, service.channels, kick);
    const http = options.once ? null : await startHttp(heed, fastPath, progress, 0);
    const jobs = options.once ? null : startJobs(heed, service.channels, kick, fastPath, { syncs: false });
    const alerts = await describeAlerts(heed, service);
    const stopAll = async (): Promise<void> => {
      await http?.stop();
      await jobs?.stop();
      await fastPath.idle();
      await stop();
      await heed.close();
      await standIn?.close();
    };
    const seconds = Math.round((Date.now() - started) / 100) / 10;
    const result = {
      ...{ imported, analysed, alerts, answers, page: sandboxUrl, seconds },
      model: standIn === null ? null : standInNotice,
    };
    return { result, stop: stopAll };
  } catch (error) {
    await heed.close();
    await standIn?.close();
    throw error;
  }
}

/** A single run at a given moment stands still, so that it can be repeated to the letter. */
function clockFrom({ asOf, once }: DemoOptions): Clock {
  if (asOf === undefined) return systemClock;
  if (once) return fixedClock(asOf);
  const offset = asOf.getTime() - Date.now();
  return { now: () => new Date(Date.now() + offset) };
}

async function startLocalSlack(heed: Heed, progress: Progress, port: number) {
  return await inStep(progress, 'Starting the local Slack', async () => {
    const sandbox = await startDemoSlack(port);
    const slack = await connectSlack({
      botToken: sandbox.botToken,
      transport: { kind: 'socket', appToken: sandbox.appToken },
      apiUrl: sandbox.apiUrl,
      teamId: sandbox.teamId,
      linkHosts: heed.config.HEED_LINK_HOSTS,
      draw: heed.draw,
      log: heed.log,
    });
    const service = await serve(heed, slack, { paceSeconds: 0.15, settleSeconds: 2, leaseSeconds: 30 });
    const stop = async (): Promise<void> => {
      await service.stop();
      await sandbox.close();
    };
    return { service, sandboxUrl: sandbox.url, stop };
  });
}

/** Gives up waiting after this; what is left is delivered later and shows up in the log. */
const deliveryPatienceMs = 60_000;

async function untilDelivered(heed: Heed, onOpen: (open: number) => void): Promise<void> {
  const until = Date.now() + deliveryPatienceMs;
  for (;;) {
    const { open } = await outboxDepth(heed.store.db);
    if (open === 0 || Date.now() > until) return;
    onOpen(open);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function askAll(
  heed: Heed,
  progress: Progress,
  questions: readonly { readonly question: string; readonly as: string | undefined }[],
): Promise<readonly AskResult[]> {
  const answers: AskResult[] = [];
  for (const { question, as } of questions) {
    answers.push(
      await inStep(
        progress,
        `Asking “${question}”`,
        () => ask(heed, { question, as }),
        ({ outcome }) => outcome,
      ),
    );
  }
  return answers;
}

async function describeAlerts(heed: Heed, service: Service): Promise<DemoResult['alerts']> {
  const names = new Map([...service.channels].map(([name, id]) => [id, `#${name}`]));
  const listed = await listAlerts(heed, 'open');
  const described: (ListedAlert & { readonly chart: string | null })[] = [];
  for (const { spec, ...alert } of listed) {
    const chart = spec === null ? null : await drawToFile(heed.draw, spec, heed.config.home);
    described.push({
      ...alert,
      channel: alert.channel === null ? null : (names.get(alert.channel) ?? alert.channel),
      chart,
    });
  }
  return described;
}
