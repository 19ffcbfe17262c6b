import { type FieldRules, from } from './field-table.ts';

/**
 * The Salesforce objects that are read, with the columns of each (Salesforce Object Reference). Columns ending in `__c`
 * are custom: docs/guides/import-formats.md lists which ones Heed knows, all optional.
 */
export type SalesforceObject =
  | 'User'
  | 'Account'
  | 'Contact'
  | 'Product2'
  | 'Opportunity'
  | 'OpportunityHistory'
  | 'Case'
  | 'CaseHistory'
  | 'EmailMessage';

/** In this order a later object finds what it needs of an earlier one: the team of a case is its owner's. */
export const salesforceObjects: readonly SalesforceObject[] = [
  'User',
  'Account',
  'Contact',
  'Product2',
  'Opportunity',
  'OpportunityHistory',
  'Case',
  'CaseHistory',
  'EmailMessage',
];

const common: FieldRules = {
  createdAt: from('createddate'),
  updatedAt: from('lastmodifieddate', 'systemmodstamp'),
};

const accountFields: FieldRules = {
  ...common,
  name: from('name'),
  domain: { ...from('website', 'domain__c'), keepWhenEmpty: true },
  industry: { ...from('industry'), keepWhenEmpty: true },
  region: { ...from('region__c', 'billingcountry', 'billingcountrycode'), keepWhenEmpty: true },
  segment: { ...from('segment__c'), keepWhenEmpty: true },
  tier: { ...from('tier__c', 'customerpriority__c', 'rating'), keepWhenEmpty: true },
  ownerId: from('ownerid'),
  lifecycleStage: from('lifecycle_stage__c', 'type'),
  arr: from('arr__c', 'annual_recurring_revenue__c'),
  revenue: from('annualrevenue'),
  employees: from('numberofemployees'),
  currency: from('currencyisocode'),
  parentId: from('parentid'),
};

const contactFields: FieldRules = {
  ...common,
  accountId: from('accountid'),
  name: from('name'),
  email: from('email'),
  phone: from('phone', 'mobilephone'),
  role: from('title'),
  optedOut: from('hasoptedoutofemail'),
};

const userFields: FieldRules = {
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
};

const productFields: FieldRules = {
  ...common,
  sku: from('productcode', 'stockkeepingunit'),
  name: from('name'),
  category: from('family'),
  listPrice: from('list_price__c'),
  unitCost: from('unit_cost__c'),
  currency: from('currencyisocode'),
  active: from('isactive'),
};

const opportunityFields: FieldRules = {
  ...common,
  accountId: from('accountid'),
  ownerId: from('ownerid'),
  productId: from('product__c', 'product2id'),
  name: from('name'),
  stage: from('stagename'),
  amount: from('amount'),
  currency: from('currencyisocode'),
  probability: { ...from('probability'), times: 0.01 },
  forecastCategory: from('forecastcategoryname', 'forecastcategory'),
  openedOn: from('createddate'),
  closeDate: from('closedate'),
  isClosed: from('isclosed'),
  isWon: from('iswon'),
  type: from('type'),
  leadSource: from('leadsource'),
  nextStep: from('nextstep'),
  dbRequirements: from('database_requirements__c', 'db_requirements__c', 'databaserequirements__c'),
};

const historyFields: FieldRules = {
  createdAt: from('createddate'),
  opportunityId: from('opportunityid'),
  toStage: from('stagename'),
  amount: from('amount'),
  prevAmount: from('prevamount'),
  closeDate: from('closedate'),
  prevCloseDate: from('prevclosedate'),
  at: from('createddate'),
};

const caseFields: FieldRules = {
  ...common,
  number: from('casenumber'),
  accountId: from('accountid'),
  contactId: from('contactid'),
  productId: from('product__c', 'productid'),
  subject: from('subject'),
  sourceStatus: from('status'),
  sourcePriority: from('priority'),
  type: from('type'),
  channel: from('origin'),
  category: from('category__c', 'reason'),
  openedAt: from('createddate'),
  firstRepliedAt: from('first_response_date__c', 'first_response_at__c'),
  closedAt: from('closeddate'),
  reopens: from('reopen_count__c'),
  replies: from('reply_count__c'),
  sentimentScore: from('sentiment__c', 'sentiment_score__c'),
  escalated: from('isescalated'),
};

export const fieldRules: Readonly<
  Record<Exclude<SalesforceObject, 'CaseHistory' | 'EmailMessage'>, FieldRules>
> = {
  User: userFields,
  Account: accountFields,
  Contact: contactFields,
  Product2: productFields,
  Opportunity: opportunityFields,
  OpportunityHistory: historyFields,
  Case: caseFields,
};
