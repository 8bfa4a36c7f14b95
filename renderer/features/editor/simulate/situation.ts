import type { SimulatedEvent } from '#shared/api/simulation-schemas.ts';
import type { InputValues } from '../run/input-values.ts';

/** What is assumed, as the bar holds it. */
export interface SituationDraft {
  readonly event: SimulatedEvent;
  readonly refType: 'branch' | 'tag';
  /** Empty: the project's own branch. */
  readonly ref: string;
  /** Paths, one on a line; empty: not known. */
  readonly changed: string;
  readonly inputs: InputValues;
}

export const EVENT_LABELS: Readonly<Record<SimulatedEvent, string>> = {
  manual: 'A run by hand',
  push: 'A push',
  poll: 'A change found by asking',
  'pull-request': 'A pull request',
  webhook: 'A webhook',
  schedule: 'The schedule',
  watch: 'A change of files',
  'pre-commit': 'A commit (hook)',
  'pre-push': 'A push (hook)',
};

/** The paths of the field, without what is empty or said twice. */
export function changedPaths(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim().replaceAll('\\', '/').replace(/^\.\//, ''));
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** As `pipeline.simulate` takes it, but for the inputs. */
export function situationToSend({ event, refType, ref, changed }: SituationDraft): {
  readonly event: SimulatedEvent;
  readonly branch?: string;
  readonly tag?: string;
  readonly changed?: string[];
} {
  const name = ref.trim();
  const paths = changedPaths(changed);
  return {
    event,
    ...(name === '' ? {} : refType === 'tag' ? { tag: name } : { branch: name }),
    ...(paths.length === 0 ? {} : { changed: [...paths] }),
  };
}
