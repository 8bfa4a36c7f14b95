import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { requireTool } from '../../tools/require-tool.ts';
import { NPM } from './npm-tool.ts';

/** The registry that was named, else the one that npm is configured with there. @throws AppError `tool-missing`, `kind-failed` */
export async function npmRegistryOf(context: KindContext, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const { command } = await requireTool(context, [NPM], 'find the registry');
  const { stdout } = await context.exec({
    argv: [...command, 'config', 'get', 'registry'],
    silent: 'both',
  });
  const configured = stdout.trim().split('\n').at(-1) ?? '';
  if (URL.canParse(configured)) return configured;
  throw new AppError('kind-failed', 'npm does not say which registry it is configured with.', {
    hint: 'Name it in `registry`.',
  });
}
