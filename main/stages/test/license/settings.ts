import { z } from 'zod';

const spdx = z.array(z.string().min(1)).default([]);

export const policySettings = {
  allow: spdx
    .describe('The licences that may be, as SPDX ids; empty: all that are not denied')
    .meta({ title: 'Allowed', examples: [['MIT', 'ISC', 'Apache-2.0', 'BSD-3-Clause']] }),
  deny: spdx
    .describe('Licences that may not be; a choice (`OR`) that leaves another is fine')
    .meta({ title: 'Denied', examples: [['AGPL-3.0-only', 'GPL-3.0-only']] }),
  exceptions: z
    .array(
      z.strictObject({
        package: z.string().min(1).describe('Its name, or name@version'),
        reason: z.string().min(1).describe('Why it may be'),
        until: z.iso.date().optional().describe('The last day on which it may; without it for ever'),
      }),
    )
    .default([])
    .describe('Packages that may be whatever their licence, each with a reason')
    .meta({ title: 'Exceptions', examples: [[{ package: 'left-pad', reason: 'asked its author' }]] }),
};

export type LicenseException = z.output<typeof policySettings.exceptions>[number];

/** The exceptions that hold on a day, and words on those that do not. @param now epoch milliseconds */
export function exceptionsAt(
  exceptions: readonly LicenseException[],
  now: number,
): { readonly held: readonly LicenseException[]; readonly notes: readonly string[] } {
  const today = new Date(now).toISOString().slice(0, 10);
  const isOver = ({ until }: LicenseException): boolean => until !== undefined && until < today;
  return {
    held: exceptions.filter((one) => !isOver(one)),
    notes: exceptions
      .filter(isOver)
      .map((one) => `${one.package} is no exception any more: its time ended on ${one.until}.`),
  };
}
