import type { KindContext } from '#main/engine/kind-ports.ts';

/** `Receiving objects:  42% (123/290), 1.20 MiB | 3.00 MiB/s`; what the server does before that begins with `remote: `. */
const COUNTED = /^(?:remote: )?([A-Z][A-Za-z ]{2,40}): +\d{1,3}% \((\d{1,12})\/(\d{1,12})\)/;
const ENDED = /, done\.\s*$/;
/** What takes long. The rest is over in a moment, and its bar would only jump. */
const SHOWN: ReadonlySet<string> = new Set(['Receiving objects', 'Unpacking objects', 'Resolving deltas']);

/** Whether Git only says how far it is, which nobody reads in a log. */
export const isFetchProgress = (piece: string): boolean => COUNTED.test(piece) && !ENDED.test(piece);

/** For `filterStderr` of Git with `--progress`: tells how far it is, and leaves that out of the log but for the end of each part. */
export function followFetch(context: Pick<KindContext, 'progress'>): (piece: string) => string | null {
  return (piece) => {
    const [, what = '', done, total] = COUNTED.exec(piece) ?? [];
    if (SHOWN.has(what)) context.progress(Number(done), Number(total), what);
    return isFetchProgress(piece) ? null : piece;
  };
}
