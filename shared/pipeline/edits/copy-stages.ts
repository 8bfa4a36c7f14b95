import { isMap, isSeq } from 'yaml';
import { mappingOf } from '../raw-stages.ts';
import { formatEntry } from './format-value.ts';
import { lineExtents } from './line-extent.ts';
import { locate } from './locate.ts';
import type { YamlValue } from './operation.ts';
import { renameInExpressions } from './rename-in-expressions.ts';
import { needsOf, stagePath, stagesOf } from './stage-paths.ts';
import { applyTextEdits } from './text-edit.ts';
import { planEdits, type YamlEdit } from './yaml-edit.ts';
import { isFlow, readYamlSource, valueOf, type YamlSource } from './yaml-source.ts';
import { setNeeds } from './needs-edits.ts';
import { scalarPaths } from './scalar-paths.ts';

/** The text of stages with their comments, as mappings of a file of their own (without `stages:`), with LF line ends. */
export function copyStages(source: YamlSource, scope: string | null, ids: readonly string[]): string {
  return ids.map((id) => `${stageLines(source, scope, id).join('\n')}\n`).join('\n');
}

/** The lines of one stage without their indent. */
export function stageLines(source: YamlSource, scope: string | null, id: string): readonly string[] {
  const { collection, index } = locate(source, stagePath(scope, id));
  if (!isFlow(collection) && (isMap(collection) || isSeq(collection))) {
    const { lines, column, isInline } = lineExtents(source, collection)[index]!;
    if (!isInline) {
      const text = source.text.slice(lines.start, lines.end).replace(/\r?\n$/, '');
      return text
        .split(/\r?\n/)
        .map((line) => (line.trim() === '' ? '' : line.slice(Math.min(column, indentOf(line)))));
    }
  }
  const value = stagesOf(valueOf(source), scope)[id] as YamlValue;
  return formatEntry(id, value, 0, source.style);
}

const indentOf = (line: string): number => /^ */.exec(line)![0].length;

/** A stage that was copied, under its new name. */
export interface CopiedStage {
  readonly id: string;
  readonly value: YamlValue;
  readonly lines: readonly string[];
}

/**
 * Reads the text of copied stages and gives them other names, also where they need and read each other.
 * @param keeps whether a need of a stage that was not copied may stay
 * @throws EditRefused when the text is no YAML
 */
export function renameCopies(
  text: string,
  names: Readonly<Record<string, string>>,
  keeps: (need: string) => boolean,
): readonly CopiedStage[] {
  const wrapped = `stages:\n${text.replace(/^(?=.)/gm, '  ')}`;
  const source = readYamlSource(wrapped);
  const root = valueOf(source);
  const stages = stagesOf(root, null);
  const edits: YamlEdit[] = [];
  for (const id of Object.keys(stages)) {
    const needs = needsOf(stages, id);
    const changed = needs.flatMap((need) => names[need] ?? (keeps(need) ? [need] : []));
    edits.push(...setNeeds(root, null, id, changed));
  }
  for (const { path, isBare } of scalarPaths(root)) {
    edits.push({
      type: 'rewrite',
      path,
      rewrite: (scalar, quote) =>
        Object.entries(names).reduce(
          (done, [from, to]) => renameInExpressions(done, from, to, isBare, quote),
          scalar,
        ),
    });
  }
  for (const [from, to] of Object.entries(names)) {
    if (from !== to && Object.hasOwn(stages, from))
      edits.push({ type: 'rename', path: ['stages', from], to });
  }
  const result = readYamlSource(applyTextEdits(wrapped, planEdits(source, edits)));
  const renamed = mappingOf(stagesOf(valueOf(result), null));
  return Object.keys(renamed).map((id) => ({
    id,
    value: renamed[id] as YamlValue,
    lines: stageLines(result, null, id),
  }));
}
