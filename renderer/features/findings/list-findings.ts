import type { FindingsView, IgnoredFinding } from '#shared/api/report-schemas.ts';
import type { Finding, FindingRule } from '#shared/reports/findings.ts';
import { SEVERITIES, type Severity } from '#shared/reports/severity.ts';

/** `fixed`: the baseline had it, this run does not. */
export type FindingState = 'new' | 'known' | 'ignored' | 'fixed';

/** A finding with all that a list says of it. */
export interface ListedFinding {
  /** The same as long as the reports are. */
  readonly key: string;
  /** Null: of the baseline. */
  readonly stage: string | null;
  readonly finding: Finding;
  readonly state: FindingState;
  readonly ignored: IgnoredFinding | null;
  readonly rule: FindingRule | null;
}

/** All findings of a view with their state, the worst first, then by file and line. */
export function listFindings(view: FindingsView): readonly ListedFinding[] {
  const ignored = new Map(view.ignored.map((one) => [one.fingerprint, one]));
  const fresh = new Set(view.new);
  const rules = new Map(
    view.stages.flatMap(({ report }) => report.rules.map((rule) => [ruleKey(rule.tool, rule.id), rule])),
  );
  const listed = view.stages.flatMap(({ stage, report }) =>
    report.findings.map((finding, index): ListedFinding => {
      const decision = ignored.get(finding.fingerprint) ?? null;
      const state = decision !== null ? 'ignored' : fresh.has(finding.fingerprint) ? 'new' : 'known';
      const rule = rules.get(ruleKey(finding.tool, finding.ruleId)) ?? null;
      return { key: `${stage} ${index}`, stage, finding, state, ignored: decision, rule };
    }),
  );
  const fixed = view.fixed.map((finding, index): ListedFinding => ({
    key: `fixed ${index}`,
    stage: null,
    finding,
    state: 'fixed',
    ignored: null,
    rule: rules.get(ruleKey(finding.tool, finding.ruleId)) ?? null,
  }));
  return [...listed, ...fixed].sort(compareListed);
}

const ruleKey = (tool: string, id: string): string => `${tool}\n${id}`;
const RANK = new Map<Severity, number>(SEVERITIES.map((severity, index) => [severity, index]));
const rankOf = ({ finding }: ListedFinding): number => RANK.get(finding.severity) ?? SEVERITIES.length;

function compareListed(a: ListedFinding, b: ListedFinding): number {
  const [one, other] = [a.finding, b.finding];
  return (
    rankOf(a) - rankOf(b) ||
    compareTexts(one.file ?? '', other.file ?? '') ||
    (one.line ?? 0) - (other.line ?? 0) ||
    compareTexts(one.ruleId, other.ruleId)
  );
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `open`: neither ignored nor fixed. */
export type StateFilter = 'open' | 'new' | 'ignored' | 'fixed';

export interface FindingFilter {
  readonly state: StateFilter;
  /** Those that count; all when it is empty. */
  readonly severities: ReadonlySet<Severity>;
  /** Words of which each must stand somewhere. */
  readonly text: string;
}

const isInState = (state: FindingState, wanted: StateFilter): boolean =>
  wanted === 'open' ? state === 'new' || state === 'known' : state === wanted;

export function filterFindings(
  listed: readonly ListedFinding[],
  { state, severities, text }: FindingFilter,
): readonly ListedFinding[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return listed.filter((one) => {
    if (!isInState(one.state, state)) return false;
    if (severities.size > 0 && !severities.has(one.finding.severity)) return false;
    if (words.length === 0) return true;
    const { ruleId, tool, message, file, package: about } = one.finding;
    const haystack = `${ruleId} ${tool} ${message} ${file ?? ''} ${about ?? ''}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

/** How many there are of each state, whatever else is filtered. */
export function countStates(listed: readonly ListedFinding[]): Readonly<Record<StateFilter, number>> {
  const counts = { open: 0, new: 0, ignored: 0, fixed: 0 };
  for (const { state } of listed) {
    if (state === 'new' || state === 'known') counts.open += 1;
    if (state !== 'known') counts[state] += 1;
  }
  return counts;
}
