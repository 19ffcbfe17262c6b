/** Says in a few points what is in some texts. Quarantined: what it returns is shown after checks, and goes nowhere else. */
export interface Summariser {
  /** Shown in the answer: `bedrock:<model id>`. */
  readonly name: string;
  /** Never throws, never outlives its deadline. */
  summarise(request: SummaryRequest): Promise<SummaryReply>;
}

export interface SummaryRequest {
  readonly question: string;
  /** Masked already; in the order in which they should be read. */
  readonly records: readonly SummaryRecord[];
  /** For the day of the allowance. */
  readonly zone: string;
  readonly personId: string | null;
  readonly requestId: string;
  readonly signal?: AbortSignal;
}

export interface SummaryRecord {
  /** `r1`, `r2`: made up for one call, so that nothing a customer wrote can name another record. */
  readonly handle: string;
  readonly title: string;
  readonly openedOn: string;
  readonly status: string;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
}

/** A sentence and the handles of what it rests on; nothing of it is trusted. */
export interface SummaryPoint {
  readonly text: string;
  readonly handles: readonly string[];
}

export type SummaryReply =
  | { readonly kind: 'points'; readonly points: readonly SummaryPoint[]; readonly promptVersion: string }
  /** `why` completes "The model could not be asked (…)". */
  | { readonly kind: 'failed'; readonly why: string; readonly promptVersion: string };
