import type { Config } from '../config/load-config.ts';
import type { Connector } from '../sources/connector.ts';
import { createSalesforceConnector } from '../sources/salesforce/connector.ts';

/** Names of the sources that can be read live, configured or not. */
export const liveSources = ['salesforce'] as const;

/** The live sources that the configuration names. Keep them for the life of the process: they remember sessions. */
export function buildConnectors(config: Config): readonly Connector[] {
  const connectors: Connector[] = [];
  const salesforce = salesforceAuth(config);
  if (config.HEED_SALESFORCE_URL !== undefined && salesforce !== null) {
    connectors.push(
      createSalesforceConnector({
        instanceUrl: config.HEED_SALESFORCE_URL,
        auth: salesforce,
        apiVersion: config.HEED_SALESFORCE_API_VERSION,
      }),
    );
  }
  return connectors;
}

function salesforceAuth(config: Config) {
  const {
    HEED_SALESFORCE_ACCESS_TOKEN: accessToken,
    HEED_SALESFORCE_CLIENT_ID: clientId,
    HEED_SALESFORCE_CLIENT_SECRET: clientSecret,
  } = config;
  if (accessToken !== undefined) return { kind: 'access-token', accessToken } as const;
  if (clientId === undefined || clientSecret === undefined) return null;
  return { kind: 'client-credentials', clientId, clientSecret } as const;
}
