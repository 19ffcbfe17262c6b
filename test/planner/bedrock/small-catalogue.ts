import type { Catalogue, DimensionDefinition } from '../../../src/catalogue/catalogue.ts';

const aDimension = (more: Partial<DimensionDefinition> & { readonly id: string }): DimensionDefinition => ({
  label: more.id,
  description: '',
  synonyms: [],
  entity: 'ticket',
  path: more.id,
  type: 'text',
  values: [],
  format: null,
  filterable: true,
  groupable: true,
  pii: false,
  ...more,
});

/** One entity, one metric, two dimensions: recorded exchanges do not change when the shipped catalogue grows. */
export const smallCatalogue: Catalogue = {
  version: 'small-1',
  verified: [],
  ambiguous: [],
  sayings: [],
  entities: new Map([
    [
      'ticket',
      {
        id: 'ticket',
        label: { one: 'Ticket', many: 'Tickets' },
        synonyms: ['case'],
        table: 'ticket',
        key: 'id',
        titleColumn: 'subject',
        joins: {},
        defaultTime: 'opened_at',
        listColumns: ['priority', 'opened_at'],
        rowScope: { ownerPath: null, teamPath: null, byRole: { manager: 'all' } },
        columns: { priority: 'text', opened_at: 'instant', subject: 'text' },
      },
    ],
  ]),
  dimensions: new Map(
    [
      aDimension({
        id: 'priority',
        label: 'Priority',
        description: 'How urgent the ticket is.',
        synonyms: ['severity'],
        values: [
          { value: 'urgent', label: 'Urgent', synonyms: ['p1'] },
          { value: 'normal', label: 'Normal', synonyms: [] },
        ],
      }),
      aDimension({
        id: 'opened_at',
        label: 'Opened',
        description: 'When the ticket was opened.',
        type: 'instant',
      }),
    ].map((dimension) => [dimension.id, dimension]),
  ),
  metrics: new Map([
    [
      'tickets_opened',
      {
        id: 'tickets_opened',
        label: 'Tickets opened',
        description: 'Tickets by the time they were opened.',
        synonyms: ['new tickets', 'ticket volume'],
        unit: 'tickets',
        format: { kind: 'number' },
        goodDirection: 'none',
        roles: [],
        verifiedQuestions: [],
        type: 'simple',
        entity: 'ticket',
        measure: { aggregate: 'count', path: null },
        filters: [],
        timeDimension: 'opened_at',
        defaultTime: { kind: 'relative', unit: 'day', n: 30 },
        additive: true,
      },
    ],
  ]),
};
