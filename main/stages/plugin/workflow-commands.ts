import type { KindContext } from '#main/engine/kind-ports.ts';
import { fingerprintOf, type Finding, type FindingsReport } from '#shared/reports/findings.ts';
import { countSeverities, type Severity } from '#shared/reports/severity.ts';
import { parseProgressCommand } from '#shared/run/progress-command.ts';

/** `::name key=value,key=value::message`. */
const COMMAND = /^::([a-z-]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/i;

const SEVERITIES: Readonly<Record<string, Severity>> = { error: 'high', warning: 'medium', notice: 'info' };

export interface WorkflowCommands {
  /** For `ToolCommand.filter`: follows the commands of a line, and answers with what people are to read of it. */
  filter(line: string): string | null;
  /** The annotations so far; null when there were none. */
  findings(): FindingsReport | null;
}

/**
 * Follows what an action says on its standard output.
 * @param plugin what annotations name as their tool
 * @param context hides values and tells progress
 * @see GitHub Actions, "Workflow commands"
 */
export function createWorkflowCommands(
  plugin: string,
  { mask, progress: tell }: Pick<KindContext, 'mask' | 'progress'>,
): WorkflowCommands {
  const found: Finding[] = [];
  let stopped: string | null = null;
  return {
    filter(line) {
      if (stopped !== null) {
        if (line.trim() !== `::${stopped}::`) return line;
        stopped = null;
        return null;
      }
      const match = COMMAND.exec(line.trimStart());
      if (match === null) return line;
      const [, name = '', words = '', data = ''] = match;
      const message = unescapeData(data);
      switch (name.toLowerCase()) {
        case 'add-mask':
          for (const part of message.split(/\r?\n/)) if (part.trim() !== '') mask(part);
          return null;
        case 'stop-commands':
          stopped = message;
          return null;
        case 'error':
        case 'warning':
        case 'notice':
          found.push(annotation(plugin, name.toLowerCase(), readProperties(words), message));
          return `${name.toLowerCase()}: ${message}`;
        case 'progress': {
          const progress = parseProgressCommand(line.trimStart());
          if (progress === null) return line;
          tell(progress.done, progress.total, progress.label ?? undefined);
          return null;
        }
        case 'group':
          return `▾ ${message}`;
        case 'endgroup':
        case 'debug':
        case 'echo':
          return null;
        case 'set-output':
        case 'save-state':
        case 'set-env':
        case 'add-path':
          return `error: the command ::${name}:: is no longer followed; write to the file $GITHUB_${FILES[name.toLowerCase()] ?? 'OUTPUT'}`;
        default:
          return line;
      }
    },
    findings: () => (found.length === 0 ? null : reportOf(plugin, found)),
  };
}

const FILES: Readonly<Record<string, string>> = {
  'set-output': 'OUTPUT',
  'save-state': 'STATE',
  'set-env': 'ENV',
  'add-path': 'PATH',
};

function annotation(
  plugin: string,
  name: string,
  properties: Readonly<Record<string, string>>,
  message: string,
): Finding {
  const placeOf = (key: string): number | null => {
    const value = Number(properties[key]);
    return Number.isInteger(value) && value > 0 ? value : null;
  };
  const about = {
    ruleId: properties['title'] ?? name,
    tool: plugin,
    file: properties['file']?.replaceAll('\\', '/') ?? null,
    message,
    package: null,
  };
  return {
    ...about,
    severity: SEVERITIES[name] ?? 'info',
    line: placeOf('line'),
    column: placeOf('col'),
    endLine: placeOf('endLine'),
    endColumn: placeOf('endColumn'),
    fingerprint: fingerprintOf(about),
  };
}

function readProperties(words: string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const word of words.split(',')) {
    const equals = word.indexOf('=');
    if (equals > 0) properties[word.slice(0, equals).trim()] = unescapeProperty(word.slice(equals + 1));
  }
  return properties;
}

const unescapeData = (text: string): string =>
  text.replaceAll(/%0D/gi, '\r').replaceAll(/%0A/gi, '\n').replaceAll('%25', '%');

const unescapeProperty = (text: string): string =>
  unescapeData(text.replaceAll(/%3A/gi, ':').replaceAll(/%2C/gi, ','));

function reportOf(plugin: string, findings: readonly Finding[]): FindingsReport {
  return {
    tools: [{ name: plugin, version: null }],
    checked: null,
    counts: countSeverities(findings),
    findings: [...findings],
    rules: [],
  };
}
