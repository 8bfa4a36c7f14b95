import { MAX_CHANGED, type RunTrigger } from '#shared/run/events.ts';
import { branchOf } from './ref-filter.ts';

/** What a run's trigger says of a branch or tag; what is not known is left out. */
export function refFields(
  ref: string | null,
  commit: string | null,
  changed: readonly string[] | null,
): Partial<RunTrigger> {
  const branch = ref === null ? null : branchOf(ref);
  return {
    ...(ref === null ? {} : { ref }),
    ...(branch === null ? {} : { branch }),
    ...(commit === null ? {} : { commit }),
    ...(changed === null ? {} : { changed: changed.slice(0, MAX_CHANGED) }),
  };
}

export const shortRef = (ref: string): string => ref.replace(/^refs\/(heads|tags)\//, '');
