import type { Action, Block, Message } from './message.ts';

/** What a simulation did, for the one who asked for it. */
export interface SimulationView {
  readonly kind: 'pulse' | 'outage' | 'reset';
  /** The account that was meant; null: all. */
  readonly account: { readonly id: string; readonly name: string } | null;
  /** How many accounts it concerned. */
  readonly accounts: number;
  /** Health of the account; null: it is not scored, or several accounts were meant. */
  readonly healthBefore: number | null;
  readonly healthAfter: number | null;
  readonly incidents: number;
  readonly tickets: number;
  readonly surveys: number;
  readonly usageDays: number;
  /** Alerts that fired, by rule, with where they were posted. */
  readonly fired: readonly { readonly rule: string; readonly channels: readonly string[] }[];
  /** Alerts that were resolved. */
  readonly resolved: number;
  /** Alerts of the simulation that the next runs of the analyser will resolve. */
  readonly ending: number;
}

/** Names of the actions of the demo's buttons; `interactions/simulate.ts` does them. */
export const simulationActions = {
  pulse: 'simulate-pulse',
  /** The value is the id of an account. */
  outage: 'simulate-outage',
  /** The value is the id of an account, or `everyAccount`. */
  reset: 'simulate-reset',
} as const;

/** A button must carry something. */
export const everyAccount = 'all';

/** One line with numbers: what happened. */
export function simulationLine(view: SimulationView): string {
  const whom = view.account === null ? '' : ` of ${view.account.name}`;
  switch (view.kind) {
    case 'pulse':
      return `Pulse: one more hour of ordinary life for ${count(view.accounts, 'account')}, ${count(view.tickets, 'ticket')}, ${count(view.surveys, 'survey answer')}, ${alertWords(view)}.`;
    case 'outage':
      return `Outage${whom}: ${healthWords(view)}, ${count(view.incidents, 'critical incident')}, ${count(view.tickets, 'urgent ticket')}, usage of ${count(view.usageDays, 'day')} all but gone, ${alertWords(view)}.`;
    case 'reset': {
      const whose = view.account === null ? ` of ${count(view.accounts, 'account')}` : whom;
      const health = view.account === null ? '' : ` ${healthWords(view)},`;
      const ending = view.ending === 0 ? '' : `, ${view.ending} more with the next runs of the analyser`;
      return `Reset${whose}:${health} ${count(view.incidents, 'incident')} and ${count(view.tickets, 'ticket')} taken away, ${count(view.usageDays, 'day')} of usage as before, ${count(view.resolved, 'alert')} resolved in place${ending}.`;
    }
  }
}

/** What to do next, as a command without its first word. */
export function simulationNext(view: SimulationView): string {
  switch (view.kind) {
    case 'pulse':
      return 'simulate outage <account>';
    case 'outage':
      return `simulate reset ${view.account?.name ?? ''}`.trim();
    case 'reset':
      return view.account === null ? 'simulate pulse' : `simulate outage ${view.account.name}`;
  }
}

/** The answer in chat: the line, and the next step as words and as a button. */
export function buildSimulationMessage(view: SimulationView): Message {
  const line = simulationLine(view);
  const blocks: Block[] = [
    { kind: 'paragraph', content: [line] },
    { kind: 'context', content: ['Next: ', { kind: 'code', text: `/heed ${simulationNext(view)}` }] },
  ];
  if (view.kind === 'outage' && view.account !== null)
    blocks.push({ kind: 'actions', actions: [resetButton(`Reset ${view.account.name}`, view.account.id)] });
  return { text: line, blocks };
}

/** What the demo's section on the home screen shows. */
export interface SimulationPanel {
  /** Accounts with a health score, healthiest first. */
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly health: number }[];
  /** Accounts in a simulated outage. */
  readonly outages: readonly { readonly id: string; readonly name: string; readonly health: number | null }[];
  readonly pulses: number;
}

/** A menu takes a hundred options. */
const MOST_OPTIONS = 100;

/** The buttons of the demo; they stand on the home screen of those who may press them, in a demo only. */
export function simulationPanelBlocks(panel: SimulationPanel): readonly Block[] {
  const isUntouched = panel.outages.length === 0 && panel.pulses === 0;
  const actions: Action[] = [
    {
      kind: 'button',
      action: simulationActions.pulse,
      label: 'Pulse',
      value: everyAccount,
      style: 'primary',
    },
    {
      kind: 'menu',
      action: simulationActions.outage,
      placeholder: 'Outage of …',
      options: panel.accounts
        .slice(0, MOST_OPTIONS)
        .map(({ id, name, health }) => ({ label: `${name} (health ${Math.round(health)})`, value: id })),
    },
    ...(isUntouched ? [] : [resetButton('Reset', everyAccount)]),
  ];
  const state = isUntouched
    ? 'Nothing is simulated now.'
    : `Simulated now: ${[
        ...panel.outages.map(
          ({ name, health }) => `outage of ${name}${health === null ? '' : ` (health ${tenth(health)})`}`,
        ),
        ...(panel.pulses === 0 ? [] : [count(panel.pulses, 'pulse')]),
      ].join(', ')}.`;
  return [
    { kind: 'headline', text: 'Demo: make something happen', tone: 'neutral' },
    {
      kind: 'paragraph',
      content: [
        { kind: 'strong', text: 'Pulse' },
        ' lets an ordinary hour pass. ',
        { kind: 'strong', text: 'Outage' },
        ' breaks the product for one account: its health falls and a real alert is posted. ',
        { kind: 'strong', text: 'Reset' },
        ' puts everything back, and the alert is resolved in place.',
      ],
    },
    {
      kind: 'actions',
      actions: panel.accounts.length === 0 ? actions.filter((one) => one.kind !== 'menu') : actions,
    },
    { kind: 'context', content: [state] },
  ];
}

const resetButton = (label: string, value: string): Action => ({
  kind: 'button',
  action: simulationActions.reset,
  label,
  value,
});

function healthWords({ healthBefore, healthAfter }: SimulationView): string {
  const [before, after] = [healthBefore, healthAfter].map((health) =>
    health === null ? 'not scored' : tenth(health),
  );
  return before === after ? `health ${before} as before` : `health ${before} → ${after}`;
}

function alertWords({ fired }: SimulationView): string {
  if (fired.length === 0) return 'no new alert';
  const channels = [...new Set(fired.flatMap((alert) => alert.channels))];
  const rules = [...new Set(fired.map(({ rule }) => rule))];
  const where = channels.length === 0 ? '' : ` in ${channels.join(', ')}`;
  return `${count(fired.length, 'alert')}${where} (${rules.join(', ')})`;
}

const tenth = (value: number): string => String(Math.round(value * 10) / 10);

const count = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;
