import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test as base } from './app-fixture.ts';

/** WCAG 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What the theme decides; everything else is the same in both. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
const IMPACTS = new Set<string | null | undefined>(['serious', 'critical']);
const MOST_ELEMENTS = 4;

interface Finding {
  readonly rule: string;
  readonly element: string;
  readonly advice: string;
  readonly screens: string[];
}

/** What axe finds and is right nevertheless. */
const ALLOWED: readonly { readonly rule: string; readonly element: string; readonly reason: string }[] = [
  {
    rule: 'aria-hidden-focus',
    element: '#root',
    reason: 'An open menu keeps the focus within itself, and hides what is behind it until it closes.',
  },
];

/** Looks for serious violations in what is in view, in both themes; the test fails at its end with all of them. */
export type Audit = (screen: string) => Promise<void>;

interface AuditFixture {
  readonly audit: Audit;
}

export const test = base.extend<AuditFixture>({
  audit: async ({ page }, use) => {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    const findings = new Map<string, Finding>();
    await use(async (screen) => {
      const dark = await violationsOf(page, (axe) => axe.withTags(TAGS));
      await page.emulateMedia({ colorScheme: 'light' });
      const light = await violationsOf(page, (axe) => axe.withRules(COLOUR_RULES));
      await page.emulateMedia({ colorScheme: 'dark' });
      collect(findings, dark, `${screen} (dark)`);
      collect(findings, light, `${screen} (light)`);
    });
    expect([...findings.values()].map(describe).join('\n\n')).toBe('');
  },
});

export { expect };

type Violation = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number];

async function violationsOf(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<Violation[]> {
  // Not into frames: the one there is shows an artifact, which may run no script and need keep no rules of ours.
  const axe = new AxeBuilder({ page }).options({ iframes: false }).setLegacyMode();
  const { violations } = await choose(axe).analyze();
  return violations.filter(({ impact }) => IMPACTS.has(impact));
}

function collect(findings: Map<string, Finding>, violations: readonly Violation[], screen: string): void {
  for (const { id, help, helpUrl, nodes } of violations) {
    for (const { target, html, failureSummary } of nodes.slice(0, MOST_ELEMENTS)) {
      if (ALLOWED.some((other) => other.rule === id && other.element === target.join(' '))) continue;
      const element = `${target.flat().join(' ')}  ${html.slice(0, 240)}`;
      const known = findings.get(`${id} ${element}`);
      if (known !== undefined) known.screens.push(screen);
      else
        findings.set(`${id} ${element}`, {
          rule: `${id}: ${help} (${helpUrl})`,
          element,
          advice: failureSummary ?? help,
          screens: [screen],
        });
    }
  }
}

const describe = ({ rule, element, advice, screens }: Finding): string =>
  [rule, `  on ${screens.join(', ')}`, `  ${element}`, `  ${advice.replaceAll('\n', '\n  ')}`].join('\n');
