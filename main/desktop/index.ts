import { app } from 'electron';
import { registerAppScheme } from './app-protocol.ts';
import { startDesktop } from './start-desktop.ts';
import { parseArguments } from './parse-arguments.ts';

// Before `ready`.
registerAppScheme();

const ownDir = app.getAppPath();
const given = parseArguments(process.argv.slice(1), process.cwd(), ownDir);

// One application per user; a second start hands its folder to the first and ends.
if (app.requestSingleInstanceLock({ ...given })) {
  void app.whenReady().then(() => startDesktop(ownDir, given));
} else {
  app.quit();
}
