// What is published on channels reaches those who are attached, once, in order, and as it was.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import Ably from 'ably';
import * as kit from './kit.js';

afterEach(kit.closeAll);

/** Notes what a channel hears; `until(count)` waits for so much. */
async function listen(channel) {
  const heard = [];
  let check = () => {};
  await channel.subscribe((message) => {
    heard.push(message);
    check();
  });
  const until = (count) =>
    kit.within(
      `${count} messages on ${channel.name}`,
      new Promise((resolve) => {
        check = () => heard.length >= count && resolve(heard);
        check();
      }),
    );
  return { heard, until, data: () => heard.map((message) => message.data) };
}

function numbers(count) {
  return Array.from({ length: count }, (_, number) => String(number));
}

test('a message is heard by all, its publisher too, with all that belongs to it', async () => {
  const name = kit.newChannel();
  const publisher = await kit.connected({ clientId: 'ann' });
  const reader = await kit.connected();
  const own = await listen(publisher.channels.get(name));
  const others = await listen(reader.channels.get(name));
  const extras = { headers: { color: 'red' } };
  const published = await publisher.channels
    .get(name)
    .publish({ name: 'greeting', data: { text: 'hello' }, extras });

  for (const { heard, until } of [own, others]) {
    await until(1);
    const [message] = heard;
    assert.equal(message.name, 'greeting');
    assert.deepEqual(message.data, { text: 'hello' });
    assert.deepEqual(message.extras, extras);
    assert.equal(message.clientId, 'ann');
    assert.equal(message.connectionId, publisher.connection.id);
    assert.equal(message.id, `${publisher.connection.id}:0:0`);
    assert.ok(Math.abs(message.timestamp - Date.now()) < 60_000);
    assert.deepEqual(published.serials, [message.serial]);
  }
});

test('data arrives as it was, in either format', async () => {
  const name = kit.newChannel();
  const json = await kit.connected({ useBinaryProtocol: false });
  const binary = await kit.connected({ useBinaryProtocol: true, transports: ['web_socket'] });
  const readers = [await listen(json.channels.get(name)), await listen(binary.channels.get(name))];
  const bytes = Buffer.from([0, 255, 128, 10]);
  const all = ['text – Ünïcode ☃', '', { a: [1, null, 'x'] }, [1, 2], bytes, undefined];

  for (const client of [json, binary]) {
    for (const data of all) {
      await client.channels.get(name).publish('data', data);
    }
  }

  for (const reader of readers) {
    await reader.until(all.length * 2);
    assert.deepEqual(reader.data(), [...all, ...all]);
  }
});

test('what is encrypted passes through, and nobody reads it without the key', async () => {
  const name = kit.newChannel();
  const cipher = { key: await Ably.Realtime.Crypto.generateRandomKey() };
  const publisher = (await kit.connected()).channels.get(name, { cipher });
  const knowing = await listen((await kit.connected()).channels.get(name, { cipher }));
  const unknowing = await listen((await kit.connected()).channels.get(name));

  await publisher.publish('secret', { a: 1 });
  await publisher.publish('secret', 'text');

  await Promise.all([knowing.until(2), unknowing.until(2)]);
  assert.deepEqual(knowing.data(), [{ a: 1 }, 'text']);
  assert.deepEqual(
    unknowing.heard.map((message) => message.encoding),
    ['json/utf-8/cipher+aes-256-cbc', 'utf-8/cipher+aes-256-cbc'],
  );
});

test('publishing needs no attachment', async () => {
  const name = kit.newChannel();
  const reader = await listen((await kit.connected()).channels.get(name));
  const channel = (await kit.connected()).channels.get(name);

  await channel.publish([{ name: 'one' }, { name: 'two' }]);

  await reader.until(2);
  assert.deepEqual(reader.heard.map((message) => message.name), ['one', 'two']);
  assert.equal(channel.state, 'initialized');
});

test('what cannot be published is refused, and nothing else is held up', async () => {
  const client = await kit.connected({ clientId: 'ann' });
  const channel = client.channels.get(kit.newChannel());
  const refused = (...message) => kit.failure(channel.publish(...message));

  const forced = refused({ name: 'x' }, { _forceNack: true });
  const accepted = channel.publish('x', 'y');

  assert.equal((await forced).code, 40099);
  await accepted;
  assert.equal((await refused({ name: 'x', clientId: 'bob' })).code, 40012);
  assert.equal((await refused([{ id: 'a:0' }, { id: 'b:1' }])).code, 40031);
  assert.equal((await refused('x', 'y'.repeat(70_000))).code, 40009);
});

test('a message with an id is published once, however often it is sent', async () => {
  const name = kit.newChannel();
  const client = await kit.connected();
  const reader = await listen(client.channels.get(name));
  const rest = kit.rest().channels.get(name);

  for (let time = 0; time < 3; time++) {
    await client.channels.get(name).publish({ id: 'once', name: 'x', data: 'realtime' });
    await rest.publish({ id: 'again', name: 'x', data: 'rest' });
  }
  await client.channels.get(name).publish('x', 'last');

  await reader.until(3);
  assert.deepEqual(reader.data(), ['realtime', 'rest', 'last']);
});

