import { asOperand } from '../findings/batches.ts';
import { type FilesToCheck, type FileTool, isC } from '../findings/file-tool.ts';

/** It looks for calls that are often misused, so most that it finds is a note. */
export const FLAWFINDER: FileTool<FilesToCheck> = {
  takes: isC,
  adapter: {
    tool: { name: 'flawfinder', bins: ['flawfinder'], install: 'apt install flawfinder' },
    argv: ({ files, args }) => ['--sarif', ...args, '--', ...files.map(asOperand)],
    exit: { 0: 'clean' },
    reports: [{ from: 'stdout', format: 'sarif' }],
    checked: () => null,
  },
};
