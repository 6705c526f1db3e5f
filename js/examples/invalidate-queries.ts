import { type QueryChannel, RealtimeManager, type Unsubscribe } from '@fanfare/realtime/client';
import type { QueryClient } from '@tanstack/query-core';

/** Asks queries anew as soon as the backend says that their data have changed. */
export function invalidateQueries(cache: QueryClient, channels: QueryChannel[]): Unsubscribe {
  const manager = RealtimeManager.getInstance();
  const ends = channels.map((channel) =>
    manager.subscribe(channel, ({ queryKey }) => cache.invalidateQueries({ queryKey }), {
      onMissed: () => cache.invalidateQueries(),
    }),
  );
  return () => ends.forEach((end) => end());
}
