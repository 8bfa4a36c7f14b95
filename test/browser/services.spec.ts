import { expect, test } from './app-fixture.ts';
import { createGate } from './gate.ts';

/** A service that says what it is asked for, and a stage that asks it and then waits. */
const pipeline = (wait: string): string => `name: Shop
workspace: in-place
stages:
  integration:
    services:
      api:
        run: exec node api.mjs
        ports: [8080]
      clock: { run: "echo ticking; exec sleep 600" }
    run: |
      node ask.mjs "http://\${{ services.api.host }}:\${{ services.api.ports['8080'] }}/orders"
      ${wait}
  lint: { run: echo clean }
`;
const API = `
import { createServer } from 'node:http';
createServer((request, response) => {
  console.log('api was asked for ' + request.url);
  response.end('two orders');
}).listen(process.env.PORT, '127.0.0.1', () => console.log('api is listening'));
`;
const ASK = 'console.log(await (await fetch(process.argv[2])).text());\n';

test('the log of a service is offered beside that of its stage, while it runs and afterwards', async ({
  page,
  app,
}) => {
  const gate = createGate(app.served.dir, 'services');
  const files = { 'pipewright.yml': pipeline(gate.wait), 'api.mjs': API, 'ask.mjs': ASK };
  await app.openFolder(await app.project('shop', files));
  await app.pressRun();
  const stage = page.getByRole('option', { name: 'integration, Running' });
  await stage.click();
  const panel = page.getByRole('complementary', { name: 'Stage integration' });
  const log = panel.getByRole('log');
  await expect(log).toContainText('service api (a process of this machine) is ready');
  await expect(log).toContainText('two orders');
  await expect(panel).toContainText('api (a process of this machine), clock (a process of this machine)');

  const picker = panel.getByRole('combobox', { name: 'Whose log' });
  await picker.click();
  await page.getByRole('option', { name: 'Service api' }).click();
  await expect(log).toContainText('api was asked for /orders');
  await expect(log).not.toContainText('two orders');

  await page.getByRole('option', { name: /^lint/ }).click();
  await expect(page.getByRole('combobox', { name: 'Whose log' })).toBeHidden();
  await page.getByRole('option', { name: 'integration, Running' }).click();
  await expect(log).toContainText('api was asked for /orders');

  await gate.open();
  await app.runIs('Succeeded');
  await page.keyboard.press('l');
  await expect(page.getByRole('log', { name: 'Log of service api of integration' })).toContainText('/orders');
  await page.getByRole('combobox', { name: 'Whose log' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Service clock' }).click();
  const clock = page.getByRole('log', { name: 'Log of service clock of integration' });
  await expect(clock).toContainText('ticking');
  // The address holds whose log it is.
  await page.reload();
  await expect(clock).toContainText('ticking');
  await page.getByRole('combobox', { name: 'Whose log' }).click();
  await page.getByRole('option', { name: 'Log of the stage' }).click();
  await expect(page.getByRole('log', { name: 'Log of integration' })).toContainText('two orders');
});

test('a service that does not get ready shows why, and its log', async ({ page, app }) => {
  const broken = `name: Shop
stages:
  integration:
    services: { db: { run: "echo starting; echo no space for tables; exit 3", health: { cmd: exit 1 } } }
    run: echo not reached
`;
  await app.openFolder(await app.project('shop', { 'pipewright.yml': broken }));
  await app.pressRun();
  await app.runIs('Failed');
  await page.getByRole('option', { name: /^integration, / }).click();
  const panel = page.getByRole('complementary', { name: 'Stage integration' });
  await expect(panel).toContainText('Service db ended with exit code 3 before it was ready');
  await panel.getByRole('combobox', { name: 'Whose log' }).click();
  await page.getByRole('option', { name: 'Service db' }).click();
  await expect(panel.getByRole('log')).toContainText('no space for tables');
});
