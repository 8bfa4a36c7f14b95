import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { findTool, type FoundTool } from './find-tool.ts';
import type { Tool } from './tool.ts';

/**
 * The first of the tools that is there.
 * @param purpose what it is for, after "to": `check the style`
 * @throws AppError `tool-missing` that says how to get the first, and which others would do
 */
export async function requireTool(
  context: KindContext,
  tools: readonly [Tool, ...Tool[]],
  purpose: string,
): Promise<FoundTool> {
  for (const tool of tools) {
    const found = await findTool(context, tool);
    if (found !== null) return found;
  }
  throw missingTool(tools, purpose);
}

export function missingTool([first, ...others]: readonly [Tool, ...Tool[]], purpose: string): AppError {
  const instead =
    others.length === 0 ? '' : ` ${others.map(({ name }) => name).join(' or ')} would do as well.`;
  return new AppError('tool-missing', `No tool is there to ${purpose}: ${first.name} was not found.`, {
    hint: `Install it (${first.install}).${instead}`,
  });
}
