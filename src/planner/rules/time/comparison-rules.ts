import type { TimeUnit } from '../../../query/metric-query.ts';
import { countPattern, readCount, readUnit, type TimeMeaning, type TimeRule } from './time-rule.ts';
import { monthNumber, monthPattern } from './time-words.ts';

const reference = (to: 'previous_period' | 'same_period_last_year') => (): TimeMeaning => ({
  kind: 'reference',
  to,
});
const comparison = (to: 'previous_period' | 'same_period_last_year', unit?: TimeUnit) => (): TimeMeaning =>
  unit === undefined ? { kind: 'comparison', to } : { kind: 'comparison', to, unit };
const unit = '(?:hour|day|week|month|quarter|year)s?';
const over = '(?:over|on|by|to|versus)';

/** Words that compare with another period. References count only after a connecting word ("versus", "than"). */
export const comparisonRules: readonly TimeRule[] = [
  {
    name: 'the same period last year',
    pattern: `(?:the )?same (?:period|time(?: span| frame| period)?|span|dates?|stretch|(?:${countPattern} )?${unit}|point)(?: (?:in|of|from))?(?: the)? (?:last|previous|prior|past) year|(?:the )?same (?:(?:fiscal|financial) )?(?:period|time|point|${unit}) (?:a|one|1) year (?:ago|earlier|before|back)`,
    read: reference('same_period_last_year'),
  },
  {
    name: 'the same point of the unit before',
    pattern:
      '(?:the )?same (?:period|time|point|stage|stretch|days|number of days)(?: (?:in|of|from))?(?: the)? (?:last|previous|prior) (?<unit>day|week|month|quarter)|(?:the )?same (?:period|time|point) (?<yesterday>yesterday)',
    read: ({ unit: word, yesterday }) => ({
      kind: 'reference',
      to: 'previous_period',
      unit: readUnit(yesterday === undefined ? word : 'day'),
    }),
  },
  {
    name: 'so many units ago',
    pattern: `(?<n>${countPattern}|a|an|one) (?<unit>hour|day|week|month|quarter|year)s? ago`,
    read: ({ n, unit: word }) => {
      const count = /^(?:a|an|one)$/.test(n ?? '') ? 1 : readCount(n);
      return count === null
        ? null
        : { kind: 'reference', to: 'previous_period', ago: { n: count, unit: readUnit(word) } };
    },
  },
  {
    name: 'the same part of the month before',
    pattern: `(?:the )?same (?:period|time|point|stretch|days?|part|dates?|span)(?: (?:in|of|from))?(?: the)? (?<month>${monthPattern})`,
    read: ({ month }, today) =>
      monthNumber(month ?? '') === ((today.month + 10) % 12) + 1
        ? { kind: 'reference', to: 'previous_period', unit: 'month' }
        : null,
  },
  {
    name: 'as many before',
    pattern: `(?:the )?${countPattern} (?:before|prior|earlier)(?: (?:that|those|them))?`,
    read: reference('previous_period'),
  },
  {
    name: 'a year ago',
    pattern: '(?:a|one|1) year (?:ago|earlier|before)',
    read: reference('same_period_last_year'),
  },
  {
    name: 'the previous one',
    pattern: `(?:the )?(?:(?:last|previous|prior|preceding|earlier) (?:one|period|time)|(?:${countPattern} )?${unit} (?:before|prior|earlier)(?: that)?|the (?:${countPattern}|one|ones) (?:before|prior|earlier)(?: that| it)?|day before|previous|prior|before|last)`,
    read: reference('previous_period'),
  },
  {
    name: 'year over year',
    pattern: `year ${over} year|yoy|y\\/y`,
    read: comparison('same_period_last_year'),
  },
  {
    name: 'quarter over quarter',
    pattern: `quarter ${over} quarter|qoq`,
    read: comparison('previous_period', 'quarter'),
  },
  {
    name: 'month over month',
    pattern: `month (?:over|on|to|versus) month|mom`,
    read: comparison('previous_period', 'month'),
  },
  {
    name: 'week over week',
    pattern: `week (?:over|on|to|versus) week|wow`,
    read: comparison('previous_period', 'week'),
  },
  {
    name: 'day over day',
    pattern: `day (?:over|on|to|versus) day|dod`,
    read: comparison('previous_period', 'day'),
  },
];
