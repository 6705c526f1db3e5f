// A page as an application has it: React, a query cache, and the hook of the example.

import { RealtimeManager } from '@fanfare/realtime/client';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { useQueryInvalidation } from '../../examples/use-query-invalidation.js';

const given = new URLSearchParams(location.search);
const server = given.get('server')!;
const user = given.get('user')!;

/** The page's bearer token gives it tokens to connect with. */
async function getToken(): Promise<string> {
  const answer = await fetch(`${server}/api/v1/realtime/token`, {
    headers: { Authorization: `Bearer ${given.get('bearer')}` },
  });
  if (!answer.ok) {
    throw new Error(`HTTP status ${answer.status}`);
  }
  return (await answer.json()).token;
}

function tell(what: string): void {
  void fetch('/told', { method: 'POST', body: what });
}

function Notifications() {
  useQueryInvalidation(user);
  const { data } = useQuery({
    queryKey: ['user', 'notifications'],
    queryFn: async () => (await fetch('/notifications')).text(),
    staleTime: Infinity,
  });
  useEffect(() => {
    if (data) {
      tell(`shown ${data}`);
    }
  }, [data]);
  return <p>{data}</p>;
}

const cache = new QueryClient();
RealtimeManager.initialize({
  wsUrl: given.get('wsUrl')!,
  getToken,
  onError: (error) => tell(`error ${error.code} ${error.message}`),
});
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      <Notifications />
    </QueryClientProvider>
  </StrictMode>,
);
