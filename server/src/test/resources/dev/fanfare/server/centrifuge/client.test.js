// The SDK of Centrifugo for JavaScript against this server, in both encodings.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import WebSocket from 'ws';
import * as kit from './kit.js';

afterEach(kit.disconnectAll);

for (const encoding of kit.encodings) {
  const say = (value) => kit.said(encoding, value);

  test(`${encoding}: connects, subscribes, publishes and hears`, async () => {
    const client = kit.client(encoding);
    const welcome = await kit.connected(client);
    assert.equal(welcome.transport, kit.transport);
    assert.match(welcome.client, /^[0-9a-f-]{36}$/);
    const channel = kit.newChannel();
    const subscription = client.newSubscription(channel);
    await kit.subscribed(subscription);

    const heard = kit.next(subscription, 'publication');
    await subscription.publish(say({ hello: 'world' }));

    const publication = await heard;
    assert.deepEqual(kit.read(publication.data), { hello: 'world' });
    assert.equal(publication.offset, 1);
    assert.equal(publication.info.user, 'ann');
    assert.equal(publication.info.client, welcome.client);
  });

  test(`${encoding}: hears a backend, with the offsets it was told`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const channel = kit.newChannel();
    const subscription = client.newSubscription(channel);
    await kit.subscribed(subscription);
    const plain = new WebSocket(
      `${kit.base.replace('http', 'ws')}/ws?envelope=true&channels=${channel}&token=${kit.token('bob')}`,
    );
    await new Promise((resolve) => plain.once('open', resolve));

    const heard = kit.next(subscription, 'publication');
    const heardPlain = new Promise((resolve) => plain.once('message', resolve));
    const answer = await kit.publish(channel, { n: 1 });

    const publication = await heard;
    const envelope = JSON.parse(await heardPlain);
    assert.equal(publication.offset, envelope.offset);
    assert.equal(publication.offset, answer.offset ?? envelope.offset);
    assert.deepEqual(kit.read(publication.data), { n: 1 });
    plain.close();
  });

  test(`${encoding}: tells presence and its numbers`, async () => {
    const channel = kit.newChannel();
    const ann = kit.client(encoding);
    const bob = kit.client(encoding, { token: kit.token('bob') });
    const { client: annId } = await kit.connected(ann);
    await kit.connected(bob);
    const subscription = ann.newSubscription(channel);
    await kit.subscribed(subscription);
    await kit.subscribed(bob.newSubscription(channel));

    const presence = await subscription.presence();
    assert.equal(presence.clients[annId].user, 'ann');
    assert.equal(Object.keys(presence.clients).length, 2);
    assert.deepEqual(await subscription.presenceStats(), { numClients: 2, numUsers: 2 });
  });

  test(`${encoding}: hears who comes and goes`, async () => {
    const channel = kit.newChannel();
    const ann = kit.client(encoding);
    await kit.connected(ann);
    const subscription = ann.newSubscription(channel, { joinLeave: true });
    const self = kit.next(subscription, 'join');
    await kit.subscribed(subscription);
    assert.equal((await self).info.user, 'ann');
    const joined = kit.next(subscription, 'join');
    const left = kit.next(subscription, 'leave');
    const bob = kit.client(encoding, { token: kit.token('bob') });
    const { client } = await kit.connected(bob);
    await kit.subscribed(bob.newSubscription(channel));
    assert.deepEqual([(await joined).info.user, (await joined).info.client], ['bob', client]);
    bob.disconnect();
    assert.equal((await left).info.client, client);
  });

  test(`${encoding}: needs a token for a private channel, and refreshes it`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const channel = `$${kit.newChannel()}`;
    const bare = client.newSubscription(`${channel}-bare`);
    const refused = kit.next(bare, 'unsubscribed');
    bare.subscribe();
    assert.equal((await refused).code, 103);

    let asked = 0;
    const getToken = async () => kit.token('ann', asked++ === 0 ? -1 : 2, { channel });
    const subscription = client.newSubscription(channel, { getToken });
    await kit.subscribed(subscription);
    let lost = false;
    subscription.on('subscribing', () => (lost = true));
    while (asked < 4) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(lost, false, 'refreshed in band');
    await subscription.publish(say({ n: 1 }));
  });

  test(`${encoding}: is cut off with a token for another channel`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const other = { token: kit.token('ann', 60, { channel: 'chat:other' }) };
    const event = kit.next(client, 'disconnected');
    client.newSubscription(kit.newChannel(), other).subscribe();
    assert.equal((await event).code, 3500);
  });

  test(`${encoding}: has the channels that its token grants`, async () => {
    const granted = { channels: ['closed:a'], subs: { 'closed:b': {} } };
    const client = kit.client(encoding, { token: kit.token('ann', 60, granted) });
    const heard = new Set();
    client.on('subscribed', (event) => heard.add(event.channel));
    await kit.connected(client);
    assert.deepEqual([...heard].sort(), ['closed:a', 'closed:b']);
  });

  test(`${encoding}: reads history forwards, backwards and from a place`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const channel = kit.newChannel();
    const subscription = client.newSubscription(channel);
    await kit.subscribed(subscription);
    for (let n = 1; n <= 5; n++) {
      await subscription.publish(say({ n }));
    }
    const numbers = (result) => result.publications.map((one) => kit.read(one.data).n);

    const top = await subscription.history({ limit: 0 });
    assert.deepEqual([top.offset, top.publications], [5, []]);
    assert.deepEqual(numbers(await subscription.history({ limit: -1 })), [1, 2, 3, 4, 5]);
    assert.deepEqual(numbers(await subscription.history({ limit: 2, reverse: true })), [5, 4]);
    const since = { offset: 3, epoch: top.epoch };
    assert.deepEqual(numbers(await subscription.history({ limit: 9, since })), [4, 5]);
    await assert.rejects(
      subscription.history({ limit: 9, since: { offset: 3, epoch: 'other' } }),
      { code: 112 },
    );
  });

  test(`${encoding}: recovers what was missed while the line was cut`, async () => {
    const line = await kit.proxy();
    try {
      const client = kit.client(encoding, {}, line.url);
      await kit.connected(client);
      const channel = kit.newChannel();
      const subscription = client.newSubscription(channel, { recoverable: true, positioned: true });
      const first = await kit.subscribed(subscription);
      assert.equal(first.recoverable, true);
      assert.equal(first.positioned, true);
      const heard = [];
      subscription.on('publication', (one) => heard.push(kit.read(one.data).n));
      const seen = kit.next(subscription, 'publication');
      await kit.publish(channel, { n: 1 });
      await seen;

      const again = kit.next(subscription, 'subscribed');
      line.cut();
      for (let n = 2; n <= 10; n++) {
        await kit.publish(channel, { n });
      }
      const second = await again;
      assert.equal(second.wasRecovering, true);
      assert.equal(second.recovered, true);
      const last = kit.next(subscription, 'publication');
      await kit.publish(channel, { n: 11 });
      await last;
      while (heard.at(-1) !== 11) {
        await kit.next(subscription, 'publication');
      }
      assert.deepEqual(heard, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    } finally {
      line.close();
    }
  });

  test(`${encoding}: says that it cannot recover`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const subscription = client.newSubscription(kit.newChannel(), {
      since: { offset: 7, epoch: 'gone' },
    });
    const event = await kit.subscribed(subscription);
    assert.equal(event.wasRecovering, true);
    assert.equal(event.recovered, false);
  });

  test(`${encoding}: refuses with the protocol's numbers`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const code = async (channel) => {
      const subscription = client.newSubscription(channel);
      const event = kit.next(subscription, 'unsubscribed');
      subscription.subscribe();
      return (await event).code;
    };
    assert.equal(await code('nowhere:1'), 102);
    assert.equal(await code('closed:1'), 103);
    await assert.rejects(client.rpc('method', say({})), { code: 108 });
    await assert.rejects(client.publish('readonly:1', say({})), { code: 103 });
    await assert.rejects(client.presence('readonly:1'), { code: 108 });
  });

  test(`${encoding}: has its user's channel from the beginning, and keeps it over a cut`, async () => {
    const line = await kit.proxy();
    try {
      const user = `user-${process.pid}-${encoding}`;
      const client = kit.client(
        encoding,
        { token: kit.token(user) },
        line.url.replace('/connection/websocket', '/personal'),
      );
      const subscribed = kit.next(client, 'subscribed');
      const publication = kit.next(client, 'publication');
      await kit.connected(client);
      assert.equal((await subscribed).channel, `inbox:${user}`);
      await kit.publish(`inbox:${user}`, { n: 1 });
      assert.deepEqual(kit.read((await publication).data), { n: 1 });

      const again = kit.next(client, 'subscribed');
      const missed = kit.next(client, 'publication');
      line.cut();
      await kit.publish(`inbox:${user}`, { n: 2 });
      const event = await again;
      assert.equal(event.wasRecovering, true);
      assert.equal(event.recovered, true);
      assert.deepEqual(kit.read((await missed).data), { n: 2 });
    } finally {
      line.close();
    }
  });

  test(`${encoding}: gets a new token when the first has expired`, async () => {
    let asked = 0;
    const client = kit.client(encoding, {
      token: kit.token('ann', -1),
      getToken: async () => {
        asked++;
        return kit.token('ann', 2);
      },
    });
    const welcome = await kit.connected(client);
    assert.equal(asked, 1);
    let lost = false;
    client.on('connecting', () => (lost = true));
    while (asked < 3) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(lost, false, 'refreshed in band');
    assert.ok(welcome.client);
  });

  test(`${encoding}: is turned away for good with a token that is none`, async () => {
    const client = kit.client(encoding, { token: 'nonsense' });
    const event = kit.next(client, 'disconnected');
    client.connect();
    assert.equal((await event).code, 3500);
  });

  test(`${encoding}: needs a token where nobody may be anonymous`, async () => {
    const client = kit.client(encoding, { token: '' });
    const event = kit.next(client, 'disconnected');
    client.connect();
    assert.equal((await event).code, 3501);
  });

  test(`${encoding}: is somebody or nobody where that is allowed`, async () => {
    const client = kit.client(encoding, { token: '' }, kit.address().replace('connection/websocket', 'open'));
    await kit.connected(client);
    await kit.subscribed(client.newSubscription(kit.newChannel()));
  });

  test(`${encoding}: is cut off for an asynchronous message`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const event = kit.next(client, 'disconnected');
    await client.send(say({}));
    assert.equal((await event).code, 3508);
  });

  test(`${encoding}: sends pings and is answered`, async () => {
    const client = kit.client(encoding, {}, kit.address().replace('connection/websocket', 'open'));
    let lost = false;
    await kit.connected(client);
    client.on('connecting', () => (lost = true));
    client.on('disconnected', () => (lost = true));
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    assert.equal(lost, false);
    client.removeAllListeners();
  });
}
