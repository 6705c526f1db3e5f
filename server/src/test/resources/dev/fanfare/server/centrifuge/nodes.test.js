// The SDK on two nodes that share Redis. Its node ends; the line leads to the other from then on.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as kit from './kit.js';

const [other, stop] = process.argv.slice(6);

after(kit.disconnectAll);

function numbers(subscription) {
  const heard = [];
  subscription.on('publication', ({ data }) => heard.push(kit.read(data).n));
  return heard;
}

async function until(condition) {
  for (const end = Date.now() + 15_000; !condition(); ) {
    assert.ok(Date.now() < end, 'not within 15 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('clients recover on the other node when theirs ends', async () => {
  const line = await kit.proxy();
  const channel = kit.newChannel();
  const listening = [];
  for (const encoding of kit.encodings) {
    const client = kit.client(encoding, {}, line.url);
    await kit.connected(client);
    const subscription = client.newSubscription(channel, { recoverable: true, positioned: true });
    const heard = numbers(subscription);
    await kit.subscribed(subscription);
    listening.push({ subscription, heard });
  }
  await kit.publish(channel, { n: 1 }, other);
  await until(() => listening.every(({ heard }) => heard.length === 1));

  const again = listening.map(({ subscription }) => kit.next(subscription, 'subscribed'));
  line.leadTo(other);
  await kit.publish(channel, { n: 2 });
  await fetch(stop);
  await kit.publish(channel, { n: 3 }, other);
  for (const event of await Promise.all(again)) {
    assert.equal(event.wasRecovering, true);
    assert.equal(event.recovered, true);
  }
  await kit.publish(channel, { n: 4 }, other);
  await until(() => listening.every(({ heard }) => heard.length === 4));
  for (const { heard } of listening) {
    assert.deepEqual(heard, [1, 2, 3, 4]);
  }
  line.close();
});
