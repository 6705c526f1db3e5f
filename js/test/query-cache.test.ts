import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Channels, RealtimeManager } from '@fanfare/realtime/client';
import { realtime } from '@fanfare/realtime/server';
import { type QueryKey, QueryClient, QueryObserver } from '@tanstack/query-core';
import { invalidateQueries } from '../examples/invalidate-queries.js';
import * as kit from './kit.js';

const timeout = 20_000;

afterEach(() => RealtimeManager.reset());

/** A query as a page has it, and how often it has been asked. */
function watch(cache: QueryClient, queryKey: QueryKey) {
  const asked = new kit.Log<QueryKey>();
  const query = async () => {
    asked.add(queryKey);
    return asked.entries.length;
  };
  const observer = new QueryObserver(cache, { queryKey, queryFn: query, staleTime: Infinity });
  return { asked, end: observer.subscribe(() => {}) };
}

test(
  'the cache is told the key that the backend said, and asks those queries anew',
  {
    timeout,
  },
  async () => {
    const user = kit.newId();
    kit.signIn(user, { orgs: ['acme'] });
    const cache = new QueryClient();
    const told = new kit.Log<unknown>();
    const invalidate = cache.invalidateQueries.bind(cache);
    cache.invalidateQueries = (filters, options) => {
      told.add(filters);
      return invalidate(filters, options);
    };
    const notifications = watch(cache, ['user', 'notifications', { page: 1 }]);
    const profile = watch(cache, ['user', 'profile']);
    await notifications.asked.first(1);

    const channels = [Channels.global(), Channels.org('acme'), Channels.user(user)];
    const end = invalidateQueries(cache, channels);
    const queryKey = ['user', 'notifications'];
    while (told.entries.length === 0) {
      await realtime.publish(Channels.user(user), { type: 'query-invalidation', queryKey });
    }

    assert.deepEqual((await told.first(1))[0], { queryKey });
    await notifications.asked.first(2);
    assert.equal(profile.asked.entries.length, 1);

    end();
    [notifications, profile].forEach((query) => query.end());
  },
);
