// What is asked and published without a connection.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import * as kit from './kit.js';

afterEach(kit.closeAll);

async function pages(page) {
  const all = [];
  for (let each = page; each; each = each.hasNext() ? await each.next() : null) {
    all.push(...each.items);
  }
  return all;
}

test('what is published is read again as it was', async () => {
  const channel = kit.rest().channels.get(kit.newChannel());
  const all = ['text', '', { an: 'object' }, ['a', 'list'], Buffer.from([1, 254, 3])];
  for (const data of all) {
    await channel.publish('name', data);
  }
  const history = await channel.history({ direction: 'forwards' });
  assert.deepEqual(history.items.map((each) => each.data), all);
  assert.ok(history.items.every((each) => each.serial && each.timestamp));
});

test('extras are kept', async () => {
  const channel = kit.rest().channels.get(kit.newChannel());
  await channel.publish({ name: 'n', data: 'd', extras: { headers: { a: 1, b: 'two' } } });
  const [message] = (await channel.history()).items;
  assert.deepEqual(message.extras.headers, { a: 1, b: 'two' });
});

test('history comes in pages', async () => {
  const channel = kit.rest().channels.get(kit.newChannel());
  await channel.publish(Array.from({ length: 25 }, (_, i) => ({ name: `m${i}`, data: 'x' })));
  const first = await channel.history({ limit: 10 });
  assert.equal(first.items.length, 10);
  assert.equal(first.items[0].name, 'm24');
  assert.deepEqual(
    (await pages(first)).map((each) => each.name),
    Array.from({ length: 25 }, (_, i) => `m${24 - i}`),
  );
  const again = await (await first.next()).first();
  assert.equal(again.items[0].name, 'm24');
});

test('history is read by time', async () => {
  const channel = kit.rest().channels.get(kit.newChannel());
  await channel.publish('before', 'x');
  const [before] = (await channel.history()).items;
  await kit.within('the next millisecond', new Promise((resolve) => setTimeout(resolve, 5)));
  await channel.publish('after', 'x');
  const later = await channel.history({ start: before.timestamp + 1, direction: 'forwards' });
  assert.deepEqual(later.items.map((each) => each.name), ['after']);
  const earlier = await channel.history({ end: before.timestamp });
  assert.deepEqual(earlier.items.map((each) => each.name), ['before']);
});

test('the same id is the same message', async () => {
  const channel = kit.rest().channels.get(kit.newChannel());
  for (let i = 0; i < 3; i++) {
    await channel.publish({ id: 'mine', name: 'n', data: 'd' });
  }
  assert.equal((await channel.history()).items.length, 1);
  const error = await kit.failure(channel.publish([{ id: 'a:0' }, { id: 'b:1' }]));
  assert.equal(error.code, 40031);
});

test('a channel knows who is there', async () => {
  const name = kit.newChannel();
  const client = await kit.connected({ clientId: 'ann' });
  await client.channels.get(name).presence.enter({ mood: 'fine' });
  await client.channels.get(name).presence.update('busy');
  const presence = kit.rest().channels.get(name).presence;
  const members = (await presence.get()).items;
  assert.equal(members.length, 1);
  assert.equal(members[0].action, 'present');
  assert.equal(members[0].clientId, 'ann');
  assert.equal(members[0].connectionId, client.connection.id);
  assert.equal(members[0].data, 'busy');
  assert.equal((await presence.get({ clientId: 'bob' })).items.length, 0);

  await client.channels.get(name).presence.leave();
  const history = (await presence.history()).items;
  assert.deepEqual(history.map((each) => each.action), ['leave', 'update', 'enter']);
  assert.deepEqual(history[2].data, { mood: 'fine' });
});

test('a channel knows how many listen', async () => {
  const name = kit.newChannel('counted');
  const client = await kit.connected({ clientId: 'ann' });
  await client.channels.get(name).presence.enter();
  const details = await kit.rest().channels.get(name).status();
  assert.equal(details.channelId, name);
  assert.equal(details.status.isActive, true);
  assert.equal(details.status.occupancy.metrics.subscribers, 1);
  assert.equal(details.status.occupancy.metrics.presenceMembers, 1);
  const found = await kit.rest().request('get', '/channels', 6, { prefix: 'counted', by: 'id' });
  assert.deepEqual(found.items, [name]);
});

test('a message can be published for a connection', async () => {
  const name = kit.newChannel();
  const client = await kit.connected({ echoMessages: false });
  const other = await kit.connected();
  await client.channels.get(name).subscribe(() => assert.fail('its own message'));
  const channel = other.channels.get(name);
  await channel.attach();
  const heard = new Promise((resolve) => channel.subscribe(resolve));
  await kit.rest().channels.get(name).publish({
    name: 'n',
    data: 'd',
    connectionKey: client.connection.key,
  });
  assert.equal((await kit.within('message', heard)).connectionId, client.connection.id);
});

test('several channels are published to at once', async () => {
  const rest = kit.rest();
  const [one, two] = [kit.newChannel(), kit.newChannel()];
  const result = await rest.batchPublish({ channels: [one, two, ':bad'], messages: { data: 'x' } });
  assert.equal(result.successCount, 2);
  assert.equal(result.failureCount, 1);
  assert.equal(result.results[2].error.code, 40010);
  assert.equal((await rest.channels.get(two).history()).items.length, 1);

  const members = await rest.batchPresence([one, two]);
  assert.equal(members.successCount, 2);
});

test('the time, and no statistics', async () => {
  const rest = kit.rest();
  assert.ok(Math.abs((await rest.time()) - Date.now()) < 60_000);
  assert.deepEqual((await rest.stats()).items, []);
});

test('what cannot be is told', async () => {
  const rest = kit.rest({ key: kit.readerKey });
  const refused = await kit.failure(rest.channels.get('else').publish('n', 'd'));
  assert.equal(refused.code, 40160);
  assert.equal(refused.statusCode, 401);

  const wrong = await kit.failure(kit.rest({ key: `${kit.key}x` }).channels.get('a').history());
  assert.equal(wrong.code, 40101);

  const missing = await kit.rest().request('get', '/nothing', 6);
  assert.equal(missing.statusCode, 404);
  assert.equal(missing.errorCode, 40400);

  const nack = kit.rest().channels.get(kit.newChannel());
  assert.equal((await kit.failure(nack.publish('n', 'd', { _forceNack: true }))).code, 40099);
});

test('tokens are taken back', async () => {
  const rest = kit.rest({ key: kit.revocableKey });
  const { token } = await rest.auth.requestToken({ clientId: 'ann' });
  const ann = kit.rest({ token });
  await ann.channels.get('a').history();
  await kit.within('the next millisecond', new Promise((resolve) => setTimeout(resolve, 5)));
  const result = await rest.auth.revokeTokens([{ type: 'clientId', value: 'ann' }]);
  assert.equal(result.successCount, 1);
  const refused = await kit.failure(ann.channels.get('a').history());
  assert.equal(refused.code, 40171); // the SDK's own: it was told 40141, and can get no other token
});

test('whoever has the key may act as anybody', async () => {
  const name = kit.newChannel();
  await kit.rest({ clientId: 'ann', useTokenAuth: false }).channels.get(name).publish('n', 'd');
  const [message] = (await kit.rest().channels.get(name).history()).items;
  assert.equal(message.clientId, 'ann');
});
