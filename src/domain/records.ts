import type { Priority, Severity } from './priority.ts';

/**
 * What importers produce: one plain value per row of a source, in our words. `id` is `stableId(entity, source,
 * sourceId)`, so records may arrive in any order. Absent optional fields leave a stored value as it is; null clears it.
 * Dates without a time are `YYYY-MM-DD`; instants are Date (UTC).
 */
export interface RecordBase {
  readonly id: string;
  /** Name of the source, for example `salesforce`, `maven-crm`. */
  readonly source: string;
  /** The source's own key of the record. */
  readonly sourceId: string;
  readonly createdAt?: Date | null;
  readonly updatedAt?: Date | null;
  readonly deletedAt?: Date | null;
  /** The source's row where a column of ours cannot hold it. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

export interface TeamRecord extends RecordBase {
  readonly entity: 'team';
  readonly name: string;
  readonly region?: string | null;
  readonly managerId?: string | null;
  readonly channel?: string | null;
}

export type Role = 'agent' | 'rep' | 'supervisor' | 'manager' | 'executive' | 'admin';

export interface PersonRecord extends RecordBase {
  readonly entity: 'person';
  readonly name: string;
  readonly email?: string | null;
  readonly role?: Role | null;
  readonly teamId?: string | null;
  readonly managerId?: string | null;
  readonly region?: string | null;
  readonly title?: string | null;
  readonly active?: boolean;
  readonly quota?: number | null;
  readonly currency?: string | null;
  readonly timeZone?: string | null;
}

export interface AccountRecord extends RecordBase {
  readonly entity: 'account';
  readonly name: string;
  readonly domain?: string | null;
  readonly industry?: string | null;
  readonly region?: string | null;
  readonly segment?: string | null;
  readonly tier?: string | null;
  readonly ownerId?: string | null;
  readonly lifecycleStage?: string | null;
  /** Annual recurring revenue in `currency`. */
  readonly arr?: number | null;
  /** The customer's own yearly revenue in `currency`. */
  readonly revenue?: number | null;
  readonly employees?: number | null;
  readonly currency?: string | null;
  readonly parentId?: string | null;
}

export interface ContactRecord extends RecordBase {
  readonly entity: 'contact';
  readonly accountId?: string | null;
  readonly name: string;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly role?: string | null;
  readonly optedOut?: boolean;
}

export interface ProductRecord extends RecordBase {
  readonly entity: 'product';
  readonly sku?: string | null;
  readonly name: string;
  readonly category?: string | null;
  readonly listPrice?: number | null;
  readonly unitCost?: number | null;
  readonly currency?: string | null;
  readonly active?: boolean;
}

export interface OpportunityRecord extends RecordBase {
  readonly entity: 'opportunity';
  readonly accountId?: string | null;
  readonly ownerId?: string | null;
  readonly productId?: string | null;
  readonly name: string;
  /** The source's stage word. */
  readonly stage: string;
  readonly amount?: number | null;
  readonly currency?: string | null;
  /** 0-1. */
  readonly probability?: number | null;
  readonly forecastCategory?: string | null;
  readonly openedOn?: string | null;
  readonly closeDate?: string | null;
  readonly isClosed?: boolean;
  readonly isWon?: boolean;
  readonly type?: string | null;
  readonly leadSource?: string | null;
  readonly nextStep?: string | null;
  readonly dbRequirements?: string | null;
}

export interface OpportunityStageEventRecord extends RecordBase {
  readonly entity: 'opportunity_stage_event';
  readonly opportunityId: string;
  readonly fromStage?: string | null;
  readonly toStage: string;
  readonly amount?: number | null;
  readonly prevAmount?: number | null;
  readonly closeDate?: string | null;
  readonly prevCloseDate?: string | null;
  readonly at: Date;
}

export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';

