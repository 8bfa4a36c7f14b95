import vm from 'node:vm';
import { errnoOf } from './log-error.ts';

/**
 * Makes a function that runs `work` and interrupts it after `limitMs`, also in the middle of a regular expression that
 * backtracks without end: V8 checks for interrupts there, and `vm` is the way to ask for one from the same thread.
 * Costs about 0.1 ms per call. What `work` threw is thrown on.
 * @returns true when the work ended by itself
 */
export function createTimeGuard(): (limitMs: number, work: () => void) => boolean {
  const context: { work: () => void } = { work: () => undefined };
  vm.createContext(context);
  const script = new vm.Script('work()');
  return (limitMs, work) => {
    context.work = work;
    try {
      script.runInContext(context, { timeout: limitMs });
      return true;
    } catch (error) {
      if (errnoOf(error) === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
      throw error;
    }
  };
}
