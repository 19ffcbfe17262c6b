import type {
  AnyRecord,
  Entity,
  PersonRecord,
  TeamRecord,
  TicketEventRecord,
  TicketStatus,
} from '../../domain/records.ts';
import { recordId, salesforceSource, sourceKey } from '../identity.ts';
import type { FieldValue } from '../mapping/compile-value.ts';
import { compileDateFormat, toInstant } from '../values/date-format.ts';
import { parseBoolean } from '../values/number-format.ts';
import { priorityOf, roleOf, ticketStatusOf } from '../values/vocabulary.ts';
import { compileRules, type FieldProblem, type FieldReader } from './field-table.ts';
import { fieldRules, type SalesforceObject } from './objects.ts';
import type { SalesforceRow } from './salesforce-row.ts';

export type Built = { readonly records: readonly AnyRecord[] } | { readonly problem: FieldProblem };

/**
 * Builds records from rows of one export. It remembers what later rows need: teams of users, and the rows of
 * OpportunityHistory, whose change can be told only in order of time.
 */
export class RecordBuilder {
  private readonly readers = new Map<SalesforceObject, FieldReader>();
  private readonly teamOfUser = new Map<string, string>();
  private readonly teams = new Map<string, TeamDraft>();
  private history: HistoryRow[] = [];
  private readonly onNote: (message: string) => void;

  constructor(onNote: (message: string) => void) {
    this.onNote = onNote;
  }

  build(object: SalesforceObject, row: SalesforceRow): Built {
    switch (object) {
      case 'User':
        return this.entity('person', object, row, (fields, key) => this.user(fields, key, row));
      case 'Account':
        return this.entity('account', object, row, accountExtras(row));
      case 'Contact':
        return this.entity('contact', object, row, nameExtras(row));
      case 'Product2':
        return this.entity('product', object, row);
      case 'Opportunity':
        return this.entity('opportunity', object, row, opportunityExtras);
      case 'Case':
        return this.entity('ticket', object, row, (fields) => this.ticket(fields, row));
      case 'OpportunityHistory':
        return this.opportunityHistory(row);
      case 'CaseHistory':
        return caseHistory(row);
      case 'EmailMessage':
        return emailMessage(row);
    }
  }

  /** Records that stand for several rows: stage events in order, and the teams that users belong to. */
  *finish(): Generator<AnyRecord> {
    yield* orderHistory(this.history);
    this.history = [];
    for (const [name, draft] of this.teams) yield teamOf(name, draft);
    this.teams.clear();
  }

  private entity(
    entity: Entity,
    object: keyof typeof fieldRules,
    row: SalesforceRow,
    extras: (
      fields: Record<string, FieldValue>,
      key: string,
    ) => Readonly<Record<string, unknown>> = () => ({}),
  ): Built {
    const key = row.get('id');
    if (typeof key !== 'string') return { problem: missing('Id') };
    const reader = this.readers.get(object) ?? compileRules(entity, fieldRules[object], this.onNote);
    this.readers.set(object, reader);
    const read = reader.read(row);
    if ('problem' in read) return read;
    const deleted = parseBoolean(row.get('isdeleted') ?? '') === true;
    const updatedAt = read.fields['updatedAt'] ?? null;
    const record = {
      entity,
      id: recordId(entity, salesforceSource, key),
      source: salesforceSource,
      sourceId: sourceKey(salesforceSource, key),
      ...read.fields,
      ...extras(read.fields, key),
      ...(deleted ? { deletedAt: updatedAt ?? new Date(0) } : {}),
    };
    const problem = requiredProblem(record, object);
    return problem === null ? { records: [record as unknown as AnyRecord] } : { problem };
  }

  private user(fields: Record<string, FieldValue>, key: string, row: SalesforceRow): Partial<PersonRecord> {
    const name = fields['name'] ?? joinNames(row);
    // Roles decide who may see what: only a known word gives one, never a title that sounds like it.
    const word =
      row.get('heed_role__c') ??
      row.get('userrole') ??
      row.get('userrole.name') ??
      row.get('userrolename') ??
      null;
    const role = roleOf(word);
    if (word !== null && role === null) this.onNote(`role "${word}" is none of ours; who has it has no role`);
    const team = row.get('team__c') ?? row.get('department') ?? null;
    if (team !== null) {
      this.teamOfUser.set(sourceKey(salesforceSource, key), team);
      this.addToTeam(team, key, row, role);
    }
    return {
      ...(typeof name === 'string' ? { name } : {}),
      role,
      ...(team === null ? {} : { teamId: recordId('team', salesforceSource, team) }),
    };
  }

  private addToTeam(team: string, key: string, row: SalesforceRow, role: PersonRecord['role']): void {
    const draft = this.teams.get(team) ?? {
      managers: new Map<string, number>(),
      leader: null,
      regions: new Map<string, number>(),
    };
    this.teams.set(team, draft);
    const manager = row.get('managerid');
    if (typeof manager === 'string') count(draft.managers, sourceKey(salesforceSource, manager));
    const region = row.get('region__c') ?? row.get('division');
    if (typeof region === 'string') count(draft.regions, region);
    if (role === 'manager' || (role === 'supervisor' && draft.leader === null)) draft.leader = key;
  }

