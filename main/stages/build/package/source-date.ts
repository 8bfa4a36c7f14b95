import type { KindContext } from '#main/engine/kind-ports.ts';
import { findTool } from '../../tools/find-tool.ts';

/** Where nothing tells the time of the source: the oldest that every format can hold. */
const FALLBACK_S = 315_532_800;

/** The time of the source in seconds: `SOURCE_DATE_EPOCH`, else that of the commit; the same in every build of it. */
export async function sourceDate(context: KindContext): Promise<number> {
  const given = Number(context.env['SOURCE_DATE_EPOCH'] || Number.NaN);
  if (Number.isSafeInteger(given) && given >= 0) return given;
  const git = await findTool(context, { name: 'git', bins: ['git'], install: '' });
  if (git === null) return FALLBACK_S;
  const { stdout, outcome } = await context.exec({
    argv: [...git.command, 'log', '-1', '--format=%ct'],
    silent: 'both',
  });
  const committed = Number(stdout.trim() || Number.NaN);
  return outcome.type === 'succeeded' && Number.isSafeInteger(committed) ? committed : FALLBACK_S;
}
