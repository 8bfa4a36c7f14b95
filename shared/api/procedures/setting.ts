import { settingChangeSchema, settingsSchema } from '../setting-schemas.ts';
import { base } from './base.ts';

export const settingProcedures = {
  /** Every section as it is in effect: what was never set has its default. No value of a secret is in it, only names. */
  get: base.route({ method: 'GET', path: '/settings', tags: ['settings'] }).output(settingsSchema),
  /**
   * Sets one section as a whole and answers with all. It holds at once for this host, and for others on the data folder
   * when they next look; the metrics endpoint of `serve` from its next start on. A field that does not fit is refused
   * with its path, and nothing is changed.
   */
  set: base
    .route({ method: 'PUT', path: '/settings', tags: ['settings'] })
    .input(settingChangeSchema)
    .output(settingsSchema),
};
