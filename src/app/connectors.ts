import type { Config } from '../config/load-config.ts';
import type { Connector } from '../sources/connector.ts';
import { createSalesforceConnector } from '../sources/salesforce/connector.ts';
import { createZendeskConnector } from '../sources/zendesk/connector.ts';

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
  const { HEED_ZENDESK_URL: baseUrl, HEED_ZENDESK_EMAIL: email, HEED_ZENDESK_API_TOKEN: apiToken } = config;
  if (baseUrl !== undefined && email !== undefined && apiToken !== undefined)
    connectors.push(createZendeskConnector({ baseUrl, email, apiToken }));
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
