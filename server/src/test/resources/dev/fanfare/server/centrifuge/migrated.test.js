// The SDK of Centrifugo for JavaScript against servers whose configurations were carried over from there.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { afterEach, test } from 'node:test';
import * as kit from './kit.js';

const configuration = process.argv[6];
const key = kit.publishToken;

afterEach(kit.disconnectAll);

/** A call of the server API, with a key or, where none is given, without. */
async function api(method, body, apiKey = key) {
  const response = await fetch(`${kit.base}/api/${method}`, {
    method: 'POST',
    headers: apiKey ? { 'x-api-key': apiKey } : {},
    body: JSON.stringify(body),
  });
  return response.status === 200 ? response.json() : { status: response.status };
}

/** The code that a subscription to the channel is refused with. */
async function refusal(client, channel, options = {}) {
  const subscription = client.newSubscription(channel, options);
  const ended = kit.next(subscription, 'unsubscribed');
  subscription.subscribe();
  return (await ended).code;
}

async function listening(client, channel, options = {}) {
  const subscription = client.newSubscription(channel, options);
  const context = await kit.subscribed(subscription);
  return [subscription, context];
}

const codeOf = (promise) =>
  promise.then(
    () => 0,
    (error) => error.code,
  );

const claims = {
  insecure() {
    test('everybody may do everything in every namespace there is', async () => {
      const client = kit.client('json', { token: '' });
      await kit.connected(client);
      for (const channel of ['chat:1', 'news:1', 'plain']) {
        const [subscription] = await listening(client, channel);
        const heard = kit.next(subscription, 'publication');
        await subscription.publish({ n: 1 });
        assert.deepEqual((await heard).data, { n: 1 });
      }
      assert.equal(Object.keys((await client.presence('chat:1')).clients).length, 1);
      assert.equal(await refusal(client, 'other:1'), 102);
      assert.equal(await refusal(client, '$news:1'), 103);
    });

    test('the API needs no key', async () => {
      assert.deepEqual(await api('publish', { channel: 'news:1', data: {} }, ''), { result: {} });
      assert.equal((await api('publish', { channel: 'other:1', data: {} }, '')).error.code, 102);
    });
  },

  tokens() {
    test('clients need a token', async () => {
      const client = kit.client('json', { token: '' });
      const ended = kit.next(client, 'disconnected');
      client.connect();
      assert.equal((await ended).code, 3501);
    });

    test('names are those of a namespace', async () => {
      const client = kit.client('json');
      await kit.connected(client);
      await listening(client, 'plain*');
      await listening(client, 'room:abc');
      assert.equal(await refusal(client, 'other:1'), 102);
      assert.equal(await refusal(client, `chat:${'x'.repeat(251)}`), 107);
      assert.equal(await refusal(client, 'chat:é'), 107);
      assert.equal(await refusal(client, 'room:7'), 107);
      assert.equal(await refusal(client, '$chat:1'), 103);
      assert.equal((await api('publish', { channel: 'room:7', data: {} })).error.code, 107);
      assert.equal((await api('publish', { channel: 'other:7', data: {} })).error.code, 102);
      assert.equal((await api('publish', { channel: 'chat:7', data: {} }, '')).status, 401);
    });

    test('names can tell who may subscribe', async () => {
      const client = kit.client('json');
      await kit.connected(client);
      await listening(client, 'chat:dialog#ann,bob');
      assert.equal(await refusal(client, 'chat:dialog#bob'), 103);
    });

    test('subscribers may publish and read what was', async () => {
      const client = kit.client('json');
      await kit.connected(client);
      const channel = kit.newChannel();
      assert.equal(await codeOf(client.publish(channel, {})), 103);
      assert.equal(await codeOf(client.history(channel, { limit: -1 })), 103);
      const [subscription] = await listening(client, channel);
      for (const n of [1, 2, 3]) {
        await subscription.publish({ n });
      }
      const { publications } = await subscription.history({ limit: -1 });
      assert.deepEqual(
        publications.map(({ data }) => data.n),
        [1, 2],
      );
      assert.equal(await codeOf(subscription.presence()), 103);
    });

    test('payloads are what the namespace says', async () => {
      const client = kit.client('json');
      await kit.connected(client);
      assert.equal(await codeOf(client.publish('room:abc', { n: 1 })), 0);
      assert.equal(await codeOf(client.publish('room:abc', 'text')), 107);
      assert.equal((await api('publish', { channel: 'room:abc', data: [] })).error.code, 107);
    });

    test('who was away gets what it missed', async () => {
      const client = kit.client('json');
      await kit.connected(client);
      const channel = kit.newChannel();
      const [subscription, first] = await listening(client, channel);
      assert.equal(first.recoverable, true);
      client.disconnect();
      await api('publish', { channel, data: { n: 1 } });
      const heard = kit.next(subscription, 'publication');
      const again = kit.next(subscription, 'subscribed');
      client.connect();
      assert.equal((await again).recovered, true);
      assert.deepEqual((await heard).data, { n: 1 });
    });

    test('newcomers get the newest from a cache', async () => {
      await api('publish', { channel: 'state:1', data: { n: 1 } });
      await api('publish', { channel: 'state:1', data: { n: 2 } });
      const client = kit.client('json');
      await kit.connected(client);
      const subscription = client.newSubscription('state:1');
      const heard = kit.next(subscription, 'publication');
      subscription.subscribe();
      assert.deepEqual((await heard).data, { n: 2 });
    });
  },

  transports() {
    test('clients come over HTTP', async () => {
      const client = kit.client('json');
      assert.equal((await kit.connected(client)).transport, kit.transport);
      const [subscription] = await listening(client, 'chat:1');
      const heard = kit.next(subscription, 'publication');
      await api('publish', { channel: 'chat:1', data: { n: 1 } });
      assert.deepEqual((await heard).data, { n: 1 });
    });

    test('and by no other way', async () => {
      for (const other of ['websocket', 'uni_sse', 'init']) {
        assert.equal((await fetch(`${kit.base}/connection/${other}`)).status, 404);
      }
    });
  },

  personal() {
    test('each user has a channel', async () => {
      const client = kit.client('json');
      const given = kit.next(client, 'subscribed');
      await kit.connected(client);
      assert.equal((await given).channel, 'user:#ann');
      const heard = kit.next(client, 'publication');
      await api('publish', { channel: 'user:#ann', data: { n: 1 } });
      assert.deepEqual((await heard).data, { n: 1 });
    });

    test('only the newest connection of a user stays', async () => {
      const older = kit.client('json');
      await kit.connected(older);
      const ended = kit.next(older, 'disconnected');
      await kit.connected(kit.client('json'));
      await ended;
    });
  },

  'subscription-tokens'() {
    const signed = (channel, secret) => {
      const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const body = `${encode({ alg: 'HS256' })}.${encode({ sub: 'ann', channel })}`;
      return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
    };

    test('a token of its own lets a client have a channel', async () => {
      const client = kit.client('json');
      await kit.connected(client);
      for (const channel of ['docs:1', '$docs:1']) {
        const token = signed(channel, 'another secret, of channels alone');
        await listening(client, channel, { token });
      }
      assert.equal(await refusal(client, 'docs:2'), 103);
      assert.equal(await refusal(client, 'docs:3', { token: signed('docs:3', kit.secret) }), 103);
    });

    test('nobody in particular may come in', async () => {
      const client = kit.client('json', { token: '' });
      await kit.connected(client);
      assert.equal(await refusal(client, 'docs:1'), 103);
    });
  },
};

claims[configuration]();
