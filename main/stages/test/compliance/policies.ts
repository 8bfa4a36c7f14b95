import { z } from 'zod';

/** What many ask for, by name. */
const PRESETS = {
  'tests-passed': 'tests.total > 0 && tests.failed == 0 && tests.errored == 0',
  'sbom-present': 'sbom.components > 0',
  'no-critical': 'findings.critical == 0',
  provenance: 'provenance.subjects > 0 && provenance.signed == true',
  'four-eyes': 'approvals.others > 0',
  'signed-commit': 'commit.signed == true',
} as const;

type PresetName = keyof typeof PRESETS;
const PRESET_NAMES = Object.keys(PRESETS) as [PresetName, ...PresetName[]];

export const policySetting = z.union([
  z.enum(PRESET_NAMES),
  z.strictObject({
    id: z
      .string()
      .regex(/^[\w.-]+$/, 'must be letters, digits, `.`, `-` and `_`')
      .describe('What the policy is called'),
    control: z.string().optional().describe('The control of a standard that it is for, such as `SOC2 CC8.1`'),
    expr: z.string().min(1).describe('What must hold, an expression over the evidence without `${{ }}`'),
  }),
]);

export interface Policy {
  readonly id: string;
  readonly control: string | null;
  readonly expr: string;
}

export function policyOf(given: z.output<typeof policySetting>): Policy {
  if (typeof given === 'string') return { id: given, control: null, expr: PRESETS[given] };
  return { ...given, control: given.control ?? null };
}
