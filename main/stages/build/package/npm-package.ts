import { z } from 'zod';
import { AppError } from '#shared/lib/app-error.ts';
import { requireTool } from '../../tools/require-tool.ts';
import type { Tool } from '../../tools/tool.ts';
import { type Packer, packWith } from './packer.ts';

export const NPM: Tool = { name: 'npm', bins: ['npm'], install: 'comes with Node.js: nodejs.org' };

const packed = z.object({ filename: z.string().min(1), files: z.array(z.object({ path: z.string() })) });
/** A list by the npm of today, an object by name by that of tomorrow. */
const answerSchema = z.union([
  z.array(packed).min(1),
  z.record(z.string(), packed).transform(Object.values<z.output<typeof packed>>),
]);

/** `npm pack`, which has one time for everything by itself. */
export const packNpm: Packer = async (context, _wish, { seen }) => {
  const npm = await requireTool(context, [NPM], 'pack it');
  const exit = await packWith(context, 'npm', {
    argv: [...npm.command, 'pack', '--json', '--pack-destination', seen],
    silent: 'stdout',
  });
  try {
    // Scripts of the package may print, too.
    const text = exit.stdout.slice(exit.stdout.search(/^[[{]\s*$/m));
    const [one] = answerSchema.parse(JSON.parse(text));
    if (one === undefined) throw new Error('no package');
    const file = one.filename.replace(/^@/, '').replaceAll('/', '-');
    return { file, contents: one.files.map(({ path }) => path).sort() };
  } catch (error) {
    throw new AppError('kind-failed', 'What `npm pack` printed has another form than expected.', {
      hint: 'Look at the log of the stage.',
      cause: error,
    });
  }
};
