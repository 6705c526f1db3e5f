// The page of stories: two people on it, one story between them.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { launch, open, PICTURES } from './chromium.js';

let browser, page, alice, bob, problems;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

beforeEach(async () => {
  ({ page, problems } = await open(browser, '/stories'));
  alice = page.getByRole('region', { name: 'alice' });
  bob = page.getByRole('region', { name: 'bob' });
  await connected(alice);
  await connected(bob);
});

afterEach(async () => {
  await page.close();
  assert.deepEqual(problems, []);
});

const connected = person => person.getByRole('status').filter({ hasText: /^Connected$/ }).waitFor();
const events = person => person.locator('.event:not(.note)');

async function post(person, text) {
  await person.getByLabel('New story').fill(text);
  await person.getByRole('button', { name: 'Post' }).click();
  await person.locator('.story', { hasText: text }).waitFor();
}

test('the author sees at once that somebody has viewed and reacted', async () => {
  await page.screenshot({ path: PICTURES + '/stories-start.png' });
  await post(alice, 'Sunrise over the harbour');
  await bob.getByRole('button', { name: 'Open the story of alice' }).click();
  await bob.getByRole('button', { name: '❤️' }).click();

  await events(alice).nth(1).waitFor();
  const [reacted, viewed] = await events(alice).locator('pre').allTextContents();
  assert.match(viewed, /^\{"type":"story\.viewed","data":\{"story_id":"[0-9a-f-]{36}","viewer_id":"bob","viewed_at":"[^"]+Z"\},"timestamp":"[^"]+Z"\}$/);
  assert.match(reacted, /^\{"type":"story\.reacted","data":\{"story_id":"[0-9a-f-]{36}","user_id":"bob","emoji":"❤️","reacted_at":"[^"]+Z"\},"timestamp":"[^"]+Z"\}$/);
  await alice.getByText('1 view').waitFor();
  assert.equal(await events(bob).count(), 0);
  await page.screenshot({ path: PICTURES + '/stories-light.png', fullPage: true });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: PICTURES + '/stories-dark.png', fullPage: true });
});

test('it can be done with the keyboard alone', async () => {
  assert.equal(await alice.getByLabel('New story').evaluate(element => element === document.activeElement), true);
  await page.keyboard.type('Typed');
  await page.keyboard.press('Control+Enter');
  const open = bob.getByRole('button', { name: 'Open the story of alice' });
  await open.focus();
  await page.keyboard.press('Enter');
  await bob.getByRole('button', { name: '❤️' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');

  await events(alice).filter({ hasText: 'bob reacted 😂 to your story “Typed”.' }).waitFor();
  assert.equal(await bob.getByRole('button', { name: '😂' }).getAttribute('aria-pressed'), 'true');
  await page.locator('#announcer', { hasText: 'bob reacted 😂' }).waitFor({ state: 'attached' });
});

test('one’s own story tells one nothing', async () => {
  await post(alice, 'For myself');
  assert.equal(await alice.getByRole('button', { name: 'Open the story of alice' }).count(), 0);
  await post(bob, 'For alice');
  await alice.getByRole('button', { name: 'Open the story of bob' }).click();

  await events(bob).first().waitFor();
  assert.equal(await events(alice).count(), 0);
});

test('somebody signs up, and is told what is wrong', async () => {
  await alice.getByRole('button', { name: 'Account' }).click();
  await alice.getByLabel('User name').fill('carol');
  await alice.getByLabel('Password').fill('wrong and long enough');
  await alice.getByRole('button', { name: 'Log in' }).click();
  await alice.getByRole('alert').getByText('(401)').waitFor();

  await alice.getByRole('button', { name: 'Sign up' }).click();
  const carol = page.getByRole('region', { name: 'carol' });
  await connected(carol);
  await post(carol, 'I am new here');
  await bob.getByRole('button', { name: 'Open the story of carol' }).click();
  await events(carol).filter({ hasText: 'bob viewed your story “I am new here”.' }).waitFor();
});

test('what the server refuses is shown in its words', async () => {
  await alice.getByLabel('A story’s id').fill('none');
  await alice.getByRole('button', { name: 'Find' }).click();
  await alice.getByRole('alert').getByText('No such resource (404)').waitFor();
  await alice.getByRole('alert').getByText('id: none (expected: the id of a story)').waitFor();
  await page.screenshot({ path: PICTURES + '/stories-refused.png', fullPage: true });
});

test('a token that is no good is explained', async () => {
  await bob.getByRole('button', { name: 'Account' }).click();
  const token = await bob.getByLabel('Token').inputValue();
  await bob.getByLabel('Token').fill(token.slice(0, -6) + 'AAAAAA');
  await bob.getByRole('button', { name: 'Connect', exact: true }).click();

  await bob.getByRole('alert').getByText('No valid credential (401)').waitFor();
  await bob.getByRole('status').getByText('Not connected').waitFor();
});

test('what came while the connection was away is not missed', async () => {
  await post(alice, 'Before');
  await bob.getByRole('button', { name: 'Open the story of alice' }).click();
  await events(alice).first().waitFor();
  await alice.getByRole('button', { name: 'Disconnect' }).click();
  await bob.getByRole('button', { name: '🔥' }).click();
  await bob.getByRole('button', { name: '🔥', pressed: true }).waitFor();
  await alice.getByRole('button', { name: 'Connect', exact: true }).click();

  await events(alice).filter({ hasText: 'bob reacted 🔥' }).waitFor();
});

test('a story is text, whatever stands in it', async () => {
  await post(alice, '<img src=x onerror=alert(1)> & <b>bold</b>');
  await bob.getByRole('button', { name: 'Open the story of alice' }).click();
  await bob.getByText('<b>bold</b>').waitFor();
  assert.equal(await page.locator('.story b, .story img').count(), 0);
});

test('on a phone one person is shown, and what the other hears is counted', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await post(alice, 'From the phone');
  await page.getByRole('button', { name: 'bob', exact: true }).click();
  await bob.getByRole('button', { name: 'Open the story of alice' }).click();
  await page.getByRole('button', { name: 'alice 1 new' }).waitFor();
  await bob.getByRole('button', { name: '👏' }).click();
  await page.getByRole('button', { name: 'alice 2 new' }).waitFor();
  await page.screenshot({ path: PICTURES + '/stories-phone-bob.png' });
  await page.getByRole('button', { name: 'alice 2 new' }).click();
  await events(alice).filter({ hasText: 'bob reacted 👏' }).waitFor();
  await page.screenshot({ path: PICTURES + '/stories-phone-alice.png', fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, 'the page is ' + wide + ' wide');
});
