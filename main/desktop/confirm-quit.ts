import { dialog, type BrowserWindow } from 'electron';

/** Asks whether to stop what runs; true when the person agrees. */
export function confirmStoppingRuns(window: BrowserWindow | null, runningRuns: number): boolean {
  const what = runningRuns === 1 ? 'A run is in progress.' : `${runningRuns} runs are in progress.`;
  const options = {
    type: 'warning' as const,
    message: what,
    detail: 'Quitting cancels the stages that have not finished.',
    buttons: ['Keep Running', 'Stop and Quit'],
    defaultId: 0,
    cancelId: 0,
  };
  const answer =
    window === null ? dialog.showMessageBoxSync(options) : dialog.showMessageBoxSync(window, options);
  return answer === 1;
}
