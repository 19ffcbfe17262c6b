import { type PlantedEvent, planEvents } from './planted-events.ts';
import { putRows } from './put-rows.ts';
import { caseHistoryTable, caseTable, emailMessageTable } from './salesforce-tables.ts';
import { SurveyDesk, surveyHeader } from './surveys.ts';
import { openDesk } from './ticket-life.ts';
import { ticketPeriod } from './ticket-period.ts';
import { hourlyMean, planTicketSeries, type TicketSeries } from './ticket-series.ts';
import { streamTickets } from './tickets.ts';
import type { WorldBasis, WorldSink } from './world.ts';
import type { WorldTruth } from './world-truth.ts';

const hourMs = 3_600_000;
const spikeCategory = 'Connectivity';
const leastSpike = 24;
/** The recent spike is so many times the mean of its hour, where that is more than the least. */
const spikeTimes = 4;

/** Tickets with their history, mails and survey answers, in the order in which they were opened. */
export async function writeTickets(
  basis: WorldBasis,
  sink: WorldSink,
): Promise<
  Pick<WorldTruth, 'tickets' | 'spike' | 'series' | 'events' | 'nearBreachTickets' | 'breachedTickets'>
> {
  const { accounts, asOf, scale, size } = basis;
  const random = basis.random('tickets');
  const period = ticketPeriod(asOf, scale.days);
  const events = planEvents(random.fork('events'), period);
  const series = planTicketSeries({ period, tickets: scale.tickets, size, events });
  const recent = recentSpike(series);
  const request = {
    accounts,
    desk: openDesk(basis.people, asOf, scale.days),
    series,
    events,
    recentSpike: { tickets: recent.size.tickets, category: spikeCategory },
  };
  const tables = [caseTable, caseHistoryTable, emailMessageTable].map(
    (table) => [sink.table(table.file, table.header), table] as const,
  );
  const answers = sink.table('signals/surveys.csv', surveyHeader);
  const surveys = new SurveyDesk(basis.random('surveys'), asOf);
  await putRows(
    answers,
    accounts.map((account) => surveys.relationship(account)).filter((row) => row !== null),
  );
  const planted = { 'near-breach': [] as string[], breached: [] as string[] };
  let tickets = 0;
  for (const { ticket, plan } of streamTickets(random, request)) {
    tickets += 1;
    for (const [writer, table] of tables) await putRows(writer, table.rows(ticket));
    const answer = surveys.satisfaction(ticket);
    if (answer !== null) await putRows(answers, [answer]);
    if (plan === 'near-breach' || plan === 'breached') planted[plan].push(ticket.number);
  }
  const { start: from, end: to, size: spikeSize } = recent;
  return {
    tickets,
    spike: { from, to, tickets: spikeSize.tickets, category: spikeCategory },
    series,
    events: [...events, recent],
    nearBreachTickets: planted['near-breach'],
    breachedTickets: planted.breached,
  };
}

/** Many tickets of one category in the last complete hour. */
function recentSpike(series: TicketSeries): PlantedEvent & { readonly size: { readonly tickets: number } } {
  const end = Date.parse(series.end);
  const means = series.regions.map((region) => hourlyMean(region, Date.parse(series.start))(end - hourMs));
  const usual = means.reduce((sum, mean) => sum + mean, 0);
  return {
    kind: 'recent-spike',
    metric: series.metric,
    segment: `category=${spikeCategory}`,
    start: new Date(end - hourMs).toISOString(),
    end: series.end,
    size: { tickets: Math.max(leastSpike, Math.round(spikeTimes * usual)) },
  };
}
