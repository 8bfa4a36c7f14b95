import { artifactProcedures } from './procedures/artifact.ts';
import { draftProcedures } from './procedures/draft.ts';
import { folderProcedures } from './procedures/folder.ts';
import { hostProcedures } from './procedures/host.ts';
import { kindProcedures } from './procedures/kind.ts';
import { layoutProcedures } from './procedures/layout.ts';
import { logProcedures } from './procedures/log.ts';
import { notificationProcedures } from './procedures/notification.ts';
import { pipelineProcedures } from './procedures/pipeline.ts';
import { projectProcedures } from './procedures/project.ts';
import { reportProcedures } from './procedures/report.ts';
import { runProcedures } from './procedures/run.ts';
import { secretProcedures } from './procedures/secret.ts';
import { settingProcedures } from './procedures/setting.ts';
import { shellProcedures } from './procedures/shell.ts';
import { storageProcedures } from './procedures/storage.ts';
import { systemProcedures } from './procedures/system.ts';
import { triggerProcedures } from './procedures/trigger.ts';
import { trustProcedures } from './procedures/trust.ts';

/** The one contract between a window, a browser tab or another tool and the engine host. Procedures are `noun.verb`. */
export const contract = {
  system: systemProcedures,
  folder: folderProcedures,
  project: projectProcedures,
  kind: kindProcedures,
  pipeline: pipelineProcedures,
  draft: draftProcedures,
  layout: layoutProcedures,
  run: runProcedures,
  log: logProcedures,
  shell: shellProcedures,
  artifact: artifactProcedures,
  report: reportProcedures,
  secret: secretProcedures,
  host: hostProcedures,
  trigger: triggerProcedures,
  storage: storageProcedures,
  trust: trustProcedures,
  setting: settingProcedures,
  notification: notificationProcedures,
};

export type Contract = typeof contract;
