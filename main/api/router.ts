import type { Host } from '#main/host/create-host.ts';
import { artifactProcedures } from './artifact.ts';
import { draftProcedures } from './draft.ts';
import { folderProcedures } from './folder.ts';
import { hostProcedures } from './host.ts';
import { os } from './implementer.ts';
import { kindProcedures } from './kind.ts';
import { layoutProcedures } from './layout.ts';
import { logProcedures } from './log.ts';
import { notificationProcedures } from './notification.ts';
import { pipelineProcedures } from './pipeline.ts';
import { projectProcedures } from './project.ts';
import { reportProcedures } from './report.ts';
import { runProcedures } from './run.ts';
import { secretProcedures } from './secret.ts';
import { settingProcedures } from './setting.ts';
import { shellProcedures } from './shell.ts';
import { storageProcedures } from './storage.ts';
import { systemProcedures } from './system.ts';
import { triggerProcedures } from './trigger.ts';
import { trustProcedures } from './trust.ts';

/** The whole contract over one host; every transport serves this. */
export function createRouter(host: Host) {
  return os.router({
    system: systemProcedures(host),
    folder: folderProcedures(),
    project: projectProcedures(host),
    kind: kindProcedures(host),
    pipeline: pipelineProcedures(host),
    draft: draftProcedures(host),
    layout: layoutProcedures(host),
    run: runProcedures(host),
    log: logProcedures(host),
    shell: shellProcedures(host),
    artifact: artifactProcedures(host),
    report: reportProcedures(host),
    trigger: triggerProcedures(host),
    trust: trustProcedures(host),
    setting: settingProcedures(host),
    notification: notificationProcedures(host),
    secret: secretProcedures(host),
    storage: storageProcedures(host),
    host: hostProcedures(host),
  });
}
