import { z } from 'zod';
import type { FaultAction, FaultRule } from '../faults.ts';
import { faultKinds } from '../faults.ts';
import { PersonError } from '../people/person-error.ts';
import type { Workspace } from '../workspace.ts';
import type { SandboxControl } from './control.ts';

/** A verb of `POST /_control/<verb>`: its body is checked, then run. */
export interface ControlVerb {
  readonly run: (control: SandboxControl, workspace: Workspace, body: unknown) => unknown;
}

function verb<Schema extends z.ZodType>(
  schema: Schema,
  run: (control: SandboxControl, body: z.infer<Schema>, workspace: Workspace) => unknown,
): ControlVerb {
  return { run: (control, workspace, body) => run(control, schema.parse(body), workspace) };
}

const choice = {
  value: z.string().optional(),
  selected: z.union([z.string(), z.array(z.string())]).optional(),
};
const who = { user: z.string() };
const where = { ...who, channel: z.string() };

const fault = z
  .object({
    method: z.string(),
    kind: z.enum(faultKinds as [FaultAction['kind'], ...FaultAction['kind'][]]),
    channel: z.string().optional(),
    count: z.int().positive().optional(),
    probability: z.number().min(0).max(1).optional(),
    retryAfterSeconds: z.number().nullable().default(1),
    status: z.int().min(500).max(599).optional(),
    code: z.string().default('internal_error'),
    milliseconds: z.number().nonnegative().default(1000),
  })
  .strict();

/** Users by id or handle; channels by id, `#name`, or `dm` for the person's conversation with the app. */
export const controlVerbs: Readonly<Record<string, ControlVerb>> = {
  'add-user': verb(
    z
      .object({
        id: z.string(),
        name: z.string(),
        realName: z.string(),
        title: z.string(),
        email: z.string(),
        timeZone: z.string(),
      })
      .partial()
      .required({ name: true }),
    (control, body) => control.addUser(withoutUndefined(body)),
  ),
  'add-channel': verb(
    z.object({
      name: z.string(),
      id: z.string().optional(),
      private: z.boolean().optional(),
      topic: z.string().optional(),
      members: z.array(z.string()).default([]),
      app: z.boolean().default(true),
    }),
    (control, { members, app, ...channel }, workspace) =>
      control.addChannel(
        withoutUndefined(channel),
        members.map((member) => userId(workspace, member)),
        { app },
      ),
  ),
  'add-member': verb(z.object(where), (control, body, workspace) =>
    control.addMember(channelId(workspace, body), userId(workspace, body.user)),
  ),
  'archive-channel': verb(z.object({ channel: z.string() }), (control, body, workspace) =>
    control.archiveChannel(channelId(workspace, { ...body, user: '' })),
  ),
  say: verb(
    z.object({ ...where, text: z.string(), threadTs: z.string().optional() }),
    (control, body, workspace) =>
      control.say(
        userId(workspace, body.user),
        channelId(workspace, body),
        body.text,
        body.threadTs === undefined ? {} : { threadTs: body.threadTs },
      ),
  ),
  command: verb(
    z.object({ ...where, command: z.string().startsWith('/'), text: z.string().default('') }),
    (control, body, workspace) =>
      control.command(userId(workspace, body.user), channelId(workspace, body), body.command, body.text),
  ),
  press: verb(
    z.object({ ...where, ts: z.string(), action: z.string(), ...choice }),
    (control, { ts, action, value, selected, ...body }, workspace) =>
      control.press(
        userId(workspace, body.user),
        channelId(workspace, body),
        ts,
        action,
        withoutUndefined({ value, selected }),
      ),
  ),
  'press-in-view': verb(
    z.object({ ...who, view: z.string(), action: z.string(), ...choice }),
    (control, { user, view, action, ...chosen }, workspace) =>
      control.pressInView(userId(workspace, user), view, action, withoutUndefined(chosen)),
  ),
  'open-home': verb(z.object(who), (control, body, workspace) =>
    control.openHome(userId(workspace, body.user)),
  ),
  'submit-view': verb(
    z.object({ ...who, view: z.string(), answers: z.record(z.string(), z.object(choice)).default({}) }),
    (control, body, workspace) =>
      control.submitView(
        userId(workspace, body.user),
        body.view,
        Object.fromEntries(
          Object.entries(body.answers).map(([id, answer]) => [id, withoutUndefined(answer)]),
        ),
      ),
  ),
  'close-view': verb(z.object({ ...who, view: z.string() }), (control, body, workspace) =>
    control.closeView(userId(workspace, body.user), body.view),
  ),
  'mark-read': verb(z.object(where), (control, body, workspace) =>
    control.markRead(userId(workspace, body.user), channelId(workspace, body)),
  ),
  fault: verb(fault, (control, body) => control.addFault(toRule(body))),
  'clear-faults': verb(z.object({}), (control) => control.clearFaults()),
  'history-lag': verb(
    z.object({ milliseconds: z.number().nonnegative(), channel: z.string().optional() }),
    (control, body) => control.setHistoryLag(body.milliseconds, body.channel),
  ),
  pacing: verb(
    z.union([
      z.object({ off: z.literal(true) }),
      z.object({ messagesPerSecond: z.number().positive(), burst: z.number().min(1) }),
    ]),
    (control, body) => control.setPacing('off' in body ? 'off' : body),
  ),
  'repeat-event': verb(z.object({ eventId: z.string().optional() }), (control, body) => ({
    repeated: control.repeatEvent(body.eventId),
  })),
  disconnect: verb(
    z.object({
      mode: z.enum(['announced', 'cut', 'silent']).default('announced'),
      reason: z.string().optional(),
    }),
    (control, body) => ({ disconnected: control.disconnect(body.mode, body.reason) }),
  ),
  'request-url': verb(z.object({ url: z.url() }), async (control, body) => ({
    verified: await control.setRequestUrl(body.url),
  })),
};

function toRule(body: z.infer<typeof fault>): FaultRule {
  const { method, channel, count, probability, ...rest } = body;
  return { method, action: toAction(rest), ...withoutUndefined({ channel, count, probability }) };
}

function toAction(body: Omit<z.infer<typeof fault>, 'method'>): FaultAction {
  const status = body.status === undefined ? {} : { status: body.status };
  switch (body.kind) {
    case 'rate-limited':
      return { kind: body.kind, retryAfterSeconds: body.retryAfterSeconds };
    case 'server-error-before':
    case 'server-error-after':
      return { kind: body.kind, ...status };
    case 'error':
      return { kind: body.kind, code: body.code };
    case 'delay':
      return { kind: body.kind, milliseconds: body.milliseconds };
    default:
      return { kind: body.kind };
  }
}

function userId(workspace: Workspace, reference: string): string {
  const found = workspace.world.users().find((user) => user.id === reference || user.name === reference);
  if (found === undefined) throw new PersonError('user_not_found', `nobody is called "${reference}"`);
  return found.id;
}

function channelId(workspace: Workspace, body: { readonly user: string; readonly channel: string }): string {
  if (body.channel === 'dm') return workspace.world.directMessage(userId(workspace, body.user)).id;
  return workspace.world.channelByName(body.channel.replace(/^#/, ''))?.id ?? body.channel;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Optional fields that are absent instead of undefined. */
function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
}
