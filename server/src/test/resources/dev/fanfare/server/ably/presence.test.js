// Who is on a channel, and who hears of it.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import * as kit from './kit.js';

afterEach(kit.closeAll);

/** Notes who comes, changes and goes; `until(text)` waits for one of it, or for so many. */
async function watch(channel) {
  const seen = [];
  let check = () => {};
  await channel.presence.subscribe((event) => {
    seen.push(`${event.action} ${event.clientId} ${event.data ?? ''}`.trimEnd());
    check();
  });
  const until = (text, times = 1) =>
    kit.within(
      `${text} on ${channel.name}`,
      new Promise((resolve) => {
        check = () => seen.filter((each) => each === text).length >= times && resolve();
        check();
      }),
    );
  return { seen, until };
}

async function member(name, clientId, more = {}, address = undefined) {
  const client = await kit.connected({ clientId, ...more }, address);
  return { client, channel: client.channels.get(name) };
}

test('members are seen to come, to change and to go', async () => {
  const name = kit.newChannel();
  const watcher = await watch((await kit.connected()).channels.get(name));
  const { channel } = await member(name, 'ann');

  await channel.presence.enter('here');
  await channel.presence.update('away');
  await channel.presence.leave();

  await watcher.until('leave ann away');
  assert.deepEqual(watcher.seen, ['enter ann here', 'update ann away', 'leave ann away']);
});

test('whoever comes later sees who is there', async () => {
  const name = kit.newChannel();
  const { channel } = await member(name, 'ann');
  await channel.presence.enter({ mood: 'fine' });
  const late = (await kit.connected()).channels.get(name);

  const members = await late.presence.get();

  assert.deepEqual(members.map((each) => [each.clientId, each.data]), [['ann', { mood: 'fine' }]]);
  const page = await kit.rest().channels.get(name).presence.get();
  assert.deepEqual(page.items.map((each) => each.clientId), ['ann']);
});

test('nobody is there where nobody has come', async () => {
  const channel = (await kit.connected()).channels.get(kit.newChannel());
  assert.deepEqual(await channel.presence.get(), []);
});

test('one connection may be there as many', async () => {
  const name = kit.newChannel();
  const { presence } = (await kit.connected()).channels.get(name);
  const names = Array.from({ length: 250 }, (_, number) => `client-${number}`);
  await kit.within('250 entries', Promise.all(names.map((each) => presence.enterClient(each, each))));

  const members = await (await kit.connected()).channels.get(name).presence.get();

  assert.deepEqual(members.map((each) => each.clientId).sort(), [...names].sort());
  assert.ok(members.every((each) => each.data === each.clientId));
  assert.equal((await kit.failure(presence.enterClient('one more'))).code, 91003);
});

test('every one of many quick updates is seen', async () => {
  const name = kit.newChannel();
  const watcher = await watch((await kit.connected()).channels.get(name));
  const { channel } = await member(name, 'ann');
  await channel.presence.enter('0');

  await Promise.all(
    Array.from({ length: 15 }, (_, number) => channel.presence.update(String(number + 1))),
  );

  await watcher.until('update ann 15');
  assert.equal(watcher.seen.length, 16);
});

test('a member that leaves its channel or closes its connection is gone at once', async () => {
  const name = kit.newChannel();
  const watcher = await watch((await kit.connected()).channels.get(name));
  const ann = await member(name, 'ann');
  const bob = await member(name, 'bob');
  await ann.channel.presence.enter('a');
  await bob.channel.presence.enter('b');

  await ann.channel.detach();
  await watcher.until('leave ann a');
  bob.client.close();
  await watcher.until('leave bob b');
});

test('a member that is cut off for a moment stays', async () => {
  const name = kit.newChannel();
  const watching = (await kit.connected()).channels.get(name);
  const watcher = await watch(watching);
  const way = await kit.proxy();
  const { client, channel } = await member(name, 'ann', {}, way.address);
  await channel.presence.enter('here');
  await watcher.until('enter ann here');

  const disconnected = kit.next(client.connection, 'disconnected');
  way.cut();
  await disconnected;
  await kit.next(channel, 'attached');
  await channel.presence.update('back');

  await watcher.until('update ann back');
  assert.deepEqual(watcher.seen, ['enter ann here', 'update ann back']);
  assert.equal((await channel.presence.get()).length, 1);
  way.close();
});

/** That a client which polls does not come again is known only when it should have. */
const unnoticed = kit.manner === 'comet';

test('a member that is cut off leaves as soon as it has said', { skip: unnoticed }, async () => {
  const name = kit.newChannel();
  const watcher = await watch((await kit.connected()).channels.get(name));
  const way = await kit.proxy();
  const more = { transportParams: { remainPresentFor: 500 }, disconnectedRetryTimeout: 60_000 };
  const { channel } = await member(name, 'ann', more, way.address);
  await channel.presence.enter('here');

  way.close();

  await watcher.until('leave ann here');
});

test('a member that was cut off for too long comes back by itself', async () => {
  const name = kit.newChannel();
  const watcher = await watch((await kit.connected()).channels.get(name));
  const way = await kit.proxy();
  const more = { transportParams: { remainPresentFor: 0 } };
  const { channel } = await member(name, 'ann', more, way.address);
  const own = await watch(channel);
  await channel.presence.enter('here');
  await own.until('enter ann here');

  way.cut();
  await watcher.until('leave ann here');

  await watcher.until('enter ann here', 2);
  way.close();
});

test('nobody can be there as somebody else, or as nobody', async () => {
  const name = kit.newChannel();
  const ann = await member(name, 'ann');
  const anyone = (await kit.connected()).channels.get(name);
  assert.equal((await kit.failure(ann.channel.presence.enterClient('bob'))).code, 40012);
  assert.ok(await kit.failure(anyone.presence.enterClient('*')));
});

test('a client hears of itself also where it does not listen to members', async () => {
  const client = await kit.connected({ clientId: 'ann' });
  const channel = client.channels.get(kit.newChannel(), { modes: ['PRESENCE', 'PUBLISH'] });
  await channel.attach();
  const seen = kit.within(
    'its own entry',
    new Promise((resolve) => channel.presence.subscribe(resolve)),
  );
  await channel.presence.enter('here');
  assert.equal((await seen).clientId, 'ann');
});

test('who came and went can be read later', async () => {
  const name = kit.newChannel();
  const { channel } = await member(name, 'ann');
  await channel.presence.enter('here');
  await channel.presence.update('away');
  await channel.presence.leave('gone');

  const page = await channel.presence.history({ direction: 'forwards' });

  assert.deepEqual(
    page.items.map((event) => `${event.action} ${event.data}`),
    ['enter here', 'update away', 'leave gone'],
  );
});
