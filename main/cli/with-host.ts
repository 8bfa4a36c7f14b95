import type { Host } from '#main/host/create-host.ts';
import type { CliContext } from './context.ts';

/** Opens the data folder for as long as `work` takes. */
export async function withHost<Result>(
  context: CliContext,
  work: (host: Host) => Result | Promise<Result>,
): Promise<Result> {
  const host = await context.openHost();
  try {
    return await work(host);
  } finally {
    await host.close();
  }
}
