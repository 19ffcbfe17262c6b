import type { ClockSpan } from '../analysis/sla/explain-clock.ts';
import { writeInstant } from '../analysis/wording.ts';
import type { ExplainedClock, SlaExplanation } from './sla-explain.ts';

const metricNames = {
  first_response: 'First response',
  next_response: 'Next response',
  update: 'Update',
  resolution: 'Resolution',
} as const;

const spanWords = {
  counted: 'business time counts',
  paused: 'paused',
  solved: 'solved, then opened again',
  'no-policy': 'no target at that priority',
} as const;

/** The explanation as a terminal shows it; every clock in the zone of its calendar. */
export function writeSlaPage({ ticket, clocks, times, notes, asOf }: SlaExplanation): string {
  const title = [`Ticket ${ticket.number ?? ticket.id}`, ticket.subject].filter(Boolean).join(' ');
  const about = [ticket.account, ticket.priority ?? 'no priority', ticket.status].filter(Boolean).join(', ');
  const business =
    times.requesterWaitBusinessSeconds === null
      ? ''
      : `; in business hours (${times.calendar}) ${exact(times.requesterWaitBusinessSeconds)} and ${exact(times.agentWorkBusinessSeconds ?? 0)}`;
  return [
    title,
    `${about}, from ${ticket.source}; as of ${writeInstant(asOf, 'UTC')} UTC`,
    `The customer waited ${exact(times.requesterWaitSeconds)}, we worked ${exact(times.agentWorkSeconds)}${business}.`,
    ...notes,
    ...clocks.map(writeClock),
  ].join('\n');
}

function writeClock(clock: ExplainedClock): string {
  const { zone, spans } = clock;
  const isRepeated = clock.metric === 'next_response' || clock.metric === 'update';
  const name = `${metricNames[clock.metric]}${isRepeated ? ` ${clock.cycle}` : ''}`;
  const policy = `policy ${clock.policy}, priority ${clock.priority ?? 'none'}, hours ${clock.calendar} (version ${clock.calendarVersion}), times in ${zone}`;
  const left =
    clock.remainingSeconds < 0
      ? `${exact(-clock.remainingSeconds)} over`
      : `${exact(clock.remainingSeconds)} left`;
  const marks = [
    ['at risk', clock.warnAt],
    ['urgent', clock.urgentAt],
    ['due', clock.dueAt],
    ['stopped', clock.stoppedAt],
  ] as const;
  const times = marks.flatMap(([word, at]) => (at === null ? [] : [`${word} ${instant(at, zone)}`]));
  return [
    '',
    `${name}: ${clock.state}, ${exact(clock.usedSeconds)} of ${exact(clock.targetSeconds)} used, ${left}`,
    `  ${policy}`,
    `  ${times.length === 0 ? 'no due time while it is paused' : times.join(', ')}`,
    ...(clock.isOfEarlierRules
      ? [
          '  counted by the SLA file of that time, which has changed since; a clock that stopped keeps its count',
        ]
      : table(spans, zone).map((line) => `  ${line}`)),
  ].join('\n');
}

function table(spans: readonly ClockSpan[], zone: string): readonly string[] {
  if (spans.length === 0) return [];
  const rows = spans.map((span) => [
    instant(span.from, zone),
    instant(span.to, zone),
    spanWords[span.what],
    exact(span.countedSeconds),
    exact(span.usedSeconds),
    span.targetSeconds === null ? '-' : exact(span.targetSeconds),
    span.policy ?? '-',
    span.calendar ?? '-',
  ]);
  const all = [['From', 'To', 'What', 'Counted', 'Sum', 'Target', 'Policy', 'Hours'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

/** To the second where there are seconds. */
function instant(at: Date, zone: string): string {
  const seconds = at.getUTCSeconds();
  return `${writeInstant(at, zone)}${seconds === 0 ? '' : `:${String(seconds).padStart(2, '0')}`}`;
}

/** `17 h`, `1 h 05 min`, `12 min 30 s`: nothing is rounded away. */
function exact(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = Math.round(seconds % 60);
  const parts = [
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(minutes > 0 ? [`${minutes} min`] : []),
    ...(rest > 0 ? [`${rest} s`] : []),
  ];
  return parts.length === 0 ? '0 min' : parts.join(' ');
}
