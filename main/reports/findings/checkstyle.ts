import type { FindingsReport } from '#shared/reports/findings.ts';
import type { Severity } from '#shared/reports/severity.ts';
import type { SourcePaths } from '../source-paths.ts';
import type { XmlForm } from '../xml/build-tree.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import type { FindingsBuilder } from './collect-findings.ts';

const SEVERITIES: Readonly<Record<string, Severity>> = { error: 'high', warning: 'medium', info: 'low' };

/** Checkstyle's XML, which linters of all languages write. It lists the files without findings, too. */
export function checkstyleForm(builder: FindingsBuilder, paths: SourcePaths): XmlForm<FindingsReport> {
  let checked = 0;
  return {
    texts: new Set(),
    leave(element, parent) {
      if (element.name !== 'error' && element.name !== 'exception') {
        if (element.name === 'file') checked += 1;
        return element.name !== 'file';
      }
      if (parent.name !== 'file') return false;
      read(element, parent);
      return false;
    },
    finish(root) {
      const { tools, ...rest } = builder.report(checked);
      const version = root.attribute('version');
      // Others than Checkstyle write some version of its format there.
      const own = tools.length === 0 ? [{ name: 'checkstyle', version }] : tools;
      return { tools: own, ...rest };
    },
  };

  function read(error: XmlElement, file: XmlElement): void {
    const severity = error.attribute('severity') ?? 'error';
    if (severity === 'ignore') return;
    const { tool, ruleId } = sourceOf(error.attribute('source'));
    const place = (name: string): number | null => {
      const value = Number(error.attribute(name) ?? Number.NaN);
      return Number.isSafeInteger(value) && value >= 1 ? value : null;
    };
    const name = file.attribute('name');
    const line = place('line');
    builder.tool(tool, null);
    builder.add({
      ruleId,
      tool,
      severity: Object.hasOwn(SEVERITIES, severity) ? SEVERITIES[severity]! : 'medium',
      message: error.attribute('message') ?? ruleId,
      file: name === null ? null : paths.of(name),
      line,
      column: line === null ? null : place('column'),
      endLine: null,
      endColumn: null,
    });
  }
}

/** `eslint.rules.no-undef`, `ShellCheck.SC2086`, `com.puppycrawl.tools.checkstyle.checks.naming.TypeNameCheck`. */
function sourceOf(source: string | null): { readonly tool: string; readonly ruleId: string } {
  if (source === null) return { tool: 'checkstyle', ruleId: '(no rule)' };
  const rules = /^([\w-]+)\.rules\.(.+)$/s.exec(source);
  if (rules) return { tool: rules[1]!.toLowerCase(), ruleId: rules[2]! };
  if (source.startsWith('com.puppycrawl.')) {
    return { tool: 'checkstyle', ruleId: source.slice(source.lastIndexOf('.') + 1) };
  }
  const shell = /^(ShellCheck)\.(SC\d+)$/.exec(source);
  if (shell) return { tool: shell[1]!.toLowerCase(), ruleId: shell[2]! };
  return { tool: 'checkstyle', ruleId: source };
}
