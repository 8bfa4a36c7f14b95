import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './app-fixture.ts';

/** The README shows what this test leaves here, as docs/images/editor.png. */
const PICTURE = path.resolve(import.meta.dirname, '../../screenshots/readme/editor.png');
const FONT = path.resolve(
  import.meta.dirname,
  '../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
);
const PIPELINE = `# Every change goes through this.
name: Web shop

stages:
  install:
    run: npm ci
    timeout: 5m
  lint: # quick
    needs: [install]
    run: npm run lint
  package: { needs: [lint], run: npm pack }
`;
/** CSS pixels of one step. */
const STEP = { width: 600, height: 400 } as const;

test.use({
  viewport: { width: 1320, height: 529 },
  deviceScaleFactor: 1.5,
  colorScheme: 'dark',
  reducedMotion: 'reduce',
});

interface Step {
  readonly caption: string;
  readonly image: string;
}

const stage = (page: Page, id: string) => page.getByRole('option', { name: new RegExp(`^${id},`) });

async function placeOf(page: Page, id: string, part: 'left' | 'right' | 'middle') {
  const { x, y, width, height } = (await stage(page, id).boundingBox())!;
  return { x: x + { left: 0, middle: width / 2, right: width }[part], y: y + height / 2 };
}

test('a pipeline is built in four steps, which the README shows', async ({ page, app }) => {
  const dir = await app.project('web-shop', { 'pipewright.yml': PIPELINE });
  await app.openFolder(dir);
  await page.getByRole('row', { name: /Web shop/ }).click();
  await expect(stage(page, 'lint')).toBeVisible();
  const steps: Step[] = [];
  const keep = async (caption: string, left: number): Promise<void> => {
    const { y } = (await page.locator('[data-group]').first().boundingBox())!;
    const image = await page.screenshot({ clip: { x: left, y, ...STEP }, animations: 'disabled' });
    steps.push({ caption, image: image.toString('base64') });
  };
  const room = (await page.getByRole('listbox', { name: 'Stages' }).boundingBox())!;

  await stage(page, 'install').click();
  await page.keyboard.press('a');
  await page.keyboard.type('unit');
  await expect(page.getByRole('dialog')).toContainText('Unit tests');
  await keep('Press A, or drag: a stage behind another', room.x);
  await page.keyboard.press('Enter');
  await expect(stage(page, 'unit')).toHaveAttribute('aria-selected', 'true');

  await page.getByRole('listbox', { name: 'Stages' }).blur();
  await stage(page, 'unit').hover();
  const from = await placeOf(page, 'unit', 'right');
  const to = await placeOf(page, 'package', 'left');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x + 12, to.y, { steps: 4 });
  await expect(page.getByText('package needs unit', { exact: true })).toBeVisible();
  await keep('Draw a line: package needs unit', room.x);
  await page.mouse.up();
  await expect(stage(page, 'package')).toHaveAccessibleName(/needs lint and unit/);

  await stage(page, 'unit').click();
  const command = page
    .getByRole('region', { name: 'Settings of unit' })
    .getByLabel('Command', { exact: true });
  await command.fill('npm test');
  await command.blur();
  await keep('Fill in the form', room.x + room.width + 320 - STEP.width);

  await page.getByRole('radio', { name: 'Text' }).click();
  await expect(page.getByRole('textbox', { name: 'Text of the pipeline' })).toContainText(
    'command: npm test',
  );
  await keep('The file has what you did, and no more', room.x - 208);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Open files' }).getByLabel('Not saved')).toBeHidden();
  const written = await readFile(path.join(dir, 'pipewright.yml'), 'utf8');
  expect(written).toContain(PIPELINE.slice(0, PIPELINE.indexOf('  package')));
  expect(written).toContain('  package: { needs: [lint, unit], run: npm pack }');
  await compose(page, steps);
});

/** All steps as one picture. */
async function compose(page: Page, steps: readonly Step[]): Promise<void> {
  const font = await readFile(FONT, 'base64');
  const sheet = await page.context().newPage();
  await sheet.setContent(`<!doctype html>
    <style>
      @font-face { font-family: Inter; font-weight: 100 900; src: url(data:font/woff2;base64,${font}); }
      body { display: grid; grid-template-columns: repeat(2, ${STEP.width}px); gap: 20px 24px; width: max-content;
        margin: 0; padding: 20px 24px 24px; background: #0b0c10; font: 500 17px Inter, sans-serif; }
      figure { margin: 0; }
      figcaption { display: flex; gap: 10px; align-items: center; margin-bottom: 10px; color: #e8eaf0; }
      b { display: grid; width: 24px; height: 24px; place-items: center; border-radius: 50%; background: #4263eb;
        color: #fff; font-size: 14px; }
      img { display: block; width: ${STEP.width}px; height: ${STEP.height}px; border-radius: 8px;
        box-shadow: 0 0 0 1px #fff2; }
    </style>
    ${steps
      .map(
        ({ caption, image }, at) => `<figure><figcaption><b>${at + 1}</b>${caption}</figcaption>
          <img src="data:image/png;base64,${image}" alt=""></figure>`,
      )
      .join('')}`);
  await sheet.evaluate(() => document.fonts.ready);
  await sheet.locator('body').screenshot({ path: PICTURE });
  await sheet.close();
}
