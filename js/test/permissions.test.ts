import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Channels, RealtimeManager } from '@fanfare/realtime/client';
import { createToken, realtime, type TokenOptions } from '@fanfare/realtime/server';
import { Centrifuge, type UnsubscribedContext } from 'centrifuge';
import WebSocket from 'ws';
import * as kit from './kit.js';

const timeout = 20_000;
const message = { type: 'query-invalidation', queryKey: ['org'] } as const;
const connections: Centrifuge[] = [];

/** The SDK as it is, without this package. */
async function subscribe(user: string, token: TokenOptions, channel: string) {
  const connection = new Centrifuge(kit.wsUrl, {
    websocket: WebSocket,
    token: await createToken(user, token),
  });
  connections.push(connection);
  connection.connect();
  const subscription = connection.newSubscription(channel);
  const outcome = new Promise<'subscribed' | UnsubscribedContext>((resolve) => {
    subscription.on('subscribed', () => resolve('subscribed')).on('unsubscribed', resolve);
  });
  subscription.subscribe();
  return { outcome: await outcome, subscription };
}

afterEach(() => {
  RealtimeManager.reset();
  connections.splice(0).forEach((connection) => connection.disconnect());
});

test('everybody may have the global channel', { timeout }, async () => {
  assert.equal((await subscribe(kit.newId(), {}, Channels.global())).outcome, 'subscribed');
});

test('members have the channel of their organisation', { timeout }, async () => {
  const orgs = ['acme', 7];
  assert.equal((await subscribe('ann', { orgs }, Channels.org('acme'))).outcome, 'subscribed');
  assert.equal((await subscribe('ann', { orgs }, Channels.org(7))).outcome, 'subscribed');
});

test('a user has the own channel, whatever the id', { timeout }, async () => {
  for (const user of ['42', 'auth0|a:b', 'ann@example.com', 'Žofie', 'a b#c,d*']) {
    assert.equal((await subscribe(user, {}, Channels.user(user))).outcome, 'subscribed', user);
  }
});

for (const [what, orgs, channel] of [
  ['another user', [], Channels.user('bob')],
  ['an organisation of others', ['other'], Channels.org('acme')],
  ['an organisation of nobody', [], Channels.org('acme')],
] as const) {
  test(`the channel of ${what} is refused with 103`, { timeout }, async () => {
    const { outcome } = await subscribe('ann', { orgs }, channel);
    kit.assertHas(outcome, { code: 103, reason: 'permission denied' });

    const errors = kit.signIn('ann', { orgs });
    RealtimeManager.getInstance().subscribe(channel, () => assert.fail('delivered'));
    const [error] = await errors.first(1);
    const reply = { code: 103, message: 'permission denied' };
    kit.assertHas(error, { code: 'refused', channel, reply });
  });
}

test('a channel that is refused disturbs no other', { timeout }, async () => {
  const user = kit.newId();
  const errors = kit.signIn(user);
  const heard = new kit.Log<unknown>();
  const manager = RealtimeManager.getInstance();
  manager.subscribe(Channels.user('bob'), () => assert.fail('delivered'));
  manager.subscribe(Channels.user(user), heard.add);
  await errors.first(1);
  await realtime.publish(Channels.user('bob'), message);
  while (heard.entries.length === 0) {
    await realtime.publish(Channels.user(user), message);
  }
});

test('clients publish nothing there', { timeout }, async () => {
  const user = kit.newId();
  const { subscription } = await subscribe(user, {}, Channels.user(user));
  await assert.rejects(subscription.publish(message), { code: 103 });
});
