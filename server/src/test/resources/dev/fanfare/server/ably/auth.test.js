// Who is let in, as whom, and for how long.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import * as kit from './kit.js';

afterEach(kit.closeAll);

async function refused(options) {
  const client = kit.realtime(options);
  const change = await kit.next(client.connection, 'failed');
  return change.reason;
}

test('a wrong key is refused in the connection', async () => {
  for (const key of ['this.is:wrong', `${kit.app.appId}.nobody:secret`, `${kit.key}x`]) {
    const reason = await refused({ key });
    assert.equal(reason.code, 40101, key);
    assert.equal(reason.statusCode, 401, key);
  }
});

test('a token opens a connection, as its client id', async () => {
  const { token } = await kit.rest().auth.requestToken({ clientId: 'ann' });
  const client = await kit.connected({ token });
  assert.equal(client.auth.clientId, 'ann');
});

test('a JWT opens a connection, as its client id', async () => {
  const client = await kit.connected({
    token: kit.jwt(kit.key, 60, { 'x-ably-clientId': 'ann' }),
  });
  assert.equal(client.auth.clientId, 'ann');
});

test('a token request from a callback opens a connection', async () => {
  const server = kit.rest();
  const client = await kit.connected({
    authCallback: (params, done) =>
      server.auth.createTokenRequest({ ...params, clientId: 'ann' }).then(
        (request) => done(null, request),
        (error) => done(error, null),
      ),
  });
  assert.equal(client.auth.clientId, 'ann');
});

test('a key opens a connection as anybody', async () => {
  assert.equal((await kit.connected()).auth.clientId, '*');
  assert.equal((await kit.connected({ clientId: 'ann' })).auth.clientId, 'ann');
});

test('a client id other than that of the token is refused', async () => {
  const token = kit.jwt(kit.key, 60, { 'x-ably-clientId': 'ann' });
  const reason = await refused({ token, clientId: 'bob', transportParams: { clientId: 'bob' } });
  assert.equal(reason.code, 40102);
});

test('a token that may act as anybody acts as whom it says', async () => {
  const token = kit.jwt(kit.key, 60, { 'x-ably-clientId': '*' });
  const client = await kit.connected({ token, clientId: 'ann' });
  assert.equal(client.auth.clientId, 'ann');
});

test('a token that ends is renewed, and the connection goes on', async () => {
  let asked = 0;
  const client = await kit.connected({
    authCallback: (_, done) => done(null, kit.jwt(kit.key, ++asked === 1 ? 3 : 60)),
  });
  const { id } = client.connection;
  const disconnected = kit.next(client.connection, 'disconnected');
  const again = kit.next(client.connection, 'connected');

  assert.equal((await disconnected).reason.code, 40142);
  await again;

  assert.equal(client.connection.id, id);
  assert.equal(asked, 2);
});

test('a token that ends soon is renewed while the connection lasts', async () => {
  let asked = 0;
  const client = await kit.connected({
    authCallback: (_, done) => done(null, kit.jwt(kit.key, ++asked === 1 ? 20 : 60)),
  });
  const states = [];
  client.connection.on((change) => states.push(change.current));

  await kit.next(client.connection, 'update');

  assert.equal(asked, 2);
  assert.deepEqual(states, ['connected']);
});

test('a token that ends and cannot be renewed ends the connection', async () => {
  const client = await kit.connected({ token: kit.jwt(kit.key, 2) });
  const change = await kit.next(client.connection, 'failed');
  assert.equal(change.reason.code, 40171);
});

test('another token can be had at any time', async () => {
  const client = await kit.connected({
    authCallback: (_, done) => done(null, kit.jwt(kit.key)),
  });
  const updated = kit.next(client.connection, 'update');
  await kit.within('authorize', client.auth.authorize());
  assert.equal((await updated).current, 'connected');
});

test('a token for another client id ends the connection', async () => {
  let client = 'ann';
  const realtime = await kit.connected({
    authCallback: (_, done) => done(null, kit.jwt(kit.key, 60, { 'x-ably-clientId': client })),
  });
  client = 'bob';
  const error = await kit.failure(kit.within('authorize', realtime.auth.authorize()));
  assert.equal(error.code, 40102);
});

test('a channel that another token does not open fails, and no other', async () => {
  const channels = [kit.newChannel('open'), kit.newChannel('shut')];
  let capability = { '*': ['*'] };
  const client = await kit.connected({
    authCallback: (_, done) =>
      done(null, kit.jwt(kit.key, 60, { 'x-ably-capability': JSON.stringify(capability) })),
  });
  const [open, shut] = channels.map((name) => client.channels.get(name));
  await Promise.all([open.attach(), shut.attach()]);
  capability = { [channels[0]]: ['*'] };

  const failed = kit.next(shut, 'failed');
  await kit.within('authorize', client.auth.authorize());

  const change = await failed;
  assert.equal(change.reason.code, 40160);
  assert.equal(change.reason.statusCode, 401);
  assert.equal(open.state, 'attached');
  assert.equal(client.connection.state, 'connected');
});
