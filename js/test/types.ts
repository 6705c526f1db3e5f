// Compiled, never run: what the types say.

import { Channels, RealtimeManager, type QueryInvalidation } from '@fanfare/realtime/client';
import { realtime } from '@fanfare/realtime/server';

export async function types(channel: string): Promise<void> {
  const manager = RealtimeManager.getInstance();
  manager.subscribe(Channels.user('42'), (message) => message satisfies QueryInvalidation);
  manager.subscribe(Channels.org(7), async ({ queryKey }) => queryKey.length);
  manager.subscribe(channel, (message) => {
    // @ts-expect-error a channel that is not known may carry anything
    return message.queryKey;
  });
  manager.subscribe('post:1', (message: { type: string }) => message.type);

  await realtime.publish('post:1', { type: 'gift.received' });
  await realtime.publish(Channels.user('42'), {
    type: 'query-invalidation',
    queryKey: ['user', { id: 1 }],
    reason: 'anything more',
  });
  // @ts-expect-error no key
  await realtime.publish(Channels.user('42'), { type: 'query-invalidation' });
  // @ts-expect-error another type
  await realtime.publish(Channels.global(), { type: 'gift.received', queryKey: [] });
}
