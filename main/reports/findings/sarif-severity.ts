import { SEVERITIES, type Severity } from '#shared/reports/severity.ts';
import { own, recordOf, textOf, type JsonRecord } from '../json/json-values.ts';

const LEVELS: Readonly<Record<string, Severity>> = {
  error: 'high',
  warning: 'medium',
  note: 'low',
  none: 'info',
};

/** `security-severity` is a CVSS score; its steps are those of CVSS 3. */
function fromScore(value: unknown): Severity | null {
  const score = typeof value === 'number' ? value : Number.parseFloat(textOf(value) ?? '');
  if (!(score > 0)) return null;
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  return score >= 4 ? 'medium' : 'low';
}

/** A word that tools keep beside the level, this one among them. */
function fromWord(value: unknown): Severity | null {
  const word = textOf(value)?.toLowerCase();
  return SEVERITIES.find((severity) => severity === word) ?? null;
}

/**
 * How bad a result is: by the word or the score that it or its rule has, else by its level, else by its rule's default level, else as
 * the standard says. Some tools write `"level": null` where they mean the rule's.
 */
export function severityOf(result: JsonRecord, rule: JsonRecord | null): Severity {
  const properties = (record: JsonRecord): JsonRecord => recordOf(own(record, 'properties'));
  const score =
    fromWord(own(properties(result), 'severity')) ??
    fromScore(own(properties(result), 'security-severity')) ??
    (rule === null ? null : fromScore(own(properties(rule), 'security-severity')));
  if (score !== null) return score;
  const kind = textOf(own(result, 'kind')) ?? 'fail';
  const level =
    textOf(own(result, 'level')) ??
    (kind === 'fail' ? null : 'none') ??
    textOf(own(recordOf(own(rule ?? {}, 'defaultConfiguration')), 'level')) ??
    'warning';
  return Object.hasOwn(LEVELS, level) ? LEVELS[level]! : 'medium';
}
