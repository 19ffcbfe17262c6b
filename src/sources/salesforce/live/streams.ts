import { type SalesforceObject, salesforceObjects } from '../objects.ts';

/** One list of rows that is read by its own cursor. */
export interface StreamDefinition {
  readonly object: SalesforceObject;
  /** The column by which changes are found, where it is not the object's own: a line follows its deal. */
  readonly changedBy?: string;
  /** Read by queries alone: its rows make sense only together with others that are fetched with each page. */
  readonly isQueryOnly?: true;
  /** Left out when this other object holds rows: both would count the same sale. */
  readonly unless?: SalesforceObject;
}

/**
 * When a deal is won its lines are sold, yet nothing of them changes; the same holds for the lines of an order. So
 * lines are read twice: by their own changes and by those of their parent.
 */
const ofParent: Readonly<Record<string, StreamDefinition>> = {
  'OpportunityLineItem by Opportunity': {
    object: 'OpportunityLineItem',
    changedBy: 'Opportunity.SystemModstamp',
    unless: 'OrderItem',
  },
  'OrderItem by Order': { object: 'OrderItem', changedBy: 'Order.SystemModstamp' },
};

const special: Readonly<Partial<Record<SalesforceObject, Omit<StreamDefinition, 'object'>>>> = {
  OpportunityHistory: { isQueryOnly: true },
  ConversationEntry: { isQueryOnly: true },
  OpportunityLineItem: { unless: 'OrderItem' },
};

/** Rows of Partner that name an opportunity are those of OpportunityPartner. */
const left: ReadonlySet<SalesforceObject> = new Set(['Partner']);

/** Streams by name, parents first. */
export const salesforceStreams: ReadonlyMap<string, StreamDefinition> = new Map(
  salesforceObjects
    .filter((object) => !left.has(object))
    .flatMap((object): [string, StreamDefinition][] => {
      const followers = Object.entries(ofParent).filter(([, stream]) => stream.object === object);
      return [[object, { object, ...special[object] }], ...followers];
    }),
);
