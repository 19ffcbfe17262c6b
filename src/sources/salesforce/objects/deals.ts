import { recordId, salesforceSource } from '../../identity.ts';
import { type FieldRules, from } from '../field-table.ts';
import {
  baseOf,
  common,
  type Extra,
  flag,
  type ObjectDefinition,
  type RowContext,
  wordBy,
} from '../object-definition.ts';

export const opportunity: ObjectDefinition = {
  entity: 'opportunity',
  rules: {
    ...common,
    accountId: from('accountid'),
    ownerId: from('ownerid'),
    productId: from('product__c', 'product2id'),
    // Partners have the key of their account.
    partnerId: from('partneraccountid', 'partner__c'),
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
  },
  required: [
    ['name', 'Name'],
    ['stage', 'StageName'],
  ],
  derive: (context) => {
    const flags = closedFlags(context.fields);
    context.memory.rememberDeal(context.key, {
      accountId: context.row.get('accountid') ?? null,
      closeDate: context.row.get('closedate') ?? null,
      isWon: flags.isWon === true,
    });
    return flags;
  },
};

/** Where the export lacks the flags, Salesforce's own stages say it: "Closed Won", "Closed Lost". */
function closedFlags(fields: RowContext['fields']) {
  const stage = typeof fields['stage'] === 'string' ? fields['stage'].toLowerCase() : '';
  const isClosed = fields['isClosed'] ?? (fields['isWon'] === true || stage.startsWith('closed'));
  return { isClosed, isWon: fields['isWon'] ?? (isClosed === true && stage.includes('won')) };
}

const partnerRules: FieldRules = {
  createdAt: from('createddate'),
  updatedAt: common['updatedAt']!,
  partnerId: from('accounttoid'),
  opportunityId: from('opportunityid'),
  share: { ...from('share__c'), times: 0.01 },
  registeredOn: from('registered_on__c', 'createddate'),
};

const dealKinds = [
  [/referr|sourc|lead|origin/i, 'sourced'],
  [/co-?sell|resell|distribut|dealer|broker|integrator|\bvar\b/i, 'co_sell'],
] as const;

/** A partner in a deal. Rows of Partner without an opportunity tie two accounts and are nothing of ours. */
export const opportunityPartner: ObjectDefinition = {
  entity: 'partner_deal',
  rules: partnerRules,
  alsoReads: ['role', 'accountto.name'],
  required: [['partnerId', 'AccountToId']],
  derive: ({ row, fields }): Extra | null =>
    typeof fields['opportunityId'] === 'string'
      ? { kind: wordBy(dealKinds, row.get('role')) ?? 'influenced' }
      : null,
  also: (_record, { row }) => {
    const name = row.get('accountto.name');
    const key = row.get('accounttoid');
    if (typeof name !== 'string' || typeof key !== 'string') return [];
    return [{ ...baseOf('partner', key), name, accountId: recordId('account', salesforceSource, key) }];
  },
};

const leadWords = [
  [/not converted|unqualified|disqualified|closed|rejected|junk/i, 'unqualified'],
  [/converted/i, 'converted'],
  [/qualified/i, 'qualified'],
  [/^open|^new|not contacted|unread/i, 'new'],
  [/working|contacted|progress|nurtur|attempt|engaged/i, 'working'],
] as const;

export const lead: ObjectDefinition = {
  entity: 'lead',
  rules: {
    ...common,
    name: from('name'),
    company: from('company'),
    email: from('email'),
    leadSource: from('leadsource'),
    ownerId: from('ownerid'),
    campaignId: from('campaign__c', 'campaignid'),
    accountId: from('convertedaccountid'),
    opportunityId: from('convertedopportunityid'),
    sourceStatus: from('status'),
    openedAt: from('createddate'),
    convertedAt: from('converteddate'),
  },
  alsoReads: ['firstname', 'lastname', 'isconverted'],
  required: [['openedAt', 'CreatedDate']],
  derive: ({ row, fields, note }) => {
    const word = row.get('status') ?? null;
    const known = wordBy(leadWords, word);
    const isConverted = flag(row.get('isconverted')) === true;
    if (!isConverted && known === null) note(`lead status "${word ?? ''}" is not known; read as "working"`);
    const names = [row.get('firstname'), row.get('lastname')].filter((part) => typeof part === 'string');
    return {
      status: isConverted ? 'converted' : (known ?? 'working'),
      ...(typeof fields['name'] === 'string' || names.length === 0 ? {} : { name: names.join(' ') }),
      ...(row.get('ownerid')?.startsWith('00G') === true ? { ownerId: null } : {}),
    };
  },
};

const campaignWords = [
  [/plan|draft/i, 'planned'],
  [/progress|active|running|sent/i, 'running'],
  [/complete|finish|done|closed/i, 'finished'],
  [/abort|cancel/i, 'cancelled'],
] as const;

export const campaign: ObjectDefinition = {
  entity: 'campaign',
  rules: {
    ...common,
    name: from('name'),
    kind: from('type'),
    channel: from('channel__c', 'type'),
    startsOn: from('startdate'),
    endsOn: from('enddate'),
    sent: from('numbersent'),
    responded: from('numberofresponses'),
    converted: from('numberofconvertedleads'),
    cost: from('actualcost', 'budgetedcost'),
    currency: from('currencyisocode'),
  },
  alsoReads: ['status'],
  required: [['name', 'Name']],
  derive: ({ row, note }) => {
    const word = row.get('status');
    if (word === undefined) return {};
    const status = wordBy(campaignWords, word);
    if (word !== null && status === null) note(`campaign status "${word}" is not known and was left empty`);
    return { status };
  },
};

const memberWords = [
  [/bounce|undeliver/i, 'bounced'],
  [/opt(ed)?[- ]?out|unsubscri/i, 'opted_out'],
  [/convert|won|purchased/i, 'converted'],
  [/respond|replied|regist|attend|clicked|opened|visited/i, 'responded'],
  [/sent|invited|planned|no.?show|subscribed|received/i, 'sent'],
] as const;

export const campaignMember: ObjectDefinition = {
  entity: 'campaign_member',
  rules: {
    ...common,
    campaignId: from('campaignid'),
    contactId: from('contactid'),
    leadId: from('leadid'),
    sentAt: from('sent_date__c', 'createddate'),
    respondedAt: from('firstrespondeddate'),
    convertedAt: from('converted_date__c'),
  },
  alsoReads: ['status', 'hasresponded'],
  required: [['campaignId', 'CampaignId']],
  derive: ({ row, note }) => {
    const word = row.get('status') ?? null;
    const hasResponded = flag(row.get('hasresponded')) === true;
    const known = wordBy(memberWords, word);
    const status = known === 'sent' && hasResponded ? 'responded' : known;
    if (status === null) {
      note(`member status "${word ?? ''}" is not known; read as "${hasResponded ? 'responded' : 'sent'}"`);
    }
    return { status: status ?? (hasResponded ? 'responded' : 'sent') };
  },
};
