import type { Issue } from '#shared/lib/issue.ts';
import type { FindingsReport } from '#shared/reports/findings.ts';
import type { Breather } from '../breather.ts';
import {
  isRecord,
  listOf,
  own,
  placeOf,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../json/json-values.ts';
import { readJson } from '../json/read-json.ts';
import { reportIssue } from '../report-issue.ts';
import type { SourcePaths } from '../source-paths.ts';
import { createFindingsBuilder, type FindingsBuilder } from './collect-findings.ts';
import { createSarifFiles, type SarifFiles } from './sarif-files.ts';
import { indexRules, messageText, ruleIdOf } from './sarif-rules.ts';
import { severityOf } from './sarif-severity.ts';

/** What tells of no problem. */
const FINE: ReadonlySet<unknown> = new Set(['pass', 'notApplicable']);

export interface ParsedFindings {
  /** Null when the file was refused; `issues` then says why. */
  readonly report: FindingsReport | null;
  readonly issues: readonly Issue[];
}

/**
 * Reads a SARIF 2.1.0 log, of any number of runs. What its tool or a person has suppressed, what passed and what is gone since
 * a baseline is no finding; an error that a tool met while it looked is one. Rejects with the signal's reason only.
 */
export async function parseSarif(
  bytes: Uint8Array,
  name: string,
  paths: SourcePaths,
  breather: Breather,
): Promise<ParsedFindings> {
  const refuse = (issue: Issue): ParsedFindings => ({ report: null, issues: [issue] });
  const json = await readJson(bytes, name, breather);
  if ('issue' in json) return refuse(json.issue);
  const log = recordOf(json.value);
  const runs = own(log, 'runs');
  if (!Array.isArray(runs) || !runs.every(isRecord)) {
    const message = 'This is no SARIF log: it has no list of `runs`.';
    return refuse(
      reportIssue(name, 'report-not-findings', message, { hint: 'SARIF 2.1.0 and Checkstyle XML are read' }),
    );
  }
  const version = textOf(own(log, 'version'));
  if (version !== null && !version.startsWith('2.')) {
    const message = `This is SARIF ${version.slice(0, 20)}, which is not read.`;
    return refuse(
      reportIssue(name, 'report-not-findings', message, { hint: 'let the tool write SARIF 2.1.0' }),
    );
  }
  const builder = createFindingsBuilder();
  let checked: number | null = null;
  for (const run of runs) {
    const looked = await readRun(run, builder, paths, breather);
    if (looked !== null) checked = (checked ?? 0) + looked;
  }
  const kept = `${builder.dropped.toLocaleString('en')} findings of the report are counted and not kept.`;
  return {
    report: builder.report(checked),
    issues:
      builder.dropped === 0 ? [] : [reportIssue(name, 'report-truncated', kept, { severity: 'warning' })],
  };
}

/** @returns how many files the tool says that it has looked at; null when it does not say */
async function readRun(
  run: JsonRecord,
  builder: FindingsBuilder,
  paths: SourcePaths,
  breather: Breather,
): Promise<number | null> {
  const tool = recordOf(own(run, 'tool'));
  const driver = recordOf(own(tool, 'driver'));
  const toolName = textOf(own(driver, 'name')) ?? 'unknown tool';
  builder.tool(toolName, textOf(own(driver, 'semanticVersion')) ?? textOf(own(driver, 'version')));
  const rules = indexRules(tool);
  const files = createSarifFiles(run, paths);
  for (const result of recordsOf(own(run, 'results'))) {
    readResult(result);
    await breather.rest();
  }
  for (const invocation of recordsOf(own(run, 'invocations'))) {
    const told = ['toolExecutionNotifications', 'toolConfigurationNotifications'];
    for (const notification of told.flatMap((key) => recordsOf(own(invocation, key)))) {
      if (own(notification, 'level') === 'error') readNotification(notification);
    }
  }
  const artifacts = listOf(own(run, 'artifacts')).length;
  return artifacts === 0 ? null : artifacts;

  function readResult(result: JsonRecord): void {
    if (FINE.has(own(result, 'kind')) || own(result, 'baselineState') === 'absent' || isSuppressed(result))
      return;
    const rule = rules.of(result);
    const ruleId = ruleIdOf(result) ?? textOf(own(rule ?? {}, 'id')) ?? '(no rule)';
    const short = rule === null ? null : messageText(own(rule, 'shortDescription'), null);
    builder.add({
      ruleId,
      tool: toolName,
      severity: severityOf(result, rule),
      message: messageText(own(result, 'message'), rule) ?? short ?? ruleId,
      ...locate(result, files),
      package: textOf(own(recordOf(own(result, 'properties')), 'package')),
    });
    if (rule === null) return;
    const help = recordOf(own(rule, 'help'));
    const full = messageText(own(rule, 'fullDescription'), null);
    builder.rule({
      id: ruleId,
      tool: toolName,
      title: short ?? textOf(own(rule, 'name')),
      help: textOf(own(help, 'markdown')) ?? textOf(own(help, 'text')) ?? (full === short ? null : full),
      helpUri: textOf(own(rule, 'helpUri')),
    });
  }

  function readNotification(notification: JsonRecord): void {
    const ruleId =
      textOf(own(recordOf(own(notification, 'descriptor')), 'id')) ??
      textOf(own(recordOf(own(notification, 'associatedRule')), 'id')) ??
      'tool-error';
    const message = messageText(own(notification, 'message'), null) ?? 'The tool met an error.';
    builder.add({ ruleId, tool: toolName, severity: 'high', message, ...locate(notification, files) });
  }
}

/** One accepted suppression is enough; those that are refused or under review are none yet. */
const isSuppressed = (result: JsonRecord): boolean =>
  recordsOf(own(result, 'suppressions')).some((suppression) => {
    const status = own(suppression, 'status') ?? own(suppression, 'state') ?? 'accepted';
    return status === 'accepted';
  });

function locate(
  result: JsonRecord,
  files: SarifFiles,
): {
  file: string | null;
  line: number | null;
  column: number | null;
  endLine: number | null;
  endColumn: number | null;
} {
  const location = recordOf(own(recordOf(listOf(own(result, 'locations'))[0]), 'physicalLocation'));
  const file = files.of(recordOf(own(location, 'artifactLocation')));
  const region = recordOf(own(location, 'region'));
  const line = file === null ? null : placeOf(own(region, 'startLine'));
  const at = (key: string): number | null => (line === null ? null : placeOf(own(region, key)));
  return { file, line, column: at('startColumn'), endLine: at('endLine'), endColumn: at('endColumn') };
}
