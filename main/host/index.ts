import process from 'node:process';
import { parseArgs } from 'node:util';
import { createHost } from './create-host.ts';
import { resolveDataDir } from './data-dir.ts';
import { runShellHost } from './shell/run-shell-host.ts';
import { openShellChannel } from './shell/shell-channel.ts';

/** The engine host of the desktop shell; see shared/api/host-protocol.ts for its arguments. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: {
      mode: { type: 'string', default: 'desktop' },
      data: { type: 'string' },
      template: { type: 'string' },
    },
  });
  const channel = openShellChannel();
  if (channel === null) {
    process.stderr.write(
      'This is a part of the Pipewright application; start that, or use `pipewright serve`.\n',
    );
    return 2;
  }
  // A terminal sends Ctrl-C to the shell as well, which then says `shutdown`.
  process.on('SIGINT', () => undefined);
  return runShellHost(channel, async (sealer) =>
    createHost({
      dataDir: await resolveDataDir(values.data, process.env),
      mode: 'desktop',
      sealer,
      sampleTemplateDir: values.template,
    }),
  );
}

void main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(4);
  },
);
