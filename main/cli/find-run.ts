import { projectIdOfDir } from '#main/store/project-id.ts';
import type { Store } from '#main/store/open-store.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { runIdOf } from '#shared/lib/ids.ts';
import type { CliContext } from './context.ts';

const PAGE = 500;

/**
 * The run that a word means: its id, an unambiguous start of it, `#12` or `latest`. Numbers and `latest` are those of the project,
 * or, when that has no such run and no project was named, those of the whole data folder.
 * @throws AppError `run-not-found`, `usage` for an ambiguous word
 */
export function findRun(store: Pick<Store, 'runs'>, context: CliContext, word: string): RunSummary {
  if (/^[a-z0-9]{16}$/.test(word)) return store.runs.get(runIdOf(word));
  const projectId = projectIdOfDir(context.projectDir);
  const number = /^#?(\d{1,9})$/.exec(word)?.[1];
  const matches = (run: RunSummary): boolean => {
    if (word === 'latest') return true;
    if (word.startsWith('#')) return run.number === Number(number);
    return run.id.startsWith(word.toLowerCase());
  };
  const wanted = word === 'latest' ? 1 : 2;
  const own = select(
    store,
    matches,
    wanted,
    word.startsWith('#') || word === 'latest' ? projectId : undefined,
  );
  const found = own.length > 0 || context.isProjectGiven ? own : select(store, matches, wanted);
  const [run, other] = found;
  if (run === undefined) {
    throw new AppError(
      'run-not-found',
      word === 'latest' ? 'There are no runs yet.' : `There is no run ${word}.`,
      {
        hint: word === 'latest' ? 'Start one with `pipewright run`.' : 'See `pipewright runs list`.',
      },
    );
  }
  if (other !== undefined) {
    throw new AppError('usage', `${word} means several runs: ${run.id}, ${other.id}.`, {
      hint: 'Write more of the id.',
    });
  }
  return run;
}

/** The newest runs that match, at most `limit`. */
function select(
  store: Pick<Store, 'runs'>,
  matches: (run: RunSummary) => boolean,
  limit: number,
  projectId?: RunSummary['projectId'],
): RunSummary[] {
  const found: RunSummary[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { runs } = store.runs.list({ projectId, offset, limit: PAGE });
    for (const run of runs) {
      if (matches(run)) found.push(run);
      if (found.length === limit) return found;
    }
    if (runs.length < PAGE) return found;
  }
}
