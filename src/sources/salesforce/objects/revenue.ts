import { recordId, salesforceSource } from '../../identity.ts';
import { from } from '../field-table.ts';
import {
  common,
  type Extra,
  type Fields,
  firstInstant,
  firstOf,
  flag,
  instantOf,
  type ObjectDefinition,
  type RowContext,
  wordBy,
} from '../object-definition.ts';

export const product2: ObjectDefinition = {
  entity: 'product',
  rules: {
    ...common,
    sku: from('productcode', 'stockkeepingunit'),
    name: from('name'),
    category: from('family'),
    listPrice: from('list_price__c'),
    unitCost: from('unit_cost__c'),
    currency: from('currencyisocode'),
    active: from('isactive'),
  },
  required: [['name', 'Name']],
};

const lineRules = {
  ...common,
  productId: from('product2id'),
  quantity: from('quantity'),
  unitPrice: from('unitprice'),
  amount: from('totalprice'),
  currency: from('currencyisocode'),
};

/**
 * A line of a won deal is a sale. Lines of open and lost deals are marked deleted, so that a deal that is taken back
 * takes its sales with it; live, lines are read again when their deal changes.
 */
export const opportunityLineItem: ObjectDefinition = {
  entity: 'sales_transaction',
  rules: { ...lineRules, opportunityId: from('opportunityid') },
  alsoReads: ['opportunity.accountid', 'opportunity.closedate', 'opportunity.iswon'],
  required: [
    ['opportunityId', 'OpportunityId'],
    ['soldAt', 'Opportunity.CloseDate'],
    ['amount', 'TotalPrice'],
  ],
  derive: ({ row, fields, memory, note }): Extra | null => {
    const key = row.get('opportunityid');
    if (typeof key !== 'string') return {};
    const known = memory.deal(key);
    const isWon = flag(row.get('opportunity.iswon')) ?? known?.isWon ?? null;
    if (isWon === null) {
      note('lines of deals that the export does not hold were not counted as sales');
      return null;
    }
    const account = row.get('opportunity.accountid') ?? known?.accountId ?? null;
    const day = row.get('opportunity.closedate') ?? known?.closeDate ?? null;
    return {
      ...amounts(fields),
      accountId: account === null ? null : recordId('account', salesforceSource, account),
      orderNumber: key,
      soldAt: instantOf(day),
      ...(isWon ? { deletedAt: null } : { deletedAt: fields['updatedAt'] ?? instantOf(day) }),
    };
  },
};

/** A line of an activated order (Order Object Reference: Status `Activated`, StatusCode `A`); a draft is none. */
export const orderItem: ObjectDefinition = {
  entity: 'sales_transaction',
  rules: lineRules,
  alsoReads: [
    'orderid',
    'listprice',
    'order.accountid',
    'order.opportunityid',
    'order.ordernumber',
    'order.status',
    'order.statuscode',
    'order.activateddate',
    'order.effectivedate',
    'servicedate',
    'createddate',
  ],
  required: [
    ['soldAt', 'Order.EffectiveDate'],
    ['amount', 'TotalPrice'],
  ],
  derive: ({ row, fields }): Extra => {
    const soldAt = firstInstant(
      row,
      'order.activateddate',
      'order.effectivedate',
      'servicedate',
      'createddate',
    );
    const status = firstOf(row, 'order.statuscode', 'order.status');
    const isDraft = status !== null && /^d/i.test(status);
    const account = row.get('order.accountid');
    const deal = row.get('order.opportunityid');
    return {
      ...amounts(fields),
      accountId: typeof account === 'string' ? recordId('account', salesforceSource, account) : null,
      opportunityId: typeof deal === 'string' ? recordId('opportunity', salesforceSource, deal) : null,
      orderNumber: firstOf(row, 'order.ordernumber', 'orderid'),
      soldAt,
      ...(isDraft ? { deletedAt: fields['updatedAt'] ?? soldAt } : { deletedAt: null }),
    };
  },
};

/** What was taken off is the difference between quantity times price and the total; both are kept in cents. */
function amounts({ quantity, unitPrice, amount }: Fields): Extra {
  if (typeof quantity !== 'number' || typeof unitPrice !== 'number') return {};
  const full = Math.round(quantity * unitPrice * 100) / 100;
  if (typeof amount !== 'number') return { amount: full };
  return { discount: Math.max(0, Math.round((full - amount) * 100) / 100) };
}

const assetWords = [
  [/obsolete|cancel|terminat|expired|retired|return/i, 'cancelled'],
  [/trial|evaluation|poc/i, 'trial'],
  [/past.?due|overdue|suspended/i, 'past_due'],
] as const;

const subscriptionRules = {
  ...common,
  accountId: from('accountid'),
  mrr: from('currentmrr', 'mrr__c'),
  currency: from('currencyisocode'),
  cancelledOn: from('cancelled_on__c', 'cancellation_date__c'),
};

/** An asset with a term or a recurring price is a subscription; a thing that was sold once is not. */
export const asset: ObjectDefinition = {
  entity: 'subscription',
  rules: {
    ...subscriptionRules,
    productId: from('product2id'),
    plan: from('plan__c', 'name'),
    seats: from('seats__c', 'quantity'),
    startsOn: from('lifecyclestartdate', 'installdate', 'purchasedate'),
    renewsOn: from('lifecycleenddate', 'usageenddate'),
  },
  alsoReads: ['status', 'price'],
  required: [],
  derive: (context): Extra | null => {
    const { fields } = context;
    const isRecurring = typeof fields['mrr'] === 'number' || typeof fields['renewsOn'] === 'string';
    if (!isRecurring || typeof fields['accountId'] !== 'string') return null;
    return statusOf(context, context.row.get('status') ?? null, 'renewsOn');
  },
};

export const contract: ObjectDefinition = {
  entity: 'subscription',
  rules: {
    ...subscriptionRules,
    productId: from('product__c', 'product2id'),
    plan: from('plan__c', 'name', 'contractnumber'),
    seats: from('seats__c'),
    startsOn: from('startdate'),
    renewsOn: from('enddate'),
  },
  alsoReads: ['status', 'statuscode', 'arr__c', 'contractterm'],
  required: [['accountId', 'AccountId']],
  derive: (context): Extra | null => {
    const word = firstOf(context.row, 'statuscode', 'status');
    // Drafts and contracts in approval bind nobody yet.
    if (word !== null && /^(draft|in\s?approval)/i.test(word)) return null;
    const yearly = Number(context.row.get('arr__c') ?? Number.NaN);
    const mrr =
      context.fields['mrr'] ?? (Number.isFinite(yearly) ? Math.round((yearly / 12) * 100) / 100 : null);
    return { mrr, ...statusOf(context, firstOf(context.row, 'status', 'statuscode'), 'renewsOn') };
  },
};

function statusOf({ fields }: RowContext, word: string | null, endField: string): Extra {
  const status = wordBy(assetWords, word) ?? 'active';
  if (status !== 'cancelled') return { status };
  return { status, cancelledOn: fields['cancelledOn'] ?? fields[endField] ?? null };
}
