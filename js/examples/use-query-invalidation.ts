import { Channels } from '@fanfare/realtime/client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { invalidateQueries } from './invalidate-queries.js';

/** Keeps the queries of a signed-in user fresh for as long as the component is there. */
export function useQueryInvalidation(userId: string): void {
  const cache = useQueryClient();
  useEffect(
    () => invalidateQueries(cache, [Channels.global(), Channels.user(userId)]),
    [cache, userId],
  );
}
