import { listFolder } from '#main/host/projects/list-folder.ts';
import { os } from './implementer.ts';

export function folderProcedures() {
  return { list: os.folder.list.handler(({ input }) => listFolder(input.dir)) };
}
