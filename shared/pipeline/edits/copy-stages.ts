import { mappingOf } from '../raw-stages.ts';
import { entryLines } from './entry-lines.ts';
import type { YamlValue } from './operation.ts';
import { renameInExpressions } from './rename-in-expressions.ts';
import { needsOf, stagePath, stagesOf } from './stage-paths.ts';
import { applyTextEdits } from './text-edit.ts';
import { planEdits, type YamlEdit } from './yaml-edit.ts';
import { EditRefused, readYamlSource, valueOf, type YamlSource } from './yaml-source.ts';
import { setNeeds } from './needs-edits.ts';
import { scalarPaths } from './scalar-paths.ts';

/** The text of stages with their comments, as mappings of a file of their own (without `stages:`), with LF line ends. */
export function copyStages(source: YamlSource, scope: string | null, ids: readonly string[]): string {
  return ids.map((id) => `${entryLines(source, stagePath(scope, id)).join('\n')}\n`).join('\n');
}

/** As `copyStages`, from a text; null where it is no YAML or has no such stage. */
export function copyStagesFrom(text: string, scope: string | null, ids: readonly string[]): string | null {
  try {
    return copyStages(readYamlSource(text), scope, ids);
  } catch (error) {
    if (error instanceof EditRefused) return null;
    throw error;
  }
}

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
          (done, [from, to]) => renameInExpressions(done, { context: 'needs', from, to }, isBare, quote),
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
    lines: entryLines(result, stagePath(null, id)),
  }));
}
