import type { Sbom } from '#shared/reports/sbom.ts';
import type { FoundProblem } from '../findings/make-report.ts';
import { allOf, judgeLicense, type LicensePolicy } from './policy.ts';
import type { LicenseException } from './settings.ts';

/** The packages of a bill whose licence may not be, and those of which nobody knows it. */
export function judgePackages(
  { components }: Sbom,
  policy: LicensePolicy,
  exceptions: readonly LicenseException[],
): readonly FoundProblem[] {
  const excepted = new Set(exceptions.map((one) => one.package));
  return components.flatMap(({ name, version, licenses }) => {
    const id = version === null ? name : `${name}@${version}`;
    if (excepted.has(name) || excepted.has(id)) return [];
    const text = allOf(licenses);
    const verdict = licenses.length === 0 ? 'unknown' : judgeLicense(text, policy);
    if (verdict === 'allowed') return [];
    const words = {
      denied: `is licensed as ${text}, which is denied`,
      'not-allowed': `is licensed as ${text}, which is not among the allowed`,
      unknown: text === '' ? 'does not tell its licence' : `names a licence that SPDX does not know: ${text}`,
    };
    return [
      {
        ruleId: `license-${verdict}`,
        severity: 'high' as const,
        message: `${name} ${words[verdict]}.`,
        package: id,
      },
    ];
  });
}
