import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from '@fanfare/realtime/client';
import { Channels } from '@fanfare/realtime/server';

test('channels have the names that the server knows', () => {
  assert.equal(Channels.global(), 'trpc:global');
  assert.equal(Channels.org('acme'), 'trpc:org:acme');
  assert.equal(Channels.org(7), 'trpc:org:7');
  assert.equal(Channels.user('42'), 'trpc:user:42');
  assert.equal(Channels.user(42), 'trpc:user:42');
  assert.equal(Channels.user('auth0|a:b'), 'trpc:user:auth0|a:b');
  assert.equal(client.Channels.user('42'), 'trpc:user:42');
});

test('an id that would lead to another channel, or to none, is refused', () => {
  const wrong = { name: 'RealtimeError', code: 'invalid' };
  for (const id of ['', 'a:b', 'a*', '*', Number.NaN, 1.5, undefined, null, {}]) {
    assert.throws(() => Channels.org(id as string), wrong, String(id));
  }
  for (const id of ['', Number.NaN, 2 ** 60, undefined, null, ['a']]) {
    assert.throws(() => Channels.user(id as string), wrong, String(id));
  }
  assert.throws(() => Channels.org('a:b'), {
    message: 'org id: "a:b" (expected: a text without : and *)',
  });
});

test('a query invalidation is known by its form', () => {
  const { isQueryInvalidation } = client;
  assert.ok(isQueryInvalidation({ type: 'query-invalidation', queryKey: [], more: 1 }));
  for (const other of [null, 'text', {}, { type: 'query-invalidation' }, { queryKey: [] }]) {
    assert.ok(!isQueryInvalidation(other));
  }
});
