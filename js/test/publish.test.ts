import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { Channels, Realtime, realtime } from '@fanfare/realtime/server';
import { api, assertHas, newId, server } from './kit.js';

const message = { type: 'query-invalidation', queryKey: ['user', 'notifications'] } as const;
const apiKey = process.env.FANFARE_API_KEY!;
const servers: http.Server[] = [];

after(() => servers.forEach((each) => each.close()));

/** A server that does what the test says. */
async function fake(handler: http.RequestListener): Promise<string> {
  const made = http.createServer(handler);
  servers.push(made);
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

async function history(channel: string): Promise<unknown[]> {
  const answer = (await api('history', { channel, limit: -1 })) as {
    result: { publications: { data: unknown }[] };
  };
  return answer.result.publications.map(({ data }) => data);
}

test('the environment is all the configuration that is needed', async () => {
  const channel = Channels.user(newId());
  const published = await realtime.publish(channel, message);
  assert.equal(published.offset, 1);
  assert.ok(published.epoch);
  assert.deepEqual(await history(channel), [message]);
});

test('further members of a message arrive too', async () => {
  const channel = Channels.user(newId());
  const more = { ...message, queryKey: [['user', 'byId'], { input: 7 }], by: 'ann' };
  await realtime.publish(channel, more);
  assert.deepEqual(await history(channel), [more]);
});

test('the address may end with /api or not', async () => {
  for (const end of ['', '/', '/api', '/api/']) {
    await new Realtime({ apiUrl: server + end }).publish(Channels.global(), message);
  }
});

test('names of the environment: ours are stronger than those of Centrifugo', async () => {
  const { FANFARE_API_URL, FANFARE_API_KEY } = process.env;
  try {
    process.env.CENTRIFUGO_API_URL = 'http://127.0.0.1:1/api';
    process.env.CENTRIFUGO_API_KEY = 'wrong';
    await realtime.publish(Channels.global(), message);

    delete process.env.FANFARE_API_URL;
    delete process.env.FANFARE_API_KEY;
    process.env.CENTRIFUGO_API_URL = `${server}/api`;
    process.env.CENTRIFUGO_API_KEY = apiKey;
    await realtime.publish(Channels.global(), message);

    process.env.CENTRIFUGO_API_URL = '';
    await assert.rejects(realtime.publish(Channels.global(), message), {
      code: 'configuration',
      message:
        'apiUrl: nothing (expected: FANFARE_API_URL or CENTRIFUGO_API_URL in the environment, or an ' +
        'option)',
    });
  } finally {
    Object.assign(process.env, { FANFARE_API_URL, FANFARE_API_KEY });
  }
});

test('an address that is none is told', async () => {
  await assert.rejects(
    new Realtime({ apiUrl: 'localhost:8000' }).publish(Channels.global(), message),
    { code: 'configuration', message: /^apiUrl: localhost:8000 \(expected: / },
  );
});

test('a message that is none of the channel is refused with 107', async () => {
  const wrong = { type: 'query-invalidation', queryKey: 'user' };
  await assert.rejects(realtime.publish(Channels.user('42') as string, wrong), (error: Error) => {
    assert.match(error.message, /queryKey/);
    assertHas(error, {
      name: 'RealtimeError',
      code: 'refused',
      channel: 'trpc:user:42',
      reply: { code: 107 },
    });
    return true;
  });
  const other = { type: 'something.else', queryKey: [] };
  await assert.rejects(realtime.publish('trpc:global' as string, other), {
    code: 'refused',
    message: /^trpc:global: bad request: data.type: something.else/,
  });
});

test('a channel that there is not is refused with 102', async () => {
  await assert.rejects(realtime.publish('nowhere:1', message), {
    code: 'refused',
    reply: { code: 102, message: 'unknown channel' },
  });
});

test('a wrong key is told', async () => {
  await assert.rejects(new Realtime({ apiKey: 'wrong' }).publish('trpc:global', message), {
    code: 'unauthorized',
    message: /X-API-Key/,
  });
});

test('the key goes nowhere else, and what no other try would mend is not tried again', async () => {
  let tries = 0;
  const apiUrl = await fake((request, response) => {
    tries++;
    response.writeHead(307, { location: `${server}${request.url}` }).end();
  });
  await assert.rejects(new Realtime({ apiUrl }).publish('trpc:global', message), {
    code: 'unexpected',
    message: `trpc:global: HTTP status 307 (${apiUrl}/api/publish)`,
  });
  assert.equal(tries, 1);
});

test('an answer of something else is told', async () => {
  const apiUrl = await fake((_, response) => response.end('<html>Welcome</html>'));
  await assert.rejects(new Realtime({ apiUrl }).publish('trpc:global', message), {
    code: 'unexpected',
    message: `trpc:global: HTTP status 200 (${apiUrl}/api/publish)`,
  });
});

test('a server that does not answer in time is tried again, and then given up', async () => {
  let tries = 0;
  const apiUrl = await fake(() => tries++);
  await assert.rejects(
    new Realtime({ apiUrl, timeoutMs: 50, retries: 1 }).publish('trpc:global', message),
    { code: 'timeout', message: `${apiUrl}/api/publish: no answer within 50 ms` },
  );
  assert.equal(tries, 2);
});

test('a server that is not there is told', async () => {
  const apiUrl = 'http://127.0.0.1:1';
  await assert.rejects(new Realtime({ apiUrl, retries: 0 }).publish('trpc:global', message), {
    code: 'unreachable',
  });
});

test('trouble that passes is waited for', async () => {
  const answers = [
    (response: http.ServerResponse) => response.writeHead(503).end(),
    (response: http.ServerResponse) => response.end('{"error":{"code":100,"message":"internal"}}'),
    (response: http.ServerResponse) => response.end('{"result":{"offset":7,"epoch":"e"}}'),
  ];
  const apiUrl = await fake((_, response) => answers.shift()!(response));
  const published = await new Realtime({ apiUrl }).publish('trpc:global', message);
  assert.deepEqual(published, { offset: 7, epoch: 'e' });
});

test('what is published again because the answer was lost is delivered once', async () => {
  const channel = Channels.user(newId());
  let tries = 0;
  const apiUrl = await fake(async (request, response) => {
    const body = await new Response(request as unknown as ReadableStream).text();
    const answer = await fetch(`${server}${request.url}`, {
      method: 'POST',
      headers: { 'X-API-Key': apiKey },
      body,
    });
    if (++tries === 1) {
      response.destroy();
      return;
    }
    response.end(await answer.text());
  });
  const published = await new Realtime({ apiUrl }).publish(channel, message);
  assert.equal(tries, 2);
  assert.equal(published.offset, 1);
  assert.equal((await history(channel)).length, 1);
});

test('a key of the caller makes two calls one publication', async () => {
  const channel = Channels.user(newId());
  const idempotencyKey = newId();
  await realtime.publish(channel, message, { idempotencyKey });
  await realtime.publish(channel, message, { idempotencyKey });
  await realtime.publish(channel, message);
  assert.equal((await history(channel)).length, 2);
});
