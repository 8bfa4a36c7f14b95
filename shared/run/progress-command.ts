import { type Progress, progressOf } from './progress.ts';

const COMMAND = /^::progress +([^:]*)::(.*)$/is;
const COUNT = /^\d{1,15}$/;

/**
 * Reads a line that tells progress: `::progress done=3 total=10::Uploading app.tgz`. A comma may stand between the two
 * figures, as in GitHub's commands; `total` and the label may be left out.
 * @param line without its line end
 * @returns null for any other line, and for figures that mean nothing
 */
export function parseProgressCommand(line: string): Omit<Progress, 'step'> | null {
  const match = COMMAND.exec(line);
  if (match === null) return null;
  const [, words = '', label = ''] = match;
  const figures = new Map(
    words
      .split(/[ ,]+/)
      .filter((word) => word !== '')
      .map((word): [string, string] => {
        const equals = word.indexOf('=');
        return equals < 0 ? [word, ''] : [word.slice(0, equals).toLowerCase(), word.slice(equals + 1)];
      }),
  );
  const done = figures.get('done');
  const total = figures.get('total');
  if (done === undefined || !COUNT.test(done)) return null;
  if (total !== undefined && !COUNT.test(total)) return null;
  return progressOf(Number(done), total === undefined ? null : Number(total), unescaped(label));
}

/** As GitHub's commands escape what they say. */
const unescaped = (text: string): string =>
  text.replaceAll(/%0D/gi, '\r').replaceAll(/%0A/gi, '\n').replaceAll('%25', '%');
