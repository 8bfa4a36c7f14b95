import { text } from 'node:stream/consumers';
import process from 'node:process';
import { AppError } from '#shared/lib/app-error.ts';
import { settingChangeSchema, type SettingsSection } from '#shared/api/setting-schemas.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { withHost } from '../with-host.ts';

/** Writes JSON in every format: what `set` reads. */
export function showSettingsCommand(context: CliContext, section?: SettingsSection): Promise<ExitCode> {
  return withHost(context, ({ settings }) => {
    const all = settings.read();
    const shown = section === undefined ? all : all[section];
    const { output } = context;
    if (output.format === 'pretty') output.line(JSON.stringify(shown, null, 2));
    else output.json(shown);
    return EXIT.succeeded;
  });
}

/** Reads the section from standard input. A field that does not fit is named, and nothing is changed. */
export async function setSettingsCommand(context: CliContext, section: SettingsSection): Promise<ExitCode> {
  if (process.stdin.isTTY) {
    throw new AppError('usage', 'The section is read from standard input, as JSON.', {
      hint: `Begin with what is set: pipewright settings show ${section} > ${section}.json`,
    });
  }
  const change = readChange(section, await text(process.stdin));
  const host = await context.openHost();
  try {
    const stored = host.settings.write(change)[section];
    const { output } = context;
    if (output.format === 'pretty') output.note(`The section ${section} is set.`);
    else output.json(stored);
    return EXIT.succeeded;
  } finally {
    await host.close();
  }
}

function readChange(section: SettingsSection, json: string) {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new AppError('usage', 'What is on standard input is no JSON.', {
      hint: `See what a section looks like with \`pipewright settings show ${section}\`.`,
      cause: error,
    });
  }
  const parsed = settingChangeSchema.safeParse({ section, value });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = [section, ...(issue?.path.slice(1) ?? [])].join('.');
  throw new AppError('usage', `\`${place}\` does not fit: ${issue?.message ?? 'invalid'}`, {
    hint: 'Nothing was changed.',
  });
}
