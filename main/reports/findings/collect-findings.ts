import { fingerprintOf, MAX_FINDINGS } from '#shared/reports/findings.ts';
import type { Finding, FindingRule, FindingsReport } from '#shared/reports/findings.ts';
import type { Severity } from '#shared/reports/severity.ts';
import { clipText, createInterner } from '../text/clean-text.ts';

const MAX_WORDS = 1_000;
const MAX_MESSAGE = 4_000;
const MAX_HELP = 20_000;

/** A finding as a tool tells it, its file already as it is shown. */
export type ToldFinding = Omit<Finding, 'fingerprint' | 'package'> & { readonly package?: string | null };

/** Puts a report of findings together: texts are cleaned and clipped, and equal ones share their memory. */
export interface FindingsBuilder {
  tool(name: string, version: string | null): void;
  add(finding: ToldFinding): void;
  rule(rule: FindingRule): void;
  /** How many more were counted than are kept. */
  readonly dropped: number;
  report(checked: number | null): FindingsReport;
}

export function createFindingsBuilder(): FindingsBuilder {
  const intern = createInterner();
  const tools = new Map<string, FindingsReport['tools'][number]>();
  const rules = new Map<string, FindingRule>();
  const used = new Set<string>();
  const seen = new Set<string>();
  const findings: Finding[] = [];
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  let dropped = 0;
  const words = (text: string): string => intern(clipText(text, MAX_WORDS, 'start'));
  const long = (text: string | null, max: number): string | null =>
    text === null ? null : intern(clipText(text, max, 'start'));
  return {
    tool(name, version) {
      tools.set(`${name}\n${version ?? ''}`, {
        name: words(name),
        version: version === null ? null : words(version),
      });
    },
    add(told) {
      counts[told.severity] += 1;
      if (findings.length >= MAX_FINDINGS) {
        dropped += 1;
        return;
      }
      const finding = {
        ...told,
        ruleId: words(told.ruleId),
        tool: words(told.tool),
        message: intern(clipText(told.message.trim(), MAX_MESSAGE, 'start')) || '(no message)',
        file: told.file === null ? null : words(told.file),
        package: told.package ? words(told.package) : null,
      };
      findings.push({ ...finding, fingerprint: fingerprintOf(finding) });
      used.add(`${told.tool}\n${told.ruleId}`);
    },
    rule(rule) {
      const key = `${rule.tool}\n${rule.id}`;
      if (seen.has(key) || !used.has(key)) return;
      seen.add(key);
      const helpUri = linkOf(rule.helpUri);
      if (rule.title === null && rule.help === null && helpUri === null) return;
      rules.set(key, {
        id: words(rule.id),
        tool: words(rule.tool),
        title: long(rule.title, MAX_WORDS),
        help: long(rule.help, MAX_HELP),
        helpUri,
      });
    },
    get dropped() {
      return dropped;
    },
    report: (checked) => ({
      tools: [...tools.values()],
      checked,
      counts,
      findings,
      rules: [...rules.values()],
    }),
  };
}

/** Of the addresses in a report only those of the web are followed. */
function linkOf(uri: string | null): string | null {
  if (uri === null || uri.length > 2_000 || !URL.canParse(uri)) return null;
  return /^https?:$/.test(new URL(uri).protocol) ? uri : null;
}
