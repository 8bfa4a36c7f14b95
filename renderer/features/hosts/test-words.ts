import { HOST_TEST_STEPS, type HostTestEvent, type HostTestStep } from '#shared/api/host-schemas.ts';

/** What each step of a test looks at. */
export const STEP_TITLES: Readonly<Record<HostTestStep, string>> = {
  name: 'Name',
  port: 'Port',
  'host-key': 'Host key',
  login: 'Login',
  shell: 'Shell',
  rsync: 'rsync',
  disk: 'Disk space',
  clock: 'Clock',
};

/** A test as far as it is known. */
export interface HostTest {
  readonly isRunning: boolean;
  readonly steps: Readonly<Partial<Record<HostTestStep, HostTestEvent>>>;
  /** Why it could not go on, when that was no step of it. */
  readonly fault: string | null;
}

export const NEW_TEST: HostTest = { isRunning: true, steps: {}, fault: null };

export const withEvent = (test: HostTest, event: HostTestEvent): HostTest => ({
  ...test,
  steps: { ...test.steps, [event.step]: event },
});

/** A test that goes on no more; what was under way has come to nothing. */
export function ended(test: HostTest, fault: string | null = null): HostTest {
  const steps = Object.fromEntries(
    HOST_TEST_STEPS.flatMap((step): [HostTestStep, HostTestEvent][] => {
      const event = test.steps[step];
      return event === undefined || event.status === 'running' ? [] : [[step, event]];
    }),
  );
  return { isRunning: false, steps, fault };
}

/** What it came to, in a few words; null while it runs, or when it was ended before it knew. */
export function resultWords({ isRunning, steps, fault }: HostTest): string | null {
  if (isRunning) return null;
  if (fault !== null) return fault;
  const events = HOST_TEST_STEPS.map((step) => steps[step]);
  if (events.some((event) => event?.status === 'failed')) return 'Stages cannot run there yet.';
  if (events.includes(undefined)) return 'The test was ended.';
  return events.some((event) => event?.status === 'warning')
    ? 'Stages can run there, with what is said above.'
    : 'Stages can run there.';
}
