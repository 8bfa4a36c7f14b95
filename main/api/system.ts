import type { Host } from '#main/host/create-host.ts';
import { examine } from '#main/host/doctor.ts';
import { VERSION } from '#main/host/version.ts';
import { os } from './implementer.ts';

export function systemProcedures({ dataDir, mode, maxParallel, tracing }: Host) {
  return {
    info: os.system.info.handler(() => ({
      version: VERSION,
      platform: process.platform,
      dataDir,
      mode,
      maxParallel,
      tracesFault: tracing.fault(),
    })),
    doctor: os.system.doctor.handler(() => examine()),
  };
}
