import { examine } from '#main/host/doctor.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';

/** Shows what is installed and how to get what is not. What is missing is no failure: most projects need little of it. */
export async function doctorCommand({ output }: CliContext): Promise<ExitCode> {
  const findings = await examine();
  if (output.format === 'json') output.json(findings);
  else if (output.format === 'ndjson') for (const finding of findings) output.json(finding);
  else {
    const { green, red, yellow, dim } = output.colors;
    for (const { name, status, version, neededFor, detail, hint } of findings) {
      const mark = { ok: green('✓'), missing: red('✗'), partial: yellow('!'), outdated: yellow('!') }[status];
      output.line(`${mark} ${name.padEnd(10)} ${(version ?? status).padEnd(12)} ${dim(neededFor)}`);
      if (detail !== null) output.line(`  ${' '.repeat(10)} ${detail}`);
      if (hint !== null) output.line(`  ${' '.repeat(10)} ${hint}`);
    }
  }
  return EXIT.succeeded;
}
