// How publications reach the SDK of Centrifugo for JavaScript: with tags, chosen by them, as what
// has changed, without history, in versions. In both encodings.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import * as kit from './kit.js';

afterEach(kit.disconnectAll);

/** What a subscription hears, in order. */
function hearing(subscription) {
  const heard = [];
  const waiting = [];
  subscription.on('publication', (publication) => {
    heard.push(publication);
    waiting.splice(0).forEach((check) => check());
  });
  return {
    heard,
    values: () => heard.map((publication) => kit.read(publication.data)),
    async until(count) {
      const deadline = Date.now() + 15_000;
      while (heard.length < count) {
        assert.ok(Date.now() < deadline, `${heard.length} heard, not ${count}`);
        await new Promise((resolve) => {
          waiting.push(resolve);
          setTimeout(resolve, 1000);
        });
      }
    },
  };
}

async function listening(client, channel, options = {}) {
  const subscription = client.newSubscription(channel, { recoverable: true, positioned: true, ...options });
  const ears = hearing(subscription);
  await kit.subscribed(subscription);
  return { subscription, ...ears };
}

/** Much of it stays the same, and not all of it is ASCII. */
function document(n) {
  return { title: 'Grüße aus Köln – 日本語 😀, a text that stays', n, list: ['ä', 'ö', 'ü', '😂'], emoji: n % 2 ? '😀' : '😁' };
}

for (const encoding of kit.encodings) {
  test(`${encoding}: tags come with publications and in the history`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const channel = kit.newChannel('board');
    const { subscription, heard, until } = await listening(client, channel);
    await kit.api('publish', { channel, data: { n: 1 }, tags: { kind: 'tea', cups: '2' } });
    await until(1);
    assert.deepEqual({ ...heard[0].tags }, { kind: 'tea', cups: '2' });
    const { publications } = await subscription.history({ limit: 1 });
    assert.deepEqual({ ...publications[0].tags }, { kind: 'tea', cups: '2' });
  });

  test(`${encoding}: hears what it chose by tags, also of what it missed`, async () => {
    const way = await kit.proxy();
    try {
      const client = kit.client(encoding, {}, way.url);
      await kit.connected(client);
      const channel = kit.newChannel('board');
      const tagsFilter = {
        op: 'and',
        nodes: [
          { key: 'kind', cmp: 'in', vals: ['tea', 'coffee'] },
          { op: 'not', nodes: [{ key: 'cups', cmp: 'lt', val: '2' }] },
        ],
      };
      const { subscription, heard, values, until } = await listening(client, channel, { tagsFilter });
      const publish = (n, kind, cups) =>
        kit.api('publish', { channel, data: { n }, tags: { kind, cups } });
      await publish(1, 'tea', '2');
      await publish(2, 'tea', '1.9');
      await publish(3, 'water', '3');
      await publish(4, 'coffee', '10');
      await until(2);
      const gone = kit.next(subscription, 'subscribing');
      const back = kit.next(subscription, 'subscribed');
      way.cut();
      await gone;
      await publish(5, 'water', '5');
      await publish(6, 'tea', '6');
      assert.equal((await back).wasRecovering, true);
      await publish(7, 'tea', '7');
      await until(4);
      assert.deepEqual(values().map(({ n }) => n), [1, 4, 6, 7]);
      assert.deepEqual(heard.map(({ offset }) => offset), [1, 4, 6, 7]);
    } finally {
      way.close();
    }
  });

  test(`${encoding}: may not choose by tags everywhere, nor by nonsense`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    for (const [prefix, cmp] of [['chat', 'ex'], ['board', 'is']]) {
      const tagsFilter = { key: 'kind', cmp };
      const subscription = client.newSubscription(kit.newChannel(prefix), { tagsFilter });
      const failed = kit.next(subscription, 'unsubscribed');
      subscription.subscribe();
      assert.equal((await failed).code, 107);
    }
  });

  test(`${encoding}: gets what has changed, before and after a cut`, async () => {
    const way = await kit.proxy();
    try {
      const client = kit.client(encoding, {}, way.url);
      await kit.connected(client);
      const channel = kit.newChannel('always');
      const { subscription, values, until } = await listening(client, channel, { delta: 'fossil' });
      const publish = (n) => kit.api('publish', { channel, data: document(n) });
      for (const n of [1, 2, 3]) {
        await publish(n);
      }
      await until(3);
      assert.equal(subscription.deltaStats().numDeltaPayloads, 2);
      const gone = kit.next(subscription, 'subscribing');
      const back = kit.next(subscription, 'subscribed');
      way.cut();
      await gone;
      await publish(4);
      await publish(5);
      assert.equal((await back).recovered, true);
      await publish(6);
      await until(6);
      assert.deepEqual(values(), [1, 2, 3, 4, 5, 6].map(document));
      const { numFullPayloads, numDeltaPayloads } = subscription.deltaStats();
      assert.equal(numFullPayloads + numDeltaPayloads, 6);
      assert.ok(numDeltaPayloads >= 4, `${numDeltaPayloads} deltas`);
    } finally {
      way.close();
    }
  });

  test(`${encoding}: gets what has changed where the publisher will have it so`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const channel = kit.newChannel('board');
    const { subscription, values, until } = await listening(client, channel, { delta: 'fossil' });
    for (const [n, delta] of [[1, true], [2, false], [3, true]]) {
      await kit.api('publish', { channel, data: document(n), delta });
    }
    await kit.api('publish', { channel, data: document(4), delta: true, skip_history: true });
    await kit.api('publish', { channel, data: { n: 5 }, delta: true });
    await until(5);
    assert.deepEqual(values(), [...[1, 2, 3, 4].map(document), { n: 5 }]);
    assert.equal(subscription.deltaStats().numDeltaPayloads, 2);
  });

  test(`${encoding}: gets everything whole where the channel has no deltas`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const channel = kit.newChannel('chat');
    const { subscription, values, until } = await listening(client, channel, { delta: 'fossil' });
    for (const n of [1, 2]) {
      await kit.api('publish', { channel, data: document(n), delta: true });
    }
    await until(2);
    assert.deepEqual(values(), [1, 2].map(document));
    assert.equal(subscription.deltaStats().numDeltaPayloads, 0);
  });

  test(`${encoding}: hears what is not kept, and stays where it is`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const channel = kit.newChannel('board');
    const { heard, values, until } = await listening(client, channel);
    await kit.api('publish', { channel, data: { n: 1 } });
    assert.deepEqual(await kit.api('publish', { channel, data: { n: 2 }, skip_history: true }), {});
    await kit.api('publish', { channel, data: { n: 3 } });
    await until(3);
    assert.deepEqual(values().map(({ n }) => n), [1, 2, 3]);
    assert.deepEqual(heard.map(({ offset }) => offset || 0), [1, 0, 2]);
  });

  test(`${encoding}: hears no version twice, and none that is old`, async () => {
    const client = kit.client(encoding);
    await kit.connected(client);
    const channel = kit.newChannel('board');
    const { values, until } = await listening(client, channel);
    for (const [n, version, version_epoch] of [[1, 2, ''], [2, 2, ''], [3, 1, ''], [4, 3, ''], [5, 1, 'b']]) {
      await kit.api('publish', { channel, data: { n }, version, version_epoch });
    }
    await until(3);
    assert.deepEqual(values().map(({ n }) => n), [1, 4, 5]);
  });
}