  private ticket(fields: Record<string, FieldValue>, row: SalesforceRow): Readonly<Record<string, unknown>> {
    const word = row.get('status') ?? 'New';
    const isClosed = parseBoolean(row.get('isclosed') ?? '') ?? fields['closedAt'] instanceof Date;
    let status = statusOf(word);
    if (status === null) {
      status = isClosed ? 'closed' : 'open';
      this.onNote(`status "${word}" is not known; read as "${status}"`);
    }
    const priorityWord = row.get('priority');
    const priority = priorityOf(priorityWord ?? null);
    if (typeof priorityWord === 'string' && priority === null) {
      this.onNote(`priority "${priorityWord}" is none of ours and was left empty`);
    }
    const owner = row.get('ownerid') ?? null;
    // Ids that begin with 00G name a group: the case waits in a queue and nobody owns it yet.
    const isQueue = owner?.startsWith('00G') === true;
    const team = isQueue
      ? owner
      : owner === null
        ? null
        : this.teamOfUser.get(sourceKey(salesforceSource, owner));
    const solved = instantOf(row.get('resolved_date__c')) ?? fields['closedAt'] ?? null;
    return {
      status,
      ...(priorityWord === undefined ? {} : { priority }),
      assigneeId: owner === null || isQueue ? null : recordId('person', salesforceSource, owner),
      ...(team == null ? {} : { teamId: recordId('team', salesforceSource, team) }),
      solvedAt: status === 'solved' || status === 'closed' ? solved : null,
    };
  }

  private opportunityHistory(row: SalesforceRow): Built {
    const built = this.entity('opportunity_stage_event', 'OpportunityHistory', row);
    if ('problem' in built) return built;
    for (const record of built.records) {
      if (record.entity === 'opportunity_stage_event') this.history.push(record);
    }
    return { records: [] };
  }
}

type HistoryRow = Extract<AnyRecord, { entity: 'opportunity_stage_event' }>;

