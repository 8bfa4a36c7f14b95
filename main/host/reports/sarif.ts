import type { Log, Result, Run } from 'sarif';
import type { FindingsView, IgnoredFinding } from '#shared/api/report-schemas.ts';
import type { Finding, FindingRule } from '#shared/reports/findings.ts';
import type { Severity } from '#shared/reports/severity.ts';

const LEVELS = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, Result.level>;

/** SARIF 2.1.0 with a run for each tool; what is ignored stands there as suppressed. */
export function sarifOf({ stages, ignored }: Pick<FindingsView, 'stages' | 'ignored'>): Log {
  const decisions = new Map(ignored.map((one) => [one.fingerprint, one]));
  const rules = new Map<string, Map<string, FindingRule>>();
  for (const rule of stages.flatMap(({ report }) => report.rules)) {
    const ofTool = rules.get(rule.tool) ?? new Map<string, FindingRule>();
    rules.set(rule.tool, ofTool.set(rule.id, rule));
  }
  const versions = new Map(
    stages.flatMap(({ report }) => report.tools.map((tool) => [tool.name, tool.version])),
  );
  const findings = Map.groupBy(
    stages.flatMap(({ report }) => report.findings),
    ({ tool }) => tool,
  );
  const runs = [...new Set([...versions.keys(), ...findings.keys()])].map((name): Run => {
    const version = versions.get(name);
    return {
      tool: {
        driver: {
          name,
          ...(version ? { version } : {}),
          rules: [...(rules.get(name)?.values() ?? [])].map(descriptorOf),
        },
      },
      columnKind: 'utf16CodeUnits',
      results: (findings.get(name) ?? []).map((one) => resultOf(one, decisions.get(one.fingerprint))),
    };
  });
  return { version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json', runs };
}

const descriptorOf = ({ id, title, help, helpUri }: FindingRule) => ({
  id,
  ...(title === null ? {} : { shortDescription: { text: title } }),
  ...(help === null ? {} : { help: { text: help, markdown: help } }),
  ...(helpUri === null ? {} : { helpUri }),
});

function resultOf(finding: Finding, decision: IgnoredFinding | undefined): Result {
  const { ruleId, severity, message, file, line, column, endLine, endColumn, fingerprint } = finding;
  const region = {
    ...(line === null ? {} : { startLine: line }),
    ...(column === null ? {} : { startColumn: column }),
    ...(endLine === null ? {} : { endLine }),
    ...(endColumn === null ? {} : { endColumn }),
  };
  const place = file !== null && {
    artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
    ...(line === null ? {} : { region }),
  };
  return {
    ruleId,
    level: LEVELS[severity],
    message: { text: message },
    ...(place ? { locations: [{ physicalLocation: place }] } : {}),
    partialFingerprints: { 'pipewright/v1': fingerprint },
    properties: { severity, ...(finding.package === null ? {} : { package: finding.package }) },
    ...(decision
      ? {
          suppressions: [
            { kind: 'external' as const, status: 'accepted' as const, justification: decision.reason },
          ],
        }
      : {}),
  };
}
