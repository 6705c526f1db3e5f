// Applications for tests: what they begin with, who may do what there, and how they end.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import * as kit from './kit.js';

afterEach(kit.closeAll);

async function create(body) {
  const response = await fetch(`${kit.base}/apps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function remove(app, key = app.keys[0]) {
  const basic = Buffer.from(key.keyStr).toString('base64');
  const response = await fetch(`${kit.base}/apps/${app.appId}`, {
    method: 'DELETE',
    headers: { authorization: `Basic ${basic}` },
  });
  return response.status;
}

test('members are present from the beginning, all of one connection', async () => {
  const { body: app } = await create({
    keys: [{}],
    namespaces: [{ id: 'persisted', persisted: true }],
    channels: [
      {
        name: 'persisted:there',
        presence: [
          { clientId: 'text', data: 'true' },
          { clientId: 'json', data: '{"a":1}', encoding: 'json' },
          { clientId: 'bytes', data: 'AQID', encoding: 'base64' },
        ],
      },
    ],
  });
  const [{ keyStr: key }] = app.keys;
  const channel = kit.rest({ key }).channels.get('persisted:there');

  const { items } = await channel.presence.get();
  const said = Object.fromEntries(items.map((member) => [member.clientId, member.data]));
  assert.equal(said.text, 'true');
  assert.deepEqual(said.json, { a: 1 });
  assert.deepEqual([...said.bytes], [1, 2, 3]);
  assert.equal(new Set(items.map((member) => member.connectionId)).size, 1);
  assert.equal((await channel.presence.history()).items.length, 3);

  const live = (await kit.connected({ key })).channels.get('persisted:there');
  assert.equal((await kit.within('members', live.presence.get())).length, 3);
});

test('applications do not see each other', async () => {
  const { body: other } = await create({});
  const name = kit.newChannel();
  await kit.rest().channels.get(name).publish('greeting', 'hello');

  const heard = await kit.rest({ key: other.keys[0].keyStr }).channels.get(name).history();
  assert.equal(heard.items.length, 0);
});

test('its key ends an application, and the connections to it; no other key does', async () => {
  const { body: app } = await create({});
  const [{ keyStr: key }] = app.keys;
  const client = await kit.connected({ key });
  const failed = kit.reached(client.connection, 'failed');

  assert.equal(await remove(app, kit.app.keys[0]), 401);
  assert.equal(await remove(app), 204);

  await failed;
  assert.equal(client.connection.errorReason.code, 40101);
  assert.equal((await kit.failure(kit.rest({ key }).channels.get('a').history())).code, 40101);
  assert.equal(await remove(app), 401);
});

test('what is no application is refused, and said why', async () => {
  const { status, body } = await create({ keys: [{ capability: '{"a":["write"]}' }] });

  assert.equal(status, 400);
  assert.equal(body.error.code, 40000);
  assert.match(body.error.message, /write/);
});

test('a token opens what both its request and its key allow', async () => {
  const { body: app } = await create({
    keys: [{ capability: '{"news:*":["subscribe","history"],"chat":["*"]}' }],
  });
  const auth = kit.rest({ key: app.keys[0].keyStr }).auth;

  assert.equal((await auth.requestToken()).capability, app.keys[0].capability);
  const asked = { 'news:local': ['publish', 'subscribe'], chat: ['publish', 'presence'] };
  assert.equal(
    (await auth.requestToken({ capability: asked })).capability,
    '{"chat":["presence","publish"],"news:local":["subscribe"]}',
  );
  const nothing = await kit.failure(auth.requestToken({ capability: { other: ['publish'] } }));
  assert.equal(nothing.code, 40160);
  assert.equal(nothing.statusCode, 401);
});

test('a request for a token is good once', async () => {
  const request = await kit.rest().auth.createTokenRequest();
  const ask = async () => {
    const response = await fetch(`${kit.base}/keys/${request.keyName}/requestToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return response.json();
  };

  assert.ok((await ask()).token);
  assert.equal((await ask()).error.code, 40105);
});

async function laterThan(millis) {
  while (Date.now() <= millis) {
    await new Promise(setImmediate);
  }
}

test('tokens of a client are revoked, and clients may have time to renew theirs', async () => {
  const server = kit.rest({ key: kit.revocableKey });
  const authCallback = (_, done) =>
    server.auth.requestToken({ clientId: 'ann' }).then(
      (token) => done(null, token),
      (error) => done(error, null),
    );
  const { token } = await server.auth.requestToken({ clientId: 'bob' });
  const ann = await kit.connected({ authCallback });
  const bob = await kit.connected({ token });
  const renewed = kit.next(ann.connection, 'update');
  const disconnected = kit.next(bob.connection, 'disconnected');
  await laterThan(Date.now()); // tokens of the very millisecond stay good

  await server.auth.revokeTokens([{ type: 'clientId', value: 'ann' }], { allowReauthMargin: true });
  const { successCount, results } = await server.auth.revokeTokens([
    { type: 'clientId', value: 'bob' },
    { type: 'nobody', value: 'bob' },
  ]);

  assert.equal(successCount, 1);
  assert.equal(results[1].error.statusCode, 400);
  assert.equal((await disconnected).reason.code, 40141);
  await renewed;
  assert.equal(ann.connection.state, 'connected');
});
