import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { findTool, type FoundTool } from '../../tools/find-tool.ts';
import { missingTool } from '../../tools/require-tool.ts';
import type { Tool } from '../../tools/tool.ts';
import type { FilesToCheck, FileTool } from './file-tool.ts';

export interface ChosenTool<
  Settings extends FilesToCheck,
  Row extends FileTool<Settings> = FileTool<Settings>,
> {
  readonly row: Row;
  readonly found: FoundTool;
  readonly files: readonly string[];
}

export interface Choice<Settings extends FilesToCheck, Row extends FileTool<Settings>> {
  readonly chosen: readonly ChosenTool<Settings, Row>[];
  /** Those that would have had something to look at, and are not installed. */
  readonly missing: readonly { readonly tool: Tool; readonly files: number }[];
}

/**
 * The tools that look: those that are named, else all that fit the project, have files to look at and are there.
 * @throws AppError `tool-missing` when one that is named is not there, or none of those that fit
 */
export async function chooseTools<Settings extends FilesToCheck, Row extends FileTool<Settings>>(
  context: KindContext,
  rows: readonly Row[],
  settings: Settings,
  named: readonly string[],
  purpose: string,
): Promise<Choice<Settings, Row>> {
  const chosen: ChosenTool<Settings, Row>[] = [];
  const missing = new Map<string, { tool: Tool; files: number }>();
  const done = new Set<string>();
  for (const row of rows) {
    const { tool, fits } = row.adapter;
    const isNamed = named.includes(tool.name);
    if (named.length > 0 && !isNamed) continue;
    const files = settings.files.filter((file) => row.takes(file));
    const job = row.insteadOf ?? tool.name;
    if (files.length === 0 || (!isNamed && done.has(job))) continue;
    if (!isNamed && fits !== undefined && !(await fits(context, { ...settings, files }))) continue;
    const found = await findTool(context, tool);
    if (found === null) {
      if (isNamed) throw missingTool([tool], purpose);
      missing.set(job, missing.get(job) ?? { tool, files: files.length });
      continue;
    }
    chosen.push({ row, found, files });
    done.add(job);
    missing.delete(job);
  }
  const [first, ...others] = [...missing.values()].map(({ tool }) => tool);
  if (chosen.length === 0 && first !== undefined) throw missingTool([first, ...others], purpose);
  if (chosen.length > 1 && settings.args.length > 0) {
    const names = chosen.map(({ found }) => found.tool.name).join(', ');
    throw new AppError('usage', `\`args\` are for one tool, and there are several: ${names}.`, {
      hint: 'Say in `tool` which one, and make a stage for each.',
    });
  }
  return { chosen, missing: [...missing.values()] };
}
