import type { SlackApp } from '../chat/slack/slack-app.ts';
import { type Relay, startRelay } from '../delivery/relay.ts';
import { ownBoardBlocks } from '../interactions/answers/saved-questions.ts';
import {
  answerInConversation,
  createInteractions,
  type InteractionsDeps,
} from '../interactions/create-interactions.ts';
import { askRequestSchema } from '../interactions/interactions.ts';
import { pressAlertButton } from '../interactions/press-alert-button.ts';
import { listUnhandled, markHandled } from '../store/inbox-store.ts';
import { createOutboxAccess } from '../store/outbox-access.ts';
import {
  answerChoice,
  answerCommand,
  answerDeps,
  answerMessage,
  pressAnswer,
  submitAnswer,
} from './answer.ts';
import { createClearanceOf } from './channel-clearance.ts';
import { namedChannels } from './evaluate.ts';
import { createMembership } from './membership.ts';
import type { Heed } from './open-heed.ts';
import { markerSecret } from './secret.ts';
import { createSimulator } from './simulate.ts';
import { whoIs } from './who-is.ts';

export interface ServeOptions {
  /** Distance between two messages of a conversation; Slack takes about one a second. */
  readonly paceSeconds: number;
  /** After a lost answer, how long until Slack must show the message in its history. */
  readonly settleSeconds: number;
  /** A claimed message belongs to one relay so long; more than a call may take plus `settleSeconds`. */
  readonly leaseSeconds: number;
}

export const slackPace: ServeOptions = { paceSeconds: 1, settleSeconds: 30, leaseSeconds: 90 };

export interface Service {
  readonly relay: Relay;
  /** Channel ids by name without `#`. */
  readonly channels: ReadonlyMap<string, string>;
  readonly missingChannels: readonly { readonly name: string; readonly why: string }[];
  /** Takes no more events, finishes what is in hand. */
  stop(): Promise<void>;
}

/** Connects the rooms to Slack: events come in, the outbox goes out. Jobs are started apart (`schedule`). */
export async function serve(heed: Heed, slack: SlackApp, options: ServeOptions): Promise<Service> {
  const { log, store, config } = heed;
  const { ids: channels, missing } = await slack.findChannels(namedChannels(heed));
  for (const { name, why } of missing)
    log.warn({ channel: name, why }, 'a channel of the catalogue cannot be posted to');
  const relay = startRelay({
    outbox: createOutboxAccess(store),
    platform: slack.platform,
    draw: heed.draw,
    secret: markerSecret(config.home, config.HEED_SECRET),
    policy: { settleSeconds: options.settleSeconds, longestWaitSeconds: 300 },
    leaseSeconds: options.leaseSeconds,
    clockSkewSeconds: 60,
    paceSeconds: options.paceSeconds,
    parallel: 8,
    idleMs: 250,
    log,
    random: Math.random,
  });
  const deps = interactionsDeps(heed, slack, channels, () => relay.kick());
  await slack.start(createInteractions(deps));
  await answerLeftOver(deps);
  return {
    relay,
    channels,
    missingChannels: missing,
    stop: async () => {
      await slack.stop();
      await relay.stop();
    },
  };
}

function interactionsDeps(
  heed: Heed,
  slack: SlackApp,
  channels: ReadonlyMap<string, string>,
  kick: () => void,
): InteractionsDeps {
  const alertDeps = {
    store: heed.store,
    clock: heed.clock,
    zone: heed.config.HEED_TIME_ZONE,
    platform: 'slack' as const,
  };
  const members = createMembership(slack, () => Date.now());
  return {
    store: heed.store,
    get boards() {
      return heed.boards;
    },
    get board() {
      return { catalogue: heed.catalogue, run: heed.run, now: () => heed.clock.now() };
    },
    whoIs: async (who) =>
      (await members.isOurs(who.chatUserId))
        ? await whoIs(heed, who, (chatUserId) => slack.lookUpMember(chatUserId))
        : null,
    answer: (request) => answerMessage(heed, request),
    pressAlert: async (request, asker) => {
      const outcome = await pressAlertButton(alertDeps, {
        action: request.action,
        value: request.value,
        asker,
      });
      return outcome === null ? undefined : outcome.reply;
    },
    answerChoice: (request, asker) => answerChoice(heed, request, asker),
    pressAnswer: (request, asker) => pressAnswer(heed, request, asker),
    submitAnswer: (request, asker) => submitAnswer(heed, request, asker),
    ownBoard: (asker) => ownBoardBlocks(answerDeps(heed), asker),
    answerCommand: (command, request, asker) => answerCommand(heed, command, request, asker),
    simulator: createSimulator({ heed, channels, kick }),
    clearanceOf: createClearanceOf(heed, channels, (channelId) => members.isInside(channelId)),
    kick,
    log: heed.log,
  };
}

/** Questions that were accepted and not answered because the process died; nobody else works on them after a minute. */
const leftOverSeconds = 60;

async function answerLeftOver(deps: InteractionsDeps): Promise<void> {
  for (const { key, kind, body } of await listUnhandled(deps.store.db, leftOverSeconds)) {
    const request = kind === 'question' ? askRequestSchema.safeParse(body) : null;
    if (request?.success === true) await answerInConversation(deps, request.data, key);
    else await markHandled(deps.store.db, key);
  }
}
