import type { Role } from '../../../domain/records.ts';
import { recordId, salesforceSource } from '../../identity.ts';
import { roleOf } from '../../values/vocabulary.ts';
import { from } from '../field-table.ts';
import {
  common,
  type Extra,
  firstOf,
  flag,
  type ObjectDefinition,
  type RowContext,
  wordBy,
} from '../object-definition.ts';
import type { SalesforceRow } from '../salesforce-row.ts';

export const userRole: ObjectDefinition = {
  entity: 'team',
  rules: { ...common, name: from('name', 'developername') },
  required: [['name', 'Name']],
};

/** Queues and public groups are teams; the groups that Salesforce makes for roles and managers have no name of their own. */
export const group: ObjectDefinition = {
  entity: 'team',
  rules: { ...common, name: from('name', 'developername') },
  alsoReads: ['type'],
  required: [['name', 'Name']],
  derive: ({ row, fields }) => {
    const type = row.get('type');
    const isOurs = type == null || /^(queue|regular)$/i.test(type);
    return isOurs && typeof fields['name'] === 'string' ? {} : null;
  },
};

export const user: ObjectDefinition = {
  entity: 'person',
  rules: {
    ...common,
    name: from('name'),
    email: from('email'),
    managerId: from('managerid'),
    region: from('region__c', 'division', 'country'),
    title: from('title'),
    active: from('isactive'),
    quota: from('quota__c'),
    currency: from('currencyisocode', 'defaultcurrencyisocode'),
    timeZone: from('timezonesidkey'),
  },
  alsoReads: [
    'firstname',
    'lastname',
    'heed_role__c',
    'userrole',
    'userrole.name',
    'userrolename',
    'team__c',
    'department',
    'userroleid',
  ],
  required: [['name', 'Name']],
  derive: personFields,
};

function personFields({ row, fields, key, memory, note }: RowContext): Extra {
  const name = fields['name'] ?? joinNames(row);
  // Roles decide who may see what: only a known word gives one, never a title that sounds like it.
  const word = firstOf(row, 'heed_role__c', 'userrole', 'userrole.name', 'userrolename');
  const role: Role | null = roleOf(word);
  if (word !== null && role === null) note(`role "${word}" is none of ours; who has it has no role`);
  const team = firstOf(row, 'team__c', 'department', 'userroleid');
  if (team !== null) {
    const manager = row.get('managerid') ?? null;
    memory.placeInTeam(key, team, { manager, region: firstOf(row, 'region__c', 'division'), role });
  }
  return {
    ...(typeof name === 'string' ? { name } : {}),
    role,
    ...(team === null ? {} : { teamId: recordId('team', salesforceSource, team) }),
  };
}

export function joinNames(row: SalesforceRow): string | null {
  const parts = [row.get('firstname'), row.get('lastname')].filter((part) => typeof part === 'string');
  return parts.length === 0 ? null : parts.join(' ');
}

const presenceWords = [
  [/busy|occupied|in a call|full/i, 'busy'],
  [/away|break|lunch|training|meeting|pause/i, 'away'],
  [/off\s?line|logged out/i, 'offline'],
  [/on\s?line|available|ready|active/i, 'online'],
] as const;

/** A span that somebody spent in one presence status of Omni-Channel. */
export const userServicePresence: ObjectDefinition = {
  entity: 'agent_status',
  rules: {
    ...common,
    personId: from('userid'),
    startedAt: from('statusstartdate', 'createddate'),
    endedAt: from('statusenddate'),
    durationSeconds: from('statusduration'),
  },
  alsoReads: ['servicepresencestatus.developername', 'servicepresencestatus.masterlabel', 'isaway'],
  required: [
    ['personId', 'UserId'],
    ['startedAt', 'StatusStartDate'],
  ],
  derive: ({ row, fields, note }) => {
    const word = firstOf(row, 'servicepresencestatus.developername', 'servicepresencestatus.masterlabel');
    const isAway = flag(row.get('isaway')) === true;
    const known = wordBy(presenceWords, word);
    if (word !== null && known === null) {
      note(`presence "${word}" is none of ours; read as "${isAway ? 'away' : 'online'}"`);
    }
    const { startedAt, endedAt } = fields;
    const measured =
      startedAt instanceof Date && endedAt instanceof Date
        ? { durationSeconds: Math.round((endedAt.getTime() - startedAt.getTime()) / 1000) }
        : {};
    return {
      status: known ?? (isAway ? 'away' : 'online'),
      ...(typeof fields['durationSeconds'] === 'number' ? {} : measured),
    };
  },
};
