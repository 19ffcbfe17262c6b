import type { Judgement } from '../analysis/churn/churn-model.ts';
import type { ChurnReport } from './churn-report.ts';

/** The report as lines for a terminal. */
export function writeChurnReport(report: ChurnReport): readonly string[] {
  const { model, scored } = report;
  return [
    `State          ${report.state}`,
    `               ${report.honest}`,
    `Fitted for     ${model.month}, ${model.rows} rows of ${model.basis.months} months, horizon ${model.horizonDays} days`,
    ...calibrationLine(model.calibration),
    ...backtestLines(report),
    ...coefficientLines(report),
    '',
    `Customers scored${scored.day === null ? ': none yet' : ` on ${scored.day}`}`,
    ...scored.priorities.map(
      (one) =>
        `  ${one.priority.padEnd(10)} ${String(one.accounts).padStart(6)}  mean probability ${percent(one.probability)}, mean risk index ${percent(one.riskIndex)}`,
    ),
    ...monthLines(report),
  ];
}

function calibrationLine(calibration: { offset: number; slope: number } | null): readonly string[] {
  if (calibration === null) return [];
  const { offset, slope } = calibration;
  return [`Calibration    logit p = ${offset.toFixed(3)} + ${slope.toFixed(3)} * logit of the risk index`];
}

function backtestLines({ model: { backtest } }: ChurnReport): readonly string[] {
  if (backtest === null) return ['', 'Backtest       none: too few months whose outcome is known'];
  const { baseRate, index, fitted, wins } = backtest;
  return [
    '',
    `Backtest       trained on ${backtest.trainRows} rows (${backtest.trainEvents} left), tested on months ${backtest.testFrom} to ${backtest.testTo}`,
    `  ${'model'.padEnd(18)}  rows  left    AUC   Brier  log loss   ECE10  top 10 %`,
    judgementLine('base rate', baseRate),
    judgementLine('calibrated index', index),
    ...(fitted === null ? [] : [judgementLine('fitted', fitted)]),
    ...(wins === null
      ? []
      : [
          `  the fitted model is better in ${percent(wins.logLoss)} (log loss) and ${percent(wins.brier)} (Brier) of 500 resamples`,
        ]),
    '',
    'Calibration on the tested months',
    '  given            rows   mean given      left',
    ...backtest.calibration.map(
      ({ from, to, count, given, came }) =>
        `  ${`${Math.round(from * 100)}-${Math.round(to * 100)} %`.padEnd(12)} ${String(count).padStart(8)}   ${percent(given).padStart(10)}  ${percent(came).padStart(8)}`,
    ),
  ];
}

function judgementLine(name: string, one: Judgement): string {
  return `  ${name.padEnd(18)} ${String(one.rows).padStart(5)} ${String(one.events).padStart(5)}  ${number(one.auc, 3)}  ${number(one.brier, 4)}    ${number(one.logLoss, 4)}  ${number(one.ece, 4)}  ${one.topPrecision === null ? '-' : percent(one.topPrecision)}`;
}

function coefficientLines({ coefficients }: ChurnReport): readonly string[] {
  if (coefficients.length === 0) return [];
  return [
    '',
    'Coefficients   points of the logit per deviation; 0 where the data pointed the wrong way',
    ...coefficients.map(
      ({ label, coefficient, mayPoint }) =>
        `  ${label.padEnd(22)} ${coefficient >= 0 ? '+' : ''}${coefficient.toFixed(3)}  (more of it may only move the risk ${mayPoint})`,
    ),
  ];
}

function monthLines({ months }: ChurnReport): readonly string[] {
  if (months.length === 0)
    return ['', 'Monthly churn  not known: no subscriptions and nobody known to have left'];
  return [
    '',
    'Monthly churn  lost / customers at the beginning, average of 6 months',
    ...months
      .slice(-16)
      .map(({ month, kind, customers, lost, rate, rollingRate, lowerRate, upperRate, note }) => {
        const span = lowerRate === null ? '' : ` (${percent(lowerRate)} to ${percent(upperRate)})`;
        const counts = customers === null ? '' : `${lost} / ${customers}`;
        return `  ${month.slice(0, 7)} ${kind.padEnd(9)} ${counts.padStart(12)} ${percent(rate).padStart(8)}${span} ${rollingRate === null ? '' : `avg ${percent(rollingRate)}`} ${note ?? ''}`.trimEnd();
      }),
  ];
}

function number(value: number | null, decimals: number): string {
  return value === null ? '-'.padStart(decimals + 2) : value.toFixed(decimals);
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`;
}
