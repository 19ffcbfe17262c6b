import type { ObjectDefinition } from './object-definition.ts';
import { caseComment, caseHistory, emailMessage, supportCase } from './objects/cases.ts';
import { currencyType, datedConversionRate } from './objects/currencies.ts';
import { account, contact, incident, surveyResponse } from './objects/customers.ts';
import { campaign, campaignMember, lead, opportunity, opportunityPartner } from './objects/deals.ts';
import { group, user, userRole, userServicePresence } from './objects/people.ts';
import { asset, contract, opportunityLineItem, orderItem, product2 } from './objects/revenue.ts';
import { opportunityHistory } from './objects/stage-history.ts';
import { conversationEntry, event, messagingSession, task } from './objects/work.ts';

/**
 * The Salesforce objects that are read (Salesforce Object Reference), in an order in which a later object finds what
 * it needs of an earlier one: the team of a case is its owner's. Columns ending in `__c` are custom and optional:
 * docs/guides/import-formats.md and docs/guides/salesforce.md list them.
 */
const definitions = {
  CurrencyType: currencyType,
  DatedConversionRate: datedConversionRate,
  UserRole: userRole,
  Group: group,
  User: user,
  Account: account,
  Contact: contact,
  Product2: product2,
  Campaign: campaign,
  Lead: lead,
  CampaignMember: campaignMember,
  Opportunity: opportunity,
  OpportunityHistory: opportunityHistory,
  OpportunityPartner: opportunityPartner,
  Partner: opportunityPartner,
  OpportunityLineItem: opportunityLineItem,
  OrderItem: orderItem,
  Asset: asset,
  Contract: contract,
  Case: supportCase,
  CaseHistory: caseHistory,
  EmailMessage: emailMessage,
  CaseComment: caseComment,
  Incident: incident,
  SurveyResponse: surveyResponse,
  Task: task,
  Event: event,
  MessagingSession: messagingSession,
  ConversationEntry: conversationEntry,
  UserServicePresence: userServicePresence,
} as const satisfies Readonly<Record<string, ObjectDefinition>>;

export type SalesforceObject = keyof typeof definitions;

export const objectDefinitions: Readonly<Record<SalesforceObject, ObjectDefinition>> = definitions;

export const salesforceObjects = Object.keys(definitions) as readonly SalesforceObject[];

/** Every column that is read of an object, lower case; `order.status` is a column of the object that it points to. */
export function columnsOf(object: SalesforceObject): ReadonlySet<string> {
  const { rules, alsoReads = [] } = objectDefinitions[object];
  const fromRules = Object.values(rules).flatMap(({ columns }) => columns);
  return new Set(['id', 'isdeleted', 'systemmodstamp', ...fromRules, ...alsoReads]);
}