test('a client that does not want its own messages back gets those of others', async () => {
  const name = kit.newChannel();
  const quiet = await kit.connected({ echoMessages: false });
  const reader = await listen(quiet.channels.get(name));

  await quiet.channels.get(name).publish('x', 'mine');
  await kit.rest().channels.get(name).publish('x', 'theirs');

  await reader.until(1);
  assert.deepEqual(reader.data(), ['theirs']);
});

test('modes say what a client may do on a channel, and can be changed', async () => {
  const name = kit.newChannel();
  const client = await kit.connected();
  const channel = client.channels.get(name, { modes: ['SUBSCRIBE'] });
  const reader = await listen(channel);
  assert.deepEqual(channel.modes, ['subscribe']);
  assert.equal((await kit.failure(channel.publish('x', 'y'))).code, 40165);

  await channel.setOptions({ modes: ['PUBLISH', 'SUBSCRIBE'] });

  await channel.publish('x', 'y');
  await reader.until(1);
  assert.deepEqual([...channel.modes].sort(), ['publish', 'subscribe']);
});

test('params that mean something come back', async () => {
  const client = await kit.connected();
  const params = { modes: 'subscribe', delta: 'vcdiff' };
  const channel = client.channels.get(kit.newChannel(), { params: { ...params, other: 'x' } });
  await channel.attach();
  assert.deepEqual({ ...channel.params }, params);
  assert.deepEqual(channel.modes, ['subscribe']);
});

test('an attachment may begin with what was published', async () => {
  const name = kit.newChannel();
  const publisher = kit.rest().channels.get(name);
  for (const data of ['one', 'two', 'three']) {
    await publisher.publish('x', data);
  }
  const client = await kit.connected();
  for (const [channel, expected] of [
    [client.channels.get(name, { params: { rewind: '2' } }), ['two', 'three']],
    [client.channels.get(`[?rewind=1m]${name}`), ['one', 'two', 'three']],
  ]) {
    const attached = kit.next(channel, 'attached');
    const reader = await listen(channel);
    await reader.until(expected.length);
    assert.deepEqual(reader.data(), expected);
    assert.equal((await attached).hasBacklog, true);
  }
});

test('history ends where the attachment begins', async () => {
  const channel = (await kit.connected()).channels.get(kit.newChannel());
  for (const data of ['one', 'two']) {
    await channel.publish('x', data);
  }
  const reader = await listen(channel);
  await channel.publish('x', 'three');
  await reader.until(1);

  const before = await channel.history({ untilAttach: true });

  assert.deepEqual(before.items.map((message) => message.data), ['two', 'one']);
});

test('a name that cannot be one fails its channel, and not the connection', async () => {
  const client = await kit.connected();
  for (const name of ['', ':colon', '[unclosed']) {
    assert.equal((await kit.failure(client.channels.get(name).attach())).code, 40010, name);
  }
  assert.equal(client.connection.state, 'connected');
});

test('a key opens no channel that is not its own', async () => {
  const client = await kit.connected({ key: kit.readerKey });
  const error = await kit.failure(client.channels.get(kit.newChannel('shut')).attach());
  assert.equal(error.code, 40160);
  assert.equal(error.statusCode, 401);
  const own = client.channels.get(kit.newChannel('read:x'));
  await own.attach();
  assert.equal((await kit.failure(own.publish('x', 'y'))).code, 40160);
});

test('what was published while a client was cut off reaches it when it is back', async () => {
  const name = kit.newChannel();
  const way = await kit.proxy();
  const client = await kit.connected({}, way.address);
  const channel = client.channels.get(name);
  const reader = await listen(channel);
  const losses = [];
  channel.on('attached', (change) => change.resumed || losses.push(change));
  channel.on('update', (change) => change.resumed || losses.push(change));
  const publisher = kit.rest().channels.get(name);
  await publisher.publish('x', '0');
  await reader.until(1);

  const disconnected = kit.next(client.connection, 'disconnected');
  way.cut();
  await disconnected;
  for (let number = 1; number < 20; number++) {
    await publisher.publish('x', String(number));
  }

  await reader.until(20);
  assert.deepEqual(reader.data(), numbers(20));
  assert.deepEqual(losses, []);
  way.close();
});

test('a publisher and a reader that are cut off in the middle lose and repeat nothing', async () => {
  const name = kit.newChannel();
  const ways = [await kit.proxy(), await kit.proxy()];
  const publisher = await kit.connected({}, ways[0].address);
  const reader = await listen((await kit.connected({}, ways[1].address)).channels.get(name));
  const steady = await listen((await kit.connected()).channels.get(name));
  const published = [];

  for (let number = 0; number < 200; number++) {
    published.push(publisher.channels.get(name).publish('x', String(number)));
    if (number % 50 === 20) {
      await new Promise(setImmediate);
      ways[number % 4 === 0 ? 0 : 1].cut();
      await kit.reached(publisher.connection, 'connected');
    }
  }
  await kit.within('acknowledgements', Promise.all(published));

  for (const one of [steady, reader]) {
    await one.until(200);
    assert.deepEqual(one.data(), numbers(200));
  }
  ways.forEach((way) => way.close());
});

test('a client that has left a channel hears nothing of it, and may come back', async () => {
  const name = kit.newChannel();
  const channel = (await kit.connected()).channels.get(name);
  const reader = await listen(channel);
  await channel.detach();
  await kit.rest().channels.get(name).publish('x', 'meanwhile');
  await channel.attach();
  await channel.publish('x', 'now');
  await reader.until(1);
  assert.deepEqual(reader.data(), ['now']);
});
