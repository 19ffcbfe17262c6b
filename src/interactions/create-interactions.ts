import type { Asker } from '../access/asker.ts';
import { audit } from '../access/audit.ts';
import type { Board } from '../catalogue/boards.ts';
import type { Block, Message } from '../messages/message.ts';
import { buildNotice } from '../messages/notice-message.ts';
import type { Store } from '../store/database.ts';
import { accept, markHandled } from '../store/inbox-store.ts';
import { putOutboxFile } from '../store/outbox-file-store.ts';
import { putMessage } from '../store/outbox-store.ts';
import { exhaustive } from '../toolkit/exhaustive.ts';
import type { Log } from '../toolkit/log.ts';
import type { AfterPress } from './answers/press-answer-button.ts';
import type { Submitted } from './answers/submit-answer-form.ts';
import { type Clearance, mayPost } from './audience-of.ts';
import type {
  ActRequest,
  AskRequest,
  ChatPerson,
  CommandRequest,
  Interactions,
  Reply,
  SubmitOutcome,
  SubmitRequest,
} from './interactions.ts';
import { type AnswerCommand, parseCommand } from './parse-command.ts';
import { type ShowBoardDeps, showBoard } from './show-board.ts';
import { showHelp } from './show-help.ts';
import { showHome } from './show-home.ts';
import { showRecord } from './show-record.ts';
import { pressSimulation, type Simulator, simulate, simulationSection } from './simulate.ts';

export interface InteractionsDeps {
  readonly store: Store;
  readonly boards: ReadonlyMap<string, Board>;
  readonly board: ShowBoardDeps;
  /** Who somebody on the platform is in Heed; null: nobody with a role. */
  readonly whoIs: (who: ChatPerson) => Promise<Asker | null>;
  readonly answer: (request: QuestionRequest) => Promise<Message>;
  /** A press of a button under an alert; undefined: none of these. */
  readonly pressAlert: (request: ActRequest, asker: Asker | null) => Promise<Message | null | undefined>;
  /** An option of a question back; null: none of these. */
  readonly answerChoice: (request: ActRequest, asker: Asker) => Promise<Message | null>;
  /** A press under an answer; null: none of these. */
  readonly pressAnswer: (request: ActRequest, asker: Asker) => Promise<AfterPress | null>;
  /** A dialog of an answer; null: none of these. */
  readonly submitAnswer: (request: SubmitRequest, asker: Asker) => Promise<Submitted | null>;
  /** A command about an answer that is there already. */
  readonly answerCommand: (
    command: AnswerCommand,
    request: CommandRequest,
    asker: Asker,
  ) => Promise<AfterPress>;
  /** What somebody saved, computed now; empty when nothing was. */
  readonly ownBoard: (asker: Asker) => Promise<readonly Block[]>;
  /** Makes something happen in a demo; refuses elsewhere. */
  readonly simulator: Simulator;
  /** What everybody in a channel may see; null: nothing was declared, or people of other companies read along. */
  readonly clearanceOf: (channelId: string) => Promise<Clearance | null>;
  /** There is something new in the outbox. */
  readonly kick: () => void;
  readonly log: Log;
}

export interface QuestionRequest {
  readonly asker: Asker;
  readonly question: string;
  readonly surface: 'direct' | 'channel' | 'command' | 'terminal';
  readonly channelId: string | null;
  readonly threadId: string | null;
  readonly requestId: string;
}

const stranger = (): Message =>
  buildNotice(
    'I do not know you yet, so I cannot show you any figures. An administrator can link you: your Slack e-mail address must be that of an imported person with a role.',
  );

/** Everything that people can do, wired to the store; see `Interactions` for what each verb promises. */
export function createInteractions(deps: InteractionsDeps): Interactions {
  return {
    ask: async (request) => {
      const key = `${request.who.platform}:${request.who.workspaceId}:${request.eventKey}`;
      if (!(await accept(deps.store.db, key, 'question', request))) {
        deps.log.info({ key, requestId: request.requestId }, 'an event that was seen before was left alone');
        return;
      }
      await answerInConversation(deps, request, key);
    },
    command: async (request) => ({ message: await runCommand(deps, request), visibility: 'ephemeral' }),
    act: async (request) => {
      const key = `${request.who.platform}:${request.who.workspaceId}:${request.eventKey}`;
      if (!(await accept(deps.store.db, key, 'act', request))) return null;
      const reply = await act(deps, request, key);
      await markHandled(deps.store.db, key);
      deps.kick();
      return reply;
    },
    submit: (request) => submit(deps, request),
    home: async (who) => {
      const asker = await deps.whoIs(who);
      if (asker === null) return stranger();
      const own = await deps.ownBoard(asker);
      const first = [
        ...(await simulationSection(deps.simulator, asker)),
        ...own,
        ...(own.length === 0 ? [] : [{ kind: 'divider' as const }]),
      ];
      return await showHome(deps.board, asker, deps.boards, first);
    },
  };
}

