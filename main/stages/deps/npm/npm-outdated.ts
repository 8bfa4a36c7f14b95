import semver from 'semver';
import { z } from 'zod';
import type { Finding } from '#shared/reports/findings.ts';
import { finding } from '../../tools/forms.ts';

/** A dependency that is behind. */
export interface Outdated {
  readonly name: string;
  /** Null: not installed. */
  readonly current: string | null;
  readonly wanted: string;
  readonly latest: string;
  readonly majors: number;
  /** Within the same major version; 0 where that differs. */
  readonly minors: number;
}

const entrySchema = z.object({
  current: z.string().optional(),
  wanted: z.string(),
  latest: z.string(),
});
const answerSchema = z.record(z.string(), z.union([entrySchema, z.array(entrySchema)]));

/** Reads what `npm outdated --json` printed; what is at its newest version is left out. @throws Error for anything else */
export function readOutdated(json: unknown): Outdated[] {
  return Object.entries(answerSchema.parse(json))
    .flatMap(([name, entries]) => [entries].flat().map((entry) => outdatedOf(name, entry)))
    .filter(({ current, latest }) => current !== latest);
}

function outdatedOf(name: string, { current, wanted, latest }: z.infer<typeof entrySchema>): Outdated {
  return { name, current: current ?? null, wanted, latest, ...distance(current ?? wanted, latest) };
}

/** How far `to` is ahead. Below 1.0.0 a minor version counts as a major one. */
export function distance(from: string, to: string): { readonly majors: number; readonly minors: number } {
  const old = semver.parse(from);
  const next = semver.parse(to);
  if (old === null || next === null || semver.gte(old, next)) return { majors: 0, minors: 0 };
  if (old.major !== next.major) return { majors: next.major - old.major, minors: 0 };
  const minors = next.minor - old.minor;
  return old.major === 0 ? { majors: minors, minors: 0 } : { majors: 0, minors };
}

export function findingOfOutdated(
  { name, current, latest, majors, minors }: Outdated,
  limits: { readonly majors: number; readonly minors: number },
): Finding {
  const isOver = majors > limits.majors || minors > limits.minors;
  const [step, count] = majors > 0 ? ['major', majors] : minors > 0 ? ['minor', minors] : ['patch', 0];
  const usual = step === 'major' ? 'medium' : step === 'minor' ? 'low' : 'info';
  const ahead = count > 1 ? `${count} ${step} versions` : `a ${step} version`;
  return finding({
    ...{ tool: 'npm', ruleId: `outdated-${step}`, file: 'package.json' },
    severity: isOver ? 'high' : usual,
    message: `${name} is at ${current ?? 'no version'}, and ${latest} is out: ${ahead} ahead.`,
    package: current === null ? name : `${name}@${current}`,
  });
}
