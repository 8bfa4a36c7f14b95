import type { Host } from '#main/host/create-host.ts';
import type { CliContext } from './context.ts';

/** Opens the data folder for as long as `work` takes; one that cannot be written to is good enough for what only reads. */
export async function withHost<Result>(
  context: CliContext,
  work: (host: Host) => Result | Promise<Result>,
): Promise<Result> {
  const host = await context.openHost({ mayBeReadOnly: true });
  try {
    return await work(host);
  } finally {
    await host.close();
  }
}