const privately = (message: Message): Reply => ({ message, visibility: 'ephemeral' });

/** Answers a question that the inbox holds; also called for those that a crash left unanswered. */
export async function answerInConversation(
  deps: InteractionsDeps,
  request: AskRequest,
  key: string,
): Promise<void> {
  const asker = await deps.whoIs(request.who);
  const message =
    asker === null
      ? stranger()
      : request.text === ''
        ? showHelp()
        : await deps.answer({
            asker,
            question: request.text,
            surface: request.channelKind,
            channelId: request.channelId,
            threadId: request.threadId,
            requestId: request.requestId,
          });
  await deliverAnswer(deps, { ...request, asker, message, key });
}

interface Answered {
  readonly who: ChatPerson;
  readonly channelId: string;
  readonly channelKind: 'direct' | 'channel';
  readonly threadId: string | null;
  readonly asker: Asker | null;
  readonly message: Message;
  readonly key: string;
  /** Nobody else saw what this follows, so it goes to the person whatever may be posted in the channel. */
  readonly isEphemeral?: boolean;
  /** Bytes that the message shares. */
  readonly file?: { readonly id: string; readonly content: Uint8Array };
}

/** Into the thread where everybody there may see it; else to the person, with a note in the thread. */
async function deliverAnswer(deps: InteractionsDeps, answered: Answered): Promise<void> {
  const { who, channelId, threadId, asker, message, key, file } = answered;
  const isAlone = answered.isEphemeral === true;
  const inPublic =
    !isAlone &&
    (answered.channelKind === 'direct' ||
      asker === null ||
      mayPost(await deps.clearanceOf(channelId), message.audience));
  const { audience: _, ...body } = message;
  const here = { platform: who.platform, conversation: channelId, threadId, lane: 'answer' as const };
  const direct = { ...here, conversation: `@${who.chatUserId}`, threadId: null };
  await deps.store.transaction(async (trx) => {
    if (!inPublic && !isAlone) {
      const note = buildNotice(
        'I sent you the answer in a direct message: not everybody here may see these rows.',
      );
      await putMessage(trx, { ...here, dedupeKey: `answer-note:${key}`, body: note });
    }
    const where = inPublic ? here : direct;
    const { id: outboxId } = await putMessage(trx, { ...where, dedupeKey: `answer:${key}`, body });
    if (file !== undefined) await putOutboxFile(trx, { ...file, outboxId });
    await markHandled(trx, key);
  });
  deps.kick();
}

async function act(deps: InteractionsDeps, request: ActRequest, key: string): Promise<Reply | null> {
  const asker = await deps.whoIs(request.who);
  const ofAlert = await deps.pressAlert(request, asker);
  if (ofAlert !== undefined) return ofAlert === null ? null : privately(ofAlert);
  if (asker === null) return privately(stranger());
  const simulated = await pressSimulation(deps.simulator, asker, request);
  if (simulated !== null) return privately(simulated);
  const pressed = await deps.pressAnswer(request, asker);
  if (pressed !== null) return await follow(deps, { ...request, asker, key }, pressed);
  const message = await deps.answerChoice(request, asker);
  if (message === null) return privately(outdated());
  if (request.isEphemeral) return privately(message);
  await deliverAnswer(deps, { ...request, asker, message, key });
  return null;
}

/** What follows a press: a dialog or a word for the presser now, an answer or a file through the outbox. */
async function follow(
  deps: InteractionsDeps,
  where: Omit<Answered, 'message' | 'file' | 'isEphemeral'> & { readonly isEphemeral: boolean },
  after: AfterPress,
): Promise<Reply | null> {
  switch (after.kind) {
    case 'private':
      return privately(after.message);
    case 'form':
      return { ...privately(after.message), form: after.form };
    case 'answer':
      if (where.isEphemeral) return privately(after.message);
      await deliverAnswer(deps, { ...where, message: after.message });
      return null;
    case 'file':
      await deliverAnswer(deps, { ...where, message: after.message, file: after.file });
      return where.isEphemeral ? privately(buildNotice('I sent you the file in a direct message.')) : null;
    default:
      return exhaustive(after);
  }
}

