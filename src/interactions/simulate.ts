import type { Asker } from '../access/asker.ts';
import type { Block, Message } from '../messages/message.ts';
import { buildNotice } from '../messages/notice-message.ts';
import {
  buildSimulationMessage,
  everyAccount,
  type SimulationPanel,
  type SimulationView,
  simulationActions,
  simulationPanelBlocks,
} from '../messages/simulation-message.ts';
import type { Issue, Result } from '../toolkit/issue.ts';

/** Which account: as somebody wrote it, or as a menu handed it back. */
export type AccountChoice =
  | { readonly by: 'name'; readonly name: string }
  | { readonly by: 'id'; readonly id: string };

export type SimulationRequest =
  | { readonly kind: 'pulse' }
  | { readonly kind: 'outage'; readonly account: AccountChoice }
  /** Null: everything. */
  | { readonly kind: 'reset'; readonly account: AccountChoice | null };

/** Simulates in a store of the demo and refuses everywhere else. */
export interface Simulator {
  /** Resolves when the findings are up to date and the messages are on their way. */
  run(request: SimulationRequest, actorId: string | null): Promise<Result<SimulationView>>;
  /** What the home screen shows; null outside of a demo. */
  panel(): Promise<SimulationPanel | null>;
}

/** Reads what stands after `simulate`; a string says what is missing. */
export function parseSimulation(text: string): SimulationRequest | string {
  const [, verb = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  switch (verb.toLowerCase()) {
    case 'pulse':
      return rest === '' ? { kind: 'pulse' } : '`pulse` is for all accounts: `/heed simulate pulse`';
    case 'outage':
      return rest === ''
        ? 'An outage of which account? For example: `/heed simulate outage Kestrel Payments`'
        : { kind: 'outage', account: { by: 'name', name: rest } };
    case 'reset':
      return { kind: 'reset', account: rest === '' ? null : { by: 'name', name: rest } };
    default:
      return 'Simulate what? `/heed simulate pulse`, `/heed simulate outage <account>` or `/heed simulate reset [<account>]`';
  }
}

/** A simulation is seen by everybody in the workspace, so only those who answer for it may start one. */
const maySimulate = ({ role }: Asker): boolean => role === 'admin' || role === 'manager';

/** Simulates for somebody; what stands in the way is told to them alone. */
export async function simulate(
  simulator: Simulator,
  asker: Asker,
  request: SimulationRequest,
): Promise<Message> {
  if (!maySimulate(asker))
    return buildNotice(
      'Only managers and administrators may simulate, because everybody sees the alerts that follow. Nothing was changed.',
    );
  const done = await simulator.run(request, asker.personId);
  return done.ok ? buildSimulationMessage(done.value) : buildNotice(done.issues.map(sentence).join(' '));
}

function sentence({ message, suggestions }: Issue): string {
  return suggestions === undefined || suggestions.length === 0
    ? message
    : `${message} Did you mean ${suggestions.join(', ')}?`;
}

/** A press of one of the demo's buttons; null: it is none of them. */
export async function pressSimulation(
  simulator: Simulator,
  asker: Asker,
  pressed: { readonly action: string; readonly value: string },
): Promise<Message | null> {
  const account = pressed.value === everyAccount ? null : { by: 'id' as const, id: pressed.value };
  switch (pressed.action) {
    case simulationActions.pulse:
      return await simulate(simulator, asker, { kind: 'pulse' });
    case simulationActions.outage:
      return account === null ? null : await simulate(simulator, asker, { kind: 'outage', account });
    case simulationActions.reset:
      return await simulate(simulator, asker, { kind: 'reset', account });
    default:
      return null;
  }
}

/** The demo's section of the home screen; nothing for others, and nothing outside of a demo. */
export async function simulationSection(simulator: Simulator, asker: Asker): Promise<readonly Block[]> {
  if (!maySimulate(asker)) return [];
  const panel = await simulator.panel();
  return panel === null ? [] : [...simulationPanelBlocks(panel), { kind: 'divider' }];
}