export interface TicketRecord extends RecordBase {
  readonly entity: 'ticket';
  readonly number?: string | null;
  readonly accountId?: string | null;
  readonly contactId?: string | null;
  readonly productId?: string | null;
  readonly assigneeId?: string | null;
  readonly teamId?: string | null;
  readonly subject?: string | null;
  readonly status: TicketStatus;
  readonly priority?: Priority | null;
  readonly sourceStatus?: string | null;
  readonly sourcePriority?: string | null;
  readonly type?: string | null;
  readonly channel?: string | null;
  readonly category?: string | null;
  readonly openedAt: Date;
  readonly firstRepliedAt?: Date | null;
  readonly solvedAt?: Date | null;
  readonly closedAt?: Date | null;
  readonly reopens?: number;
  readonly replies?: number;
  /** -1 (negative) to 1 (positive). */
  readonly sentimentScore?: number | null;
  readonly escalated?: boolean;
  readonly sourceSlaMet?: boolean | null;
}

export interface TicketEventRecord extends RecordBase {
  readonly entity: 'ticket_event';
  readonly ticketId: string;
  readonly actorId?: string | null;
  readonly kind:
    | 'created'
    | 'status'
    | 'priority'
    | 'assignee'
    | 'reply'
    | 'comment'
    | 'reopened'
    | 'updated';
  readonly field?: string | null;
  readonly oldValue?: string | null;
  readonly newValue?: string | null;
  readonly public?: boolean | null;
  readonly at: Date;
}

export type CustomerEscalationStatus =
  | 'open'
  | 'investigating'
  | 'mitigated'
  | 'monitoring'
  | 'resolved'
  | 'closed';

/** Skew of one shard against the mean of its table, read from a CE text. */
export interface HotShard {
  readonly cluster: string | null;
  readonly table: string | null;
  readonly shard: string | null;
  /** Load of the shard over the mean load; 1 is even. */
  readonly skewRatio: number | null;
}

export interface CustomerEscalationRecord extends RecordBase {
  readonly entity: 'customer_escalation';
  readonly ceNumber: string;
  readonly accountId?: string | null;
  readonly ticketId?: string | null;
  readonly ownerId?: string | null;
  readonly title: string;
  readonly priority?: Priority | null;
  readonly sourcePriority?: string | null;
  readonly category?: string | null;
  readonly status: CustomerEscalationStatus;
  readonly sourceStatus?: string | null;
  readonly issue?: string | null;
  readonly rootCause?: string | null;
  readonly technicalDetails?: string | null;
  readonly impact?: string | null;
  readonly actionPlan?: string | null;
  readonly sentiment?: string | null;
  readonly sentimentScore?: number | null;
  readonly openedAt: Date;
  readonly resolvedAt?: Date | null;
  readonly hotShard?: HotShard | null;
}

export interface UsageDailyRecord extends RecordBase {
  readonly entity: 'usage_daily';
  readonly accountId: string;
  readonly day: string;
  readonly apiCalls: number;
  readonly logins: number;
  readonly activeUsers?: number | null;
  readonly seatsEntitled?: number | null;
  readonly featuresUsed?: number | null;
  readonly featuresAvailable?: number | null;
}

export interface IncidentRecord extends RecordBase {
  readonly entity: 'incident';
  readonly accountId?: string | null;
  readonly severity: Severity;
  readonly status: 'open' | 'resolved';
  readonly title?: string | null;
  readonly impact?: string | null;
  readonly startedAt: Date;
  readonly resolvedAt?: Date | null;
}

export interface SurveyResponseRecord extends RecordBase {
  readonly entity: 'survey_response';
  readonly accountId?: string | null;
  readonly contactId?: string | null;
  readonly ticketId?: string | null;
  /** csat 1-5, nps 0-10, ces 1-7. */
  readonly kind: 'csat' | 'nps' | 'ces';
  readonly score: number;
  readonly comment?: string | null;
  readonly respondedAt: Date;
}

export type AnyRecord =
  | TeamRecord
  | PersonRecord
  | AccountRecord
  | ContactRecord
  | ProductRecord
  | OpportunityRecord
  | OpportunityStageEventRecord
  | TicketRecord
  | TicketEventRecord
  | CustomerEscalationRecord
  | UsageDailyRecord
  | IncidentRecord
  | SurveyResponseRecord;

export type Entity = AnyRecord['entity'];
