// What a backend does to users' connections, as the SDK of Centrifugo for JavaScript sees it.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import * as kit from './kit.js';

const apiKey = process.argv[6];
let users = 0;

afterEach(kit.disconnectAll);

async function api(method, params) {
  const response = await fetch(`${kit.base}/api/${method}`, {
    method: 'POST',
    headers: { 'X-API-Key': apiKey },
    body: JSON.stringify(params),
  });
  const answer = await response.json();
  assert.ok(answer.result, `${method}: ${JSON.stringify(answer)}`);
  return answer.result;
}

/** A client that is in, of a user nobody else is. */
async function newUser(encoding, url) {
  const user = `user-${process.pid}-${++users}`;
  const client = kit.client(encoding, { token: kit.token(user), getToken: () => kit.token(user) }, url);
  const { client: id } = await kit.connected(client);
  return { user, client, id };
}

for (const encoding of kit.encodings) {
  test(`${encoding}: is given a channel, hears it, and loses it again`, async () => {
    const { user, client } = await newUser(encoding);
    const channel = kit.newChannel();
    const first = await api('publish', { channel, data: { n: 1 } });
    const subscribed = kit.next(client, 'subscribed');

    await api('subscribe', { user, channel, data: { hello: 'world' } });

    const event = await subscribed;
    assert.equal(event.channel, channel);
    assert.equal(event.recoverable, true);
    assert.equal(event.positioned, true);
    assert.deepEqual(event.streamPosition, { offset: 1, epoch: first.epoch });
    assert.deepEqual(kit.read(event.data), { hello: 'world' });

    const publication = kit.next(client, 'publication');
    await api('publish', { channel, data: { n: 2 } });
    assert.deepEqual(kit.read((await publication).data), { n: 2 });
    assert.equal(Object.keys((await api('presence', { channel })).presence).length, 1);

    const unsubscribed = kit.next(client, 'unsubscribed');
    await api('unsubscribe', { user, channel });
    assert.equal((await unsubscribed).channel, channel);
    assert.deepEqual((await api('presence', { channel })).presence, {});
  });

  test(`${encoding}: is given a channel from a position on, and only once`, async () => {
    const { user, client } = await newUser(encoding);
    const channel = kit.newChannel();
    const since = await api('publish', { channel, data: { n: 1 } });
    await api('publish', { channel, data: { n: 2 } });
    await api('publish', { channel, data: { n: 3 } });
    const heard = [];
    let times = 0;
    client.on('publication', (one) => heard.push(kit.read(one.data).n));
    client.on('subscribed', () => times++);

    await api('subscribe', { user, channel, recover_since: since });
    await api('subscribe', { user, channel, recover_since: since });
    await api('publish', { channel, data: { n: 4 } });
    while (heard.at(-1) !== 4) {
      await kit.next(client, 'publication');
    }

    assert.deepEqual(heard, [2, 3, 4]);
    assert.equal(times, 1);
  });

  test(`${encoding}: keeps a channel it was given over a cut`, async () => {
    const line = await kit.proxy();
    try {
      const { user, client } = await newUser(encoding, line.url);
      const channel = kit.newChannel();
      const subscribed = kit.next(client, 'subscribed');
      await api('subscribe', { user, channel });
      await subscribed;
      const again = kit.next(client, 'subscribed');
      const missed = kit.next(client, 'publication');
      line.cut();
      await api('publish', { channel, data: { n: 1 } });
      assert.equal((await again).recovered, true);
      assert.deepEqual(kit.read((await missed).data), { n: 1 });
    } finally {
      line.close();
    }
  });

  test(`${encoding}: loses a subscription of its own for good`, async () => {
    const { user, client } = await newUser(encoding);
    const channel = kit.newChannel();
    const subscription = client.newSubscription(channel);
    await kit.subscribed(subscription);
    const unsubscribed = kit.next(subscription, 'unsubscribed');

    await api('unsubscribe', { user, channel });

    const event = await unsubscribed;
    assert.deepEqual([event.code, event.reason], [2000, 'server unsubscribe']);
    assert.equal(subscription.state, 'unsubscribed');
  });

  test(`${encoding}: stays away when it is disconnected`, async () => {
    const { user, client } = await newUser(encoding);
    const disconnected = kit.next(client, 'disconnected');

    await api('disconnect', { user });

    const event = await disconnected;
    assert.deepEqual([event.code, event.reason], [3503, 'force disconnect']);
    assert.equal(client.state, 'disconnected');
    assert.equal((await api('info', {})).nodes[0].num_clients, 0);
  });

  for (const code of [3011, 4000]) {
    test(`${encoding}: comes back when it is disconnected with ${code}`, async () => {
      const { user, client, id } = await newUser(encoding);
      const connecting = kit.next(client, 'connecting');
      const connected = kit.next(client, 'connected');

      await api('disconnect', { user, client: id, disconnect: { code, reason: 'come back' } });

      const event = await connecting;
      assert.deepEqual([event.code, event.reason], [code, 'come back']);
      assert.notEqual((await connected).client, id);
    });
  }

  test(`${encoding}: stays where the backend spares it`, async () => {
    const spared = await newUser(encoding);
    const other = kit.client(encoding, { token: kit.token(spared.user) });
    await kit.connected(other);
    const disconnected = kit.next(other, 'disconnected');

    await api('disconnect', { user: spared.user, whitelist: [spared.id] });

    await disconnected;
    assert.equal(spared.client.state, 'connected');
    await spared.client.presenceStats(kit.newChannel());
  });

  test(`${encoding}: comes back with a new token when it is said to have expired`, async () => {
    const { user, client } = await newUser(encoding);
    const connecting = kit.next(client, 'connecting');
    const connected = kit.next(client, 'connected');
    await api('refresh', { user, expired: true });
    assert.equal((await connecting).code, 3005);
    await connected;
  });

  test(`${encoding}: is counted`, async () => {
    const { client } = await newUser(encoding);
    const channel = kit.newChannel();
    await kit.subscribed(client.newSubscription(channel));
    assert.deepEqual((await api('channels', { pattern: channel })).channels, {
      [channel]: { num_clients: 1 },
    });
    const { nodes } = await api('info', {});
    for (const count of ['num_clients', 'num_users', 'num_subs', 'num_channels']) {
      assert.equal(nodes.map((node) => node[count]).reduce((sum, each) => sum + each), 1, count);
    }
  });
}
