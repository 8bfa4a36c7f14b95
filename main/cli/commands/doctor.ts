import { examine } from '#main/host/doctor.ts';
import { MACHINE_GROUP } from '#main/host/doctor/finding.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';

/** Shows what is installed and how to get what is not. What is missing is no failure: most projects need little of it. */
export async function doctorCommand({ output }: CliContext): Promise<ExitCode> {
  const findings = await examine();
  if (output.format === 'json') output.json(findings);
  else if (output.format === 'ndjson') for (const finding of findings) output.json(finding);
  else {
    const { green, red, yellow, dim, bold } = output.colors;
    const width = Math.max(10, ...findings.map(({ name }) => name.length));
    let heading = '';
    for (const { name, group, status, version, neededFor, detail, hint } of findings) {
      if (group !== heading) {
        const others = findings.filter((one) => one.group === group);
        const found = others.filter((one) => one.status !== 'missing').length;
        output.line(`${heading === '' ? '' : '\n'}${bold(group)} ${dim(`${found} of ${others.length}`)}`);
        heading = group;
      }
      if (group !== MACHINE_GROUP) {
        // Tools of kinds are many, and a project needs few of them: one line each.
        const mark = status === 'missing' ? dim('-') : status === 'ok' ? green('✓') : yellow('!');
        const use = hint === null ? dim(fewOf(neededFor)) : `${dim(`${fewOf(neededFor)}:`)} ${hint}`;
        output.line(`${mark} ${name.padEnd(width)} ${(version ?? status).padEnd(12)} ${use}`);
        continue;
      }
      const mark = { ok: green('✓'), missing: red('✗'), partial: yellow('!'), outdated: yellow('!') }[status];
      output.line(`${mark} ${name.padEnd(width)} ${(version ?? status).padEnd(12)} ${dim(neededFor)}`);
      if (detail !== null) output.line(`  ${' '.repeat(width)} ${detail}`);
      if (hint !== null) output.line(`  ${' '.repeat(width)} ${hint}`);
    }
  }
  return EXIT.succeeded;
}

const MAX_KINDS = 3;

/** The first kinds of a list of them, in words. */
function fewOf(neededFor: string): string {
  const kinds = neededFor.replaceAll('`', '').split(', ');
  const rest = kinds.length - MAX_KINDS;
  return rest > 0 ? `${kinds.slice(0, MAX_KINDS).join(', ')} and ${rest} more` : kinds.join(', ');
}
