import { startBackground } from '#main/host/background.ts';
import type { Host } from '#main/host/create-host.ts';
import { serve } from '#main/host/http/serve.ts';
import { createMetrics } from '#main/metrics/create-metrics.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { onSignals } from '../on-signals.ts';

export interface ServeCommandOptions {
  readonly port?: number;
  readonly open?: boolean;
  readonly metrics?: boolean;
}

/** Serves until a signal comes; what runs then is cancelled, and its processes are gone when this resolves. */
export async function serveCommand(context: CliContext, options: ServeCommandOptions): Promise<ExitCode> {
  const { output } = context;
  const signalled = Promise.withResolvers<undefined>();
  const stopSignals = onSignals(() => signalled.resolve(undefined));
  const host = await context.openHost();
  try {
    if (context.isProjectGiven) host.store.projects.add(context.projectDir);
    const metrics = wantsMetrics(host, options)
      ? createMetrics({
          subscribe: (listener) => host.engine.subscribe(listener),
          stateOf: (runId) => host.engine.get(runId)?.state(),
        })
      : null;
    const server = await serve(host, { port: options.port ?? 0, ...(metrics ? { metrics } : {}) });
    const background = startBackground(host);
    if (output.format === 'pretty') output.line(`Pipewright is at ${server.url}`);
    else output.json({ url: server.url, port: server.port, token: server.token });
    output.note('Whoever has this address can use Pipewright as you. Ctrl-C ends it.');
    if (options.open) await openBrowser(context, server.url);
    await signalled.promise;
    await background.close();
    await server.close();
    metrics?.close();
    return EXIT.succeeded;
  } finally {
    await host.close();
    stopSignals();
  }
}

/** The option, or the setting `telemetry`. */
function wantsMetrics({ settings }: Host, options: ServeCommandOptions): boolean {
  return options.metrics ?? settings.read().telemetry.metrics.enabled;
}

async function openBrowser({ output }: CliContext, url: string): Promise<void> {
  try {
    const { default: open } = await import('open');
    const child = await open(url);
    child.on('error', () => undefined);
  } catch {
    output.note('No browser could be opened; open the address yourself.');
  }
}
