import { readView, showModal } from '../api/views.ts';
import type { Json, JsonObject } from '../json.ts';
import { asList, asObject, asString, isObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import { interactiveElements } from '../state/block-ids.ts';
import type { Workspace } from '../workspace.ts';
import type { Choice } from './chosen-action.ts';
import { fieldsOf } from './chosen-action.ts';
import type { Outcome } from './command.ts';
import { actionTimestamp, findPerson, payloadHead } from './person.ts';
import { PersonError } from './person-error.ts';

/** A person opens the app's home tab. */
export function openHome(workspace: Workspace, userId: string): void {
  findPerson(workspace, userId);
  if (!workspace.app.events.has('app_home_opened')) return;
  const view = workspace.views.home(userId);
  workspace.link.event({
    type: 'app_home_opened',
    user: userId,
    channel: workspace.world.directMessage(userId).id,
    tab: 'home',
    event_ts: actionTimestamp(workspace),
    ...(view === undefined ? {} : { view }),
  });
}

/** Answers by action id; an input without an answer is empty. */
export type Answers = Readonly<Record<string, Choice>>;

export interface SubmitOutcome extends Outcome {
  /** Sentences by block id, from Slack itself (required fields) or from the app. */
  readonly errors: Readonly<Record<string, string>>;
}

/** A person submits their modal. Does what the app's `response_action` says; without one the modal closes. */
export async function submitView(
  workspace: Workspace,
  userId: string,
  viewId: string,
  answers: Answers,
): Promise<SubmitOutcome> {
  const view = findModal(workspace, userId, viewId);
  const missing = missingAnswers(view, answers);
  const refused = { acknowledged: false, response: null, triggerId: '', responseUrl: '' };
  if (Object.keys(missing).length > 0) return { ...refused, errors: missing };
  const triggerId = workspace.triggers.issue({ userId });
  const delivery = await workspace.link.interaction({
    kind: 'interactive',
    body: {
      type: 'view_submission',
      ...payloadHead(workspace, userId),
      trigger_id: triggerId,
      view: { ...view, state: { values: stateValues(view, answers) } },
      response_urls: [],
    },
  });
  if (delivery.kind === 'failed') return { ...refused, triggerId, errors: {} };
  const errors = applyViewAction(workspace, userId, view, delivery.response);
  return { acknowledged: true, response: delivery.response, triggerId, responseUrl: '', errors };
}

/** A person closes their modal; the app hears of it when it asked for that. */
export async function closeView(workspace: Workspace, userId: string, viewId: string): Promise<void> {
  const view = findModal(workspace, userId, viewId);
  workspace.views.closeModal(userId);
  workspace.feed.publish({ kind: 'modal', userId, view: null });
  if (view['notify_on_close'] !== true) return;
  await workspace.link.interaction({
    kind: 'interactive',
    body: { type: 'view_closed', ...payloadHead(workspace, userId), view, is_cleared: false },
  });
}

function findModal(workspace: Workspace, userId: string, viewId: string): JsonObject {
  findPerson(workspace, userId);
  const view = workspace.views.modal(userId);
  if (view?.['id'] !== viewId)
    throw new PersonError('view_not_found', `no open modal "${viewId}" for "${userId}"`);
  return view;
}

function inputBlocks(view: JsonObject): readonly JsonObject[] {
  return asList(view['blocks'])
    .map(asObject)
    .filter((block) => block['type'] === 'input');
}

function missingAnswers(view: JsonObject, answers: Answers): Record<string, string> {
  const open = inputBlocks(view).filter((block) => {
    const answer = answers[asString(asObject(block['element'])['action_id'])];
    const isEmpty = (answer?.value ?? '') === '' && (answer?.selected ?? '').length === 0;
    return block['optional'] !== true && isEmpty;
  });
  return Object.fromEntries(
    open.map((block) => [asString(block['block_id']), 'Please complete this required field.']),
  );
}

/** `state.values`: by block id and action id. */
function stateValues(view: JsonObject, answers: Answers): JsonObject {
  const blocks = asList(view['blocks']).map(asObject);
  const values: Record<string, Json> = {};
  for (const { blockId, element } of interactiveElements(blocks)) {
    const actionId = asString(element['action_id']);
    const answer = answers[actionId];
    if (element['type'] === 'button' || element['type'] === 'overflow') continue;
    values[blockId] = {
      [actionId]: {
        type: element['type'],
        ...(answer === undefined ? { value: null } : fieldsOf(element, answer)),
      },
    };
  }
  return values;
}

/** `errors` keeps the modal open, `update` and `push` show another view, `clear` and nothing close it. */
function applyViewAction(
  workspace: Workspace,
  userId: string,
  view: JsonObject,
  response: Json,
): Record<string, string> {
  const answer = isObject(response) ? response : {};
  switch (answer['response_action']) {
    case 'errors':
      return Object.fromEntries(
        Object.entries(asObject(answer['errors'])).map(([blockId, text]) => [blockId, asString(text)]),
      );
    case 'update':
    case 'push': {
      try {
        const next = readView(workspace, { view: answer['view'] }, 'modal');
        const previous = answer['response_action'] === 'update' ? view : undefined;
        showModal(workspace, userId, workspace.views.build(next, previous));
        return {};
      } catch (error) {
        if (!(error instanceof SlackError)) throw error;
        return { '': `The app's view was refused: ${error.message}` };
      }
    }
    default:
      workspace.views.closeModal(userId);
      workspace.feed.publish({ kind: 'modal', userId, view: null });
      return {};
  }
}
