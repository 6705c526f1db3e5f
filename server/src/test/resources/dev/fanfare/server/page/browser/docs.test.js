// The page to try the API, and the description that it shows.
import { Validator } from '@seriousme/openapi-schema-validator';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, PICTURES, SERVER } from './chromium.js';

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

test('the description is valid OpenAPI 3.1', async () => {
  const description = await (await fetch(SERVER + '/openapi.json')).json();
  const validator = new Validator();
  const { valid, errors } = await validator.validate(description);
  assert.ok(valid, JSON.stringify(errors, null, 2));
  assert.equal(validator.version, '3.1');
});

test('a route is tried in the browser, as somebody', async () => {
  const { page, problems } = await open(browser, '/docs');
  const wallet = page.locator('#operations-Wallet-wallet');
  await wallet.locator('.opblock-summary').first().click();
  await page.screenshot({ path: PICTURES + '/docs-light.png' });
  await wallet.getByRole('button', { name: 'Execute' }).click();
  await wallet.locator('.live-responses-table').getByText('"balance_cents"').waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: PICTURES + '/docs-dark.png' });
  assert.deepEqual(problems, []);
});

test('it fits on a phone', async () => {
  const { page, problems } = await open(browser, '/docs', { viewport: { width: 390, height: 844 } });
  await page.locator('.opblock').first().waitFor();
  await page.screenshot({ path: PICTURES + '/docs-phone.png' });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, 'the page is ' + wide + ' wide');
  assert.deepEqual(problems, []);
});
