import type { Directory } from './identity.ts';
import type { SourceEvent } from './source-event.ts';

/** A value that survives JSON; each connector's own. */
export type Cursor =
  | string
  | number
  | boolean
  | null
  | readonly Cursor[]
  | { readonly [key: string]: Cursor };

/** Rows of one answer of a live system, and where to go on after them. */
export interface ConnectorPage {
  /** As a file reader yields them: each row accepted or rejected, notes beside them. */
  readonly events: readonly SourceEvent[];
  /**
   * Where the next page begins. It is stored in the transaction that stores the rows, so a page is either stored with
   * its cursor or read again; reading a page twice must give records with the same ids.
   */
  readonly cursor: Cursor;
  /** True when the system has nothing newer for now. */
  readonly isLast: boolean;
  /** Rows of the stream in all, where the system says so; for progress. */
  readonly total?: number;
}

/** What a connector tells while it works. */
export type ConnectorEvent =
  | { readonly kind: 'waiting'; readonly reason: 'rate-limit' | 'unavailable'; readonly milliseconds: number }
  /** The system no longer knows the cursor; the stream is read again from where its records can still be had. */
  | { readonly kind: 'cursor-expired'; readonly stream: string };

export interface ConnectorRead {
  readonly stream: string;
  /** Null: from the beginning. */
  readonly cursor: Cursor;
  readonly directory: Directory;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ConnectorEvent) => void;
}

/**
 * A live system that is read page by page, oldest change first. It waits out rate limits and short outages itself, and
 * throws `UserError` for what the user has to mend (credentials, rights, address), naming the setting.
 */
export interface Connector {
  /** Name in `sync_run`, `sync_cursor` and of the records' ids. */
  readonly source: string;
  /** Streams in the order in which they are read: parents before children, so that names resolve. */
  readonly streams: readonly string[];
  read(request: ConnectorRead): AsyncIterable<ConnectorPage>;
}

/** How to reach Salesforce: OAuth client credentials of a connected app, or a token that somebody else renews. */
export interface SalesforceSettings {
  /** `https://acme.my.salesforce.com` */
  readonly instanceUrl: string;
  readonly auth:
    | { readonly kind: 'client-credentials'; readonly clientId: string; readonly clientSecret: string }
    | { readonly kind: 'access-token'; readonly accessToken: string };
  /** For example `62.0`. */
  readonly apiVersion: string;
}

export interface ZendeskSettings {
  /** `https://acme.zendesk.com` */
  readonly baseUrl: string;
  readonly email: string;
  readonly apiToken: string;
}
