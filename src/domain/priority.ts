/** One vocabulary for how pressing a ticket or a customer escalation is (Zendesk's words); the source's word is kept beside it. */
export const priorities = ['urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

/** How bad an alert or an incident is. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];