/** A dialog was sent off. There is no message to answer under, so whatever follows goes through the outbox. */
async function submit(deps: InteractionsDeps, request: SubmitRequest): Promise<SubmitOutcome> {
  const key = `${request.who.platform}:${request.who.workspaceId}:${request.eventKey}`;
  const asker = await deps.whoIs(request.who);
  const submitted = asker === null ? null : await deps.submitAnswer(request, asker);
  if (submitted?.kind === 'errors') return submitted;
  return {
    kind: 'accepted',
    work: async () => {
      if (!(await accept(deps.store.db, key, 'submit', request))) return;
      const after: AfterPress | null =
        asker === null
          ? { kind: 'private', message: stranger() }
          : submitted === null
            ? { kind: 'private', message: outdated() }
            : await submitted.work();
      const where = { ...request, asker, key };
      if (after === null) await markHandled(deps.store.db, key);
      else if (after.kind === 'file')
        await deliverAnswer(deps, { ...where, message: after.message, file: after.file });
      else
        await deliverAnswer(deps, {
          ...where,
          ...(after.kind === 'private' && { isEphemeral: true }),
          message: after.message,
        });
    },
  };
}

const outdated = (): Message =>
  buildNotice('This button belongs to an older version of Heed and does nothing any more.');

/** A board that is not for everybody is refused to others; who looked, or tried to, is in the audit trail (S1-45). */
async function openBoard(
  deps: InteractionsDeps,
  asker: Asker,
  board: Board,
  requestId: string,
): Promise<Message> {
  const isRefused = board.roles.length > 0 && !board.roles.includes(asker.role);
  await audit(deps.store.db, {
    actorId: asker.personId,
    action: 'view-board',
    subject: `board:${board.id}`,
    at: deps.board.now(),
    detail: { outcome: isRefused ? 'refused' : 'shown', isRestricted: board.roles.length > 0, requestId },
  });
  if (!isRefused) return await showBoard(deps.board, asker, board);
  return buildNotice(`${board.title} is for ${board.roles.join(', ')}; your role is ${asker.role}.`);
}

async function runCommand(deps: InteractionsDeps, request: CommandRequest): Promise<Message> {
  const command = parseCommand(
    request.text,
    [...deps.boards.values()].flatMap((board) => (board.parameters.length === 0 ? [board.id] : [])),
  );
  if (command.kind === 'help') return showHelp({ isDemo: (await deps.simulator.panel()) !== null });
  if (command.kind === 'incomplete') return buildNotice(command.message);
  const asker = await deps.whoIs(request.who);
  if (asker === null) return stranger();
  switch (command.kind) {
    case 'board': {
      const board = deps.boards.get(command.board);
      return board === undefined ? showHelp() : await openBoard(deps, asker, board, request.requestId);
    }
    case 'simulate':
      return await simulate(deps.simulator, asker, command.request);
    case 'record': {
      const { of: kind, name } = command;
      const { isShown, message } = await showRecord(deps.board, asker, deps.boards, { kind, name });
      // "account health by region" begins like the verb and is a question.
      const isQuestion = !isShown && /\s(?:by|per|in|over|with|without|this|last|of)\s/i.test(name);
      return isQuestion ? await answerCommand(deps, request, asker, request.text.trim()) : message;
    }
    case 'answer':
    case 'again':
    case 'export':
    case 'feedback':
    case 'own-alerts':
    case 'own-alert-delete':
    case 'own-board':
    case 'own-board-add':
    case 'own-board-remove': {
      const after = await deps.answerCommand(command, request, asker);
      const key = `${request.who.platform}:${request.who.workspaceId}:${request.eventKey}`;
      const where = {
        ...request,
        asker,
        key,
        threadId: null,
        channelKind: 'channel' as const,
        isEphemeral: true,
      };
      return (await follow(deps, where, after))?.message ?? after.message;
    }
    case 'ask':
      return await answerCommand(deps, request, asker, command.question);
  }
}

function answerCommand(
  deps: InteractionsDeps,
  { channelId, requestId }: CommandRequest,
  asker: Asker,
  question: string,
): Promise<Message> {
  return deps.answer({ asker, question, surface: 'command', channelId, threadId: null, requestId });
}
