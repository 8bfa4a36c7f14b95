import process from 'node:process';
import { CommanderError } from 'commander';
import { describeError, EXIT } from './exit-code.ts';
import { createProgram } from './program.ts';

/** Runs one command line to its end and sets the exit code. Never rejects. */
export async function main(args: readonly string[]): Promise<void> {
  process.on('uncaughtException', endAtOnce);
  try {
    process.exitCode = await createProgram().run(args);
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has written what it had to say: help and version to stdout, the rest to stderr.
      process.exitCode = error.exitCode === 0 ? EXIT.succeeded : EXIT.usage;
      return;
    }
    const { text, exitCode } = describeError(error, process.env);
    process.stderr.write(`${text}\n`);
    process.exitCode = exitCode;
  }
  endSoon();
}

/** For connections whose other side does not answer any more, such as of a container engine that hangs. */
const LINGER_MS = 5_000;

/** Ends this process although something still holds it, but not before its output has been read. */
function endSoon(): void {
  setTimeout(() => {
    if (process.stdout.writableLength > 0 || process.stderr.writableLength > 0) endSoon();
    else process.exit();
  }, LINGER_MS).unref();
}

/** What nobody could catch: one sentence instead of a stack trace, and not the exit code of a failed run. */
function endAtOnce(error: unknown): void {
  const { text } = describeError(error, process.env);
  process.stderr.write(`${text}\n`);
  process.exit(EXIT.fault);
}
