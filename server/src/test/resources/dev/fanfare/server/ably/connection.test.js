// How connections begin, are kept alive, are continued, and end.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import * as kit from './kit.js';

afterEach(kit.closeAll);

test('connects with a key, and is told how', async () => {
  const client = kit.realtime();
  const change = await kit.next(client.connection, 'connected');
  assert.equal(change.reason, undefined);
  assert.match(client.connection.id, /^[\w-]+$/);
  assert.ok(client.connection.key.startsWith(`${client.connection.id}!`));
});

test('answers pings', async () => {
  const client = await kit.connected();
  const millis = await kit.within('pong', client.connection.ping());
  assert.ok(millis < 5_000);
});

test('closes when asked', async () => {
  const client = await kit.connected();
  const closed = kit.next(client.connection, 'closed');
  client.close();
  await closed;
});

test('continues a connection that was cut off', async () => {
  const way = await kit.proxy();
  const client = await kit.connected({}, way.address);
  const { id } = client.connection;

  const disconnected = kit.next(client.connection, 'disconnected');
  const again = kit.next(client.connection, 'connected');
  way.cut();
  await disconnected;
  const change = await again;

  assert.equal(client.connection.id, id);
  assert.equal(change.reason, undefined);
  way.close();
});

test('takes over a connection whose client comes back before its end is noticed', async () => {
  const client = await kit.connected();
  const { id } = client.connection;
  const recovered = await kit.connected({ recover: client.connection.createRecoveryKey() });
  assert.equal(recovered.connection.id, id);
});

test('recovers a connection for another client of the SDK', async () => {
  const way = await kit.proxy();
  const client = await kit.connected({ disconnectedRetryTimeout: 60_000 }, way.address);
  const { id } = client.connection;
  const recover = client.connection.createRecoveryKey();
  way.close();

  const recovered = await kit.connected({ recover });

  assert.equal(recovered.connection.id, id);
});

test('gives a new connection where the key of the old one is none', async () => {
  const recover = JSON.stringify({
    connectionKey: '_____!ablyjs_test_fake-key____',
    msgSerial: 0,
    channelSerials: {},
  });
  const client = kit.realtime({ recover });
  const change = await kit.next(client.connection, 'connected');
  assert.equal(change.reason.code, 80018);
  assert.equal(change.reason.statusCode, 400);
});

test('does not continue a connection for another client id', async () => {
  const client = await kit.connected({ clientId: 'ann' });
  const recover = client.connection.createRecoveryKey();
  const other = kit.realtime({ clientId: 'bob', recover });
  const change = await kit.next(other.connection, 'connected');
  assert.equal(change.reason.code, 40102);
  assert.notEqual(other.connection.id, client.connection.id);
});

test('connects with heartbeats in words', async () => {
  const client = await kit.connected({ transportParams: { heartbeats: true } });
  await kit.within('pong', client.connection.ping());
});
