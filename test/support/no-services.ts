import type { ServiceOpener } from '#main/executors/services/service-opener.ts';

/** For places of stages that have no services. */
export const NO_SERVICES: ServiceOpener = {
  open: () => Promise.resolve({ facts: {}, close: () => Promise.resolve() }),
  release: () => Promise.resolve(),
};