/** A row of OpportunityHistory says what was true from then on; what changed is the difference to the row before. */
function* orderHistory(rows: readonly HistoryRow[]): Generator<HistoryRow> {
  const ordered = [...rows].sort(
    (a, b) =>
      compare(a.opportunityId, b.opportunityId) ||
      a.at.getTime() - b.at.getTime() ||
      compare(a.sourceId, b.sourceId),
  );
  let before: HistoryRow | undefined;
  for (const row of ordered) {
    const previous = before?.opportunityId === row.opportunityId ? before : undefined;
    before = row;
    yield {
      ...row,
      fromStage: previous?.toStage ?? null,
      prevAmount: row.prevAmount ?? previous?.amount ?? null,
      prevCloseDate: row.prevCloseDate ?? previous?.closeDate ?? null,
    };
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface TeamDraft {
  readonly managers: Map<string, number>;
  readonly regions: Map<string, number>;
  leader: string | null;
}

/** A team is led by its member who is a manager or supervisor, else by whom most of its members report to. */
function teamOf(name: string, draft: TeamDraft): TeamRecord {
  const manager = draft.leader ?? mostCommon(draft.managers);
  return {
    entity: 'team',
    id: recordId('team', salesforceSource, name),
    source: salesforceSource,
    sourceId: sourceKey(salesforceSource, name),
    name,
    region: mostCommon(draft.regions),
    managerId: manager === null ? null : recordId('person', salesforceSource, manager),
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostCommon(counts: ReadonlyMap<string, number>): string | null {
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
  return sorted[0]?.[0] ?? null;
}

function joinNames(row: SalesforceRow): string | null {
  const parts = [row.get('firstname'), row.get('lastname')].filter((part) => typeof part === 'string');
  return parts.length === 0 ? null : parts.join(' ');
}

function nameExtras(row: SalesforceRow) {
  return (fields: Record<string, FieldValue>): Readonly<Record<string, unknown>> => {
    if (typeof fields['name'] === 'string') return {};
    const name = joinNames(row) ?? row.get('email') ?? null;
    return name === null ? {} : { name };
  };
}

/** `https://www.acme.com/de` is the domain acme.com. */
function accountExtras(_row: SalesforceRow) {
  return (fields: Record<string, FieldValue>): Readonly<Record<string, unknown>> => {
    const website = fields['domain'];
    if (typeof website !== 'string') return {};
    const domain = website
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .replace(/^www\./, '')
      .replace(/[/?#:].*$/, '');
    return { domain };
  };
}

/** Where the export lacks the flags, Salesforce's own stages say it: "Closed Won", "Closed Lost". */
function opportunityExtras(fields: Record<string, FieldValue>): Readonly<Record<string, unknown>> {
  const stage = typeof fields['stage'] === 'string' ? fields['stage'].toLowerCase() : '';
  const isClosed = fields['isClosed'] ?? (fields['isWon'] === true || stage.startsWith('closed'));
  return { isClosed, isWon: fields['isWon'] ?? (isClosed === true && stage.includes('won')) };
}

const requiredColumns: Readonly<Record<keyof typeof fieldRules, readonly (readonly [string, string])[]>> = {
  User: [['name', 'Name']],
  Account: [['name', 'Name']],
  Contact: [['name', 'Name']],
  Product2: [['name', 'Name']],
  Opportunity: [
    ['name', 'Name'],
    ['stage', 'StageName'],
  ],
  OpportunityHistory: [
    ['opportunityId', 'OpportunityId'],
    ['toStage', 'StageName'],
    ['at', 'CreatedDate'],
  ],
  Case: [['openedAt', 'CreatedDate']],
};

function requiredProblem(
  record: Readonly<Record<string, unknown>>,
  object: keyof typeof fieldRules,
): FieldProblem | null {
  const lacking = requiredColumns[object].find(([field]) => record[field] == null);
  return lacking === undefined ? null : missing(lacking[1]);
}

const missing = (column: string): FieldProblem => ({ field: column, reason: 'is empty', value: null });

const iso = compileDateFormat('iso');

function instantOf(cell: string | null | undefined): Date | null {
  const parsed = typeof cell === 'string' ? iso.parse(cell) : null;
  return parsed === null ? null : toInstant(parsed, 'UTC');
}

const kindOfField: Readonly<Record<string, TicketEventRecord['kind']>> = {
  created: 'created',
  status: 'status',
  priority: 'priority',
  owner: 'assignee',
};

/**
 * A change of a case. Status and priority are kept in our words so that clocks can be computed from events alone; the source's words
 * stay in `raw` where they differ.
 */
function caseHistory(row: SalesforceRow): Built {
  const ticket = row.get('caseid');
  if (typeof ticket !== 'string') return { problem: missing('CaseId') };
  const at = instantOf(row.get('createddate'));
  if (at === null)
    return {
      problem: {
        field: 'CreatedDate',
        reason: 'is not an ISO 8601 date',
        value: row.get('createddate') ?? null,
      },
    };
  const field = row.get('field') ?? 'updated';
  const oldWord = row.get('oldvalue') ?? null;
  const newWord = row.get('newvalue') ?? null;
  const isStatus = field.toLowerCase() === 'status';
  const oldValue = ourWord(field, oldWord);
  const newValue = ourWord(field, newWord);
  const wasDone = oldValue === 'solved' || oldValue === 'closed';
  const isDone = newValue === 'solved' || newValue === 'closed';
  const kind = isStatus && wasDone && !isDone ? 'reopened' : (kindOfField[field.toLowerCase()] ?? 'updated');
  const key = row.get('id') ?? [ticket, field, at.toISOString(), newWord ?? ''].join('/');
  const actor = row.get('createdbyid');
  return {
    records: [
      {
        entity: 'ticket_event',
        id: recordId('ticket_event', salesforceSource, key),
        source: salesforceSource,
        sourceId: sourceKey(salesforceSource, key),
        ticketId: recordId('ticket', salesforceSource, ticket),
        actorId: typeof actor === 'string' ? recordId('person', salesforceSource, actor) : null,
        kind,
        field: field.toLowerCase(),
        oldValue,
        newValue,
        at,
        ...(oldValue === oldWord && newValue === newWord
          ? {}
          : { raw: { oldValue: oldWord, newValue: newWord } }),
      },
    ],
  };
}

/** Status in our words, `closed` also for "Closed - Duplicate" and the like; null for a word that is not known. */
function statusOf(word: string): TicketStatus | null {
  return ticketStatusOf(word) ?? (/^closed\b/i.test(word) ? 'closed' : null);
}

function ourWord(field: string, word: string | null): string | null {
  if (word === null) return null;
  if (field.toLowerCase() === 'status') return statusOf(word) ?? word;
  return field.toLowerCase() === 'priority' ? (priorityOf(word) ?? word) : word;
}

/** A mail on a case: ours is a public reply, the customer's a comment. */
function emailMessage(row: SalesforceRow): Built {
  const ticket = row.get('parentid');
  const key = row.get('id');
  if (typeof ticket !== 'string') return { problem: missing('ParentId') };
  if (typeof key !== 'string') return { problem: missing('Id') };
  const at = instantOf(row.get('messagedate') ?? row.get('createddate'));
  if (at === null)
    return { problem: { field: 'MessageDate', reason: 'is not an ISO 8601 date', value: null } };
  const incoming = parseBoolean(row.get('incoming') ?? '') === true;
  const actor = row.get('createdbyid');
  return {
    records: [
      {
        entity: 'ticket_event',
        id: recordId('ticket_event', salesforceSource, key),
        source: salesforceSource,
        sourceId: sourceKey(salesforceSource, key),
        ticketId: recordId('ticket', salesforceSource, ticket),
        actorId: !incoming && typeof actor === 'string' ? recordId('person', salesforceSource, actor) : null,
        kind: incoming ? 'comment' : 'reply',
        public: true,
        at,
      },
    ],
  };
}
