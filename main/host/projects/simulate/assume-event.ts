import { refFields, shortRef } from '#main/triggers/ref-fields.ts';
import { type RefFilter, whyFiltered } from '#main/triggers/ref-filter.ts';
import type { TriggerRules } from '#main/triggers/rules.ts';
import { SIMULATED_EVENTS, type SimulatedEvent, type Simulation } from '#shared/api/simulation-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { GitInfo, RunTrigger } from '#shared/run/events.ts';

/** What is to be assumed. */
export interface AssumedEvent {
  /** Default: `manual`. */
  readonly event?: SimulatedEvent | undefined;
  /** Default: the project's own. */
  readonly branch?: string | undefined;
  /** Instead of a branch. */
  readonly tag?: string | undefined;
  /** Paths relative to the repository; left out, no filter of paths stands in the way. */
  readonly changed?: readonly string[] | undefined;
}

/** What a run then takes as given. */
export interface Situation {
  /** Null outside of a branch. */
  readonly git: GitInfo | null;
  readonly trigger: RunTrigger;
  readonly event: Simulation['event'];
}

interface EventFacts {
  readonly type: RunTrigger['type'];
  /** `at('to')` is ` to \`main\``, or nothing where there is no branch. */
  readonly title: (at: (word: string) => string) => string;
  /** Null: the file has no such trigger. */
  readonly filterOf: (rules: TriggerRules) => RefFilter | null;
}

/** What each event is to a run, and where the file says whether it starts one. */
export const EVENTS: Readonly<Record<SimulatedEvent, EventFacts>> = {
  manual: { type: 'manual', title: () => 'A run by hand', filterOf: () => ({}) },
  push: {
    type: 'push',
    title: (at) => `A push${at('to')}`,
    filterOf: ({ push }) => push?.filter ?? null,
  },
  poll: {
    type: 'poll',
    title: (at) => `A change${at('of')} found by asking`,
    filterOf: ({ poll }) => poll?.filter ?? null,
  },
  'pull-request': {
    type: 'webhook',
    title: (at) => `A pull request${at('for')}`,
    filterOf: ({ pullRequest }) => pullRequest,
  },
  webhook: {
    type: 'webhook',
    title: (at) => `A webhook${at('about')}`,
    filterOf: ({ webhook }) => webhook?.filter ?? null,
  },
  schedule: {
    type: 'schedule',
    title: () => 'The schedule',
    filterOf: ({ schedules }) => (schedules.length > 0 ? {} : null),
  },
  watch: {
    type: 'watch',
    title: () => 'A change of files',
    filterOf: ({ watch }) => (watch === null ? null : { paths: watch.paths, 'paths-ignore': watch.ignore }),
  },
  'pre-commit': {
    type: 'hook',
    title: (at) => `A commit${at('to')}`,
    filterOf: ({ preCommit }) => preCommit,
  },
  'pre-push': {
    type: 'hook',
    title: (at) => `Pushing${at('to')}`,
    filterOf: ({ prePush }) => prePush,
  },
};

/** @throws AppError `usage` for an event that there is not */
export function eventNamed(name: string): SimulatedEvent {
  const found = SIMULATED_EVENTS.find((event) => event === name);
  if (found !== undefined) return found;
  throw new AppError('usage', `There is no event ${name}.`, {
    hint: `The events are ${SIMULATED_EVENTS.join(', ')}.`,
  });
}

/** Whether the file's triggers would start a run, and what that run would know. @param known the project's own */
export function assumeEvent(
  rules: TriggerRules,
  known: GitInfo | null,
  { event = 'manual', branch, tag, changed }: AssumedEvent,
): Situation {
  const git = branch === undefined ? known : { commit: '', message: '', ...known, branch };
  const ref = refOf(git, tag);
  const { type, title, filterOf } = EVENTS[event];
  const filter = filterOf(rules);
  const whyNot =
    filter === null
      ? `the file has no trigger \`${event}\``
      : whyFiltered(filter, { ref, changed: changed ?? null });
  return {
    git,
    trigger: { type, event, ...refFields(ref, null, changed ?? null) },
    event: { name: event, title: title(inWords(ref)), starts: whyNot === null, whyNot },
  };
}

function refOf(git: GitInfo | null, tag: string | undefined): string | null {
  if (tag !== undefined) return `refs/tags/${tag}`;
  return git?.branch ? `refs/heads/${git.branch}` : null;
}

/** ` to \`main\``; nothing where there is no branch. */
function inWords(ref: string | null): (word: string) => string {
  if (ref === null) return () => '';
  const name = `\`${shortRef(ref)}\``;
  return (word) => ` ${word} ${ref.startsWith('refs/tags/') ? `the tag ${name}` : name}`;
}
