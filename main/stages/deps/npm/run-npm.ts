import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { z } from 'zod';
import { requireTool } from '../../tools/require-tool.ts';
import type { Tool } from '../../tools/tool.ts';

export const NPM: Tool = { name: 'npm', bins: ['npm'], install: 'comes with Node.js: nodejs.org' };

/** What npm says with `--json` when it could not do its work. */
const errorSchema = z.object({
  error: z.object({ code: z.string().nullish(), summary: z.string().nullish() }),
});

/** Codes of a registry that did not answer, or not as it should. */
const UNREACHABLE =
  /^(?:ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|E5\d\d|E401|E403|E405|E429|CERT_\w+|SELF_SIGNED\w*|UNABLE_TO_\w+|DEPTH_ZERO\w*)$/;

/** Tries of a request once more at most: a stage can be retried, and an answer that there is no network is wanted soon. */
const NETWORK = [
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=500',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
];

export interface NpmAnswer {
  readonly json: unknown;
  readonly exit: ToolExit;
}

/**
 * Runs npm with `--json` in the kind's folder. What its findings are is the caller's to see; its exit code tells nothing of it.
 * @param mayFail error codes that are an answer, too: `ELSPROBLEMS`
 * @throws AppError `tool-missing`; `service-failed` when the registry did not answer; `kind-failed` when npm could not work
 */
export async function runNpm(
  context: KindContext,
  args: readonly string[],
  options: { readonly purpose: string; readonly mayFail?: readonly string[]; readonly in?: string },
): Promise<NpmAnswer> {
  const found = await requireTool(context, [NPM], options.purpose);
  const [command = '', ...rest] = args;
  const exit = await context.exec({
    argv: [...found.command, command, '--json', ...NETWORK, ...rest],
    silent: 'stdout',
    ...(options.in !== undefined && { in: options.in }),
  });
  const json = parseOutput(exit);
  const fault = errorSchema.safeParse(json);
  if (fault.success && !(options.mayFail ?? []).includes(fault.data.error.code ?? '')) {
    throw npmError(fault.data.error, options.purpose);
  }
  if (json === null) throw npmError({ code: null, summary: lastLine(exit.stderr) }, options.purpose);
  return { json, exit };
}

/** npm prints nothing at all when there is nothing to tell. */
function parseOutput({ stdout, isCut, outcome }: ToolExit): unknown {
  if (isCut) throw new AppError('kind-failed', 'npm printed more than could be kept.');
  if (stdout.trim() === '') return outcome.type === 'succeeded' ? {} : null;
  try {
    // A dry run says line by line what it would do before the object.
    const start = stdout.search(/^[{[]/m);
    return JSON.parse(start === -1 ? stdout : stdout.slice(start)) as unknown;
  } catch (error) {
    throw new AppError('kind-failed', 'What npm printed is no JSON.', {
      hint: 'Look at the log; its version may be too old.',
      cause: error,
    });
  }
}

function npmError(
  { code, summary }: { readonly code?: string | null; readonly summary?: string | null },
  purpose: string,
): AppError {
  const said = (summary ?? '').split('\n')[0]?.trim().replace(/\.$/, '') ?? '';
  const reason = said === '' ? 'it did not say why' : said.slice(0, 300);
  if (UNREACHABLE.test(code ?? '')) {
    return new AppError('service-failed', `npm could not ask its registry to ${purpose}: ${reason}.`, {
      hint: 'Look at the network and at `registry` in .npmrc; then run the stage again.',
    });
  }
  const name = code === null || code === undefined ? '' : ` (${code})`;
  return new AppError('kind-failed', `npm could not ${purpose}${name}: ${reason}.`, {
    hint: 'Look at the log of the stage for what npm said.',
  });
}

const lastLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.includes('debug-0.log'))
    .at(-1) ?? '';
