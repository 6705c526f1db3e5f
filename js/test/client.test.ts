import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Channels, RealtimeManager, UnauthorizedError } from '@fanfare/realtime/client';
import { createToken, realtime, type QueryInvalidation } from '@fanfare/realtime/server';
import * as kit from './kit.js';

const timeout = 20_000;
const proxies: kit.Proxy[] = [];

function message(n: number | string): QueryInvalidation {
  return { type: 'query-invalidation', queryKey: [n] };
}

async function proxy(): Promise<kit.Proxy> {
  const made = await kit.Proxy.start();
  proxies.push(made);
  return made;
}

/** Subscribes, and waits until the server delivers. */
async function listen(channel: ReturnType<typeof Channels.user>) {
  const log = new kit.Log<unknown>();
  const first = new kit.Later<void>();
  const end = RealtimeManager.getInstance().subscribe(channel, ({ queryKey: [key] }) => {
    if (key === 'ready?') {
      first.resolve();
    } else {
      log.add(key);
    }
  });
  let isReady = false;
  void first.promise.then(() => (isReady = true));
  while (!isReady) {
    await realtime.publish(channel, message('ready?'));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { log, end };
}

afterEach(() => {
  RealtimeManager.reset();
  proxies.splice(0).forEach((each) => each.close());
});

test('before it is initialized it says what is missing', () => {
  assert.throws(() => RealtimeManager.getInstance(), {
    code: 'configuration',
    message: /not initialized \(expected: RealtimeManager.initialize/,
  });
});

test('it is initialized once; the same again is fine, another is not', () => {
  const getToken = () => 'token';
  const { wsUrl } = kit;
  const manager = RealtimeManager.initialize({ wsUrl, getToken });
  assert.equal(RealtimeManager.initialize({ wsUrl, getToken }), manager);
  assert.equal(RealtimeManager.getInstance(), manager);
  assert.throws(() => RealtimeManager.initialize({ wsUrl: `${wsUrl}?other`, getToken }), {
    code: 'configuration',
    message: /another wsUrl than before/,
  });
  assert.throws(() => RealtimeManager.initialize({ wsUrl, getToken: () => 'other' }), {
    message: /another getToken than before/,
  });
  assert.equal(RealtimeManager.getInstance(), manager);
});

test('what it is initialized with is checked', () => {
  const getToken = () => 'token';
  for (const wsUrl of ['localhost:8000', 'http://localhost:8000', '/connection/websocket']) {
    assert.throws(() => RealtimeManager.initialize({ wsUrl, getToken }), {
      code: 'configuration',
      message: /^wsUrl: .* \(expected: a WebSocket's address/,
    });
  }
  const none = undefined as unknown as () => string;
  assert.throws(() => RealtimeManager.initialize({ wsUrl: kit.wsUrl, getToken: none }), {
    message: /^getToken: undefined \(expected: a function/,
  });
});

test('the address may come from the environment', { timeout }, async () => {
  const { NEXT_PUBLIC_FANFARE_WS_URL: ours } = process.env;
  try {
    const getToken = () => createToken('42');
    process.env.NEXT_PUBLIC_FANFARE_WS_URL = '';
    assert.throws(() => RealtimeManager.initialize({ getToken }), { message: /^wsUrl: nothing/ });
    process.env.NEXT_PUBLIC_CENTRIFUGO_WS_URL = ours;
    RealtimeManager.initialize({ getToken });
    await listen(Channels.user('42'));
  } finally {
    process.env.NEXT_PUBLIC_FANFARE_WS_URL = ours;
    delete process.env.NEXT_PUBLIC_CENTRIFUGO_WS_URL;
  }
});

test('what a backend publishes is delivered, with its place', { timeout }, async () => {
  const user = kit.newId();
  kit.signIn(user);
  const channel = Channels.user(user);
  await listen(channel);
  const heard = new kit.Later<unknown[]>();
  RealtimeManager.getInstance().subscribe(channel, (invalidation, publication) =>
    heard.resolve([invalidation, publication]),
  );
  const { offset } = await realtime.publish(channel, { ...message(1), by: 'ann' });
  assert.deepEqual(await heard.promise, [
    { ...message(1), by: 'ann' },
    { channel, offset },
  ]);
});

test(
  'all share one connection, which opens with the first and closes after the last',
  {
    timeout,
  },
  async () => {
    const way = await proxy();
    const user = kit.newId();
    kit.signIn(user, { url: way.wsUrl, orgs: ['acme'] });
    assert.equal(way.opened, 0);

    const mine = await listen(Channels.user(user));
    const manager = RealtimeManager.getInstance();
    const ends = [
      manager.subscribe(Channels.global(), () => {}),
      manager.subscribe(Channels.org('acme'), () => {}),
      manager.subscribe(Channels.user(user), () => {}),
    ];
    await kit.eventually(() => way.heard.split('"subscribe":{').length === 4);
    assert.equal(way.opened, 1);

    mine.end();
    ends.slice(0, 2).forEach((end) => end());
    await realtime.publish(Channels.user(user), message(1));
    await kit.eventually(() => way.heard.includes('"queryKey":[1]'));
    assert.equal(way.open, 1);

    ends[2]!();
    await kit.eventually(() => way.open === 0);
    assert.equal(way.heard.split('"subscribe":{').length, 4, 'three channels, three subscriptions');

    await listen(Channels.user(user));
    assert.equal(way.opened, 2);
  },
);

test('who takes over at once takes over the connection', { timeout }, async () => {
  const way = await proxy();
  const user = kit.newId();
  kit.signIn(user, { url: way.wsUrl });
  const { end } = await listen(Channels.user(user));
  end();
  const { log } = await listen(Channels.user(user));
  await realtime.publish(Channels.user(user), message(1));
  await log.first(1);
  assert.equal(way.opened, 1);
});

test(
  'handlers of one channel each hear all, until each is removed, once',
  { timeout },
  async () => {
    const user = kit.newId();
    kit.signIn(user);
    const channel = Channels.user(user);
    await listen(channel);
    const manager = RealtimeManager.getInstance();
    const log = new kit.Log<unknown>();
    const add = ({ queryKey }: QueryInvalidation) => log.add(queryKey[0]);
    const ends = [manager.subscribe(channel, add), manager.subscribe(channel, add)];

    await realtime.publish(channel, message(1));
    await log.first(2);
    ends[0]!();
    ends[0]!();
    await realtime.publish(channel, message(2));
    await realtime.publish(channel, message(3));
    assert.deepEqual(await log.first(4), [1, 1, 2, 3]);
  },
);

test('a handler that another one removes is not called any more', { timeout }, async () => {
  const user = kit.newId();
  kit.signIn(user);
  const channel = Channels.user(user);
  const { log } = await listen(channel);
  const manager = RealtimeManager.getInstance();
  const ends: (() => void)[] = [];
  const calls: string[] = [];
  ends.push(
    manager.subscribe(channel, () => {
      calls.push('first');
      ends.forEach((end) => end());
    }),
    manager.subscribe(channel, () => calls.push('second')),
  );
  await realtime.publish(channel, message(1));
  await realtime.publish(channel, message(2));
  await log.first(2);
  assert.deepEqual(calls, ['first']);
});

test('a handler that fails is reported and disturbs nobody', { timeout }, async () => {
  const user = kit.newId();
  const errors = kit.signIn(user);
  const channel = Channels.user(user);
  const manager = RealtimeManager.getInstance();
  manager.subscribe(channel, ({ queryKey: [key] }) => {
    if (key === 1) {
      throw new Error('thrown');
    }
  });
  manager.subscribe(channel, async ({ queryKey: [key] }) => {
    if (key === 1) {
      throw new Error('rejected');
    }
  });
  const { log } = await listen(channel);

  await realtime.publish(channel, message(1));
  await realtime.publish(channel, message(2));

  assert.deepEqual(await log.first(2), [1, 2]);
  const [one, other] = await errors.first(2);
  kit.assertHas(one, { code: 'handler', channel });
  assert.deepEqual(
    [String(one!.cause), String(other!.cause)],
    ['Error: thrown', 'Error: rejected'],
  );
});

test(
  'a token is asked for before the old one expires, and nothing breaks',
  {
    timeout,
  },
  async () => {
    const way = await proxy();
    const user = kit.newId();
    const asked = new kit.Log<number>();
    RealtimeManager.initialize({
      wsUrl: way.wsUrl,
      getToken: () => {
        asked.add(Date.now());
        return createToken(user, { expiresInSeconds: 2 });
      },
    });
    const { log } = await listen(Channels.user(user));
    await asked.first(3);
    await realtime.publish(Channels.user(user), message(1));
    await log.first(1);
    assert.equal(way.opened, 1);
  },
);

test('a getToken that fails is tried again, later and later', { timeout }, async () => {
  const user = kit.newId();
  const errors = new kit.Log<Error>();
  const asked: number[] = [];
  RealtimeManager.initialize({
    wsUrl: kit.wsUrl,
    onError: errors.add,
    getToken: () => {
      asked.push(Date.now());
      switch (asked.length) {
        case 1:
          throw new Error('no network');
        case 2:
          return Promise.reject(new Error('HTTP 503'));
        case 3:
          return '';
        default:
          return createToken(user);
      }
    },
  });
  await listen(Channels.user(user));
  assert.equal(asked.length, 4);
  assert.ok(asked[1]! - asked[0]! >= 100, 'not at once');
  const reported = await errors.first(3);
  assert.deepEqual(
    reported.map((error) => [error.message, 'code' in error && error.code]),
    [
      ['getToken failed: Error: no network', 'token'],
      ['getToken failed: Error: HTTP 503', 'token'],
      ['getToken failed: TypeError: getToken:  (expected: a token)', 'token'],
    ],
  );
});

test(
  'where nobody is signed in it ends, until somebody subscribes again',
  {
    timeout,
  },
  async () => {
    const user = kit.newId();
    const errors = new kit.Log<Error>();
    let isSignedIn = false;
    RealtimeManager.initialize({
      wsUrl: kit.wsUrl,
      onError: errors.add,
      getToken: () => {
        if (!isSignedIn) {
          throw new UnauthorizedError('signed out');
        }
        return createToken(user);
      },
    });
    const log = new kit.Log<unknown>();
    RealtimeManager.getInstance().subscribe(Channels.user(user), log.add);
    const [error] = await errors.first(1);
    kit.assertHas(error, {
      code: 'disconnected',
      reply: { message: 'unauthorized' },
    });

    isSignedIn = true;
    await listen(Channels.user(user));
    assert.ok(log.entries.length > 0, 'the first handler hears too');
  },
);

test(
  'a token that the server does not take ends it, and is asked for anew',
  {
    timeout,
  },
  async () => {
    const user = kit.newId();
    const errors = new kit.Log<Error>();
    let secret = 'not the secret of the server at all';
    const getToken = () => createToken(user, { secret });
    RealtimeManager.initialize({ wsUrl: kit.wsUrl, getToken, onError: errors.add });
    RealtimeManager.getInstance().subscribe(Channels.user(user), () => {});
    const [error] = await errors.first(1);
    kit.assertHas(error, { code: 'disconnected', reply: { code: 3500 } });
    secret = process.env.FANFARE_TOKEN_SECRET!;
    await listen(Channels.user(user));
  },
);

test('what was missed while the connection was cut is delivered', { timeout }, async () => {
  const way = await proxy();
  const user = kit.newId();
  kit.signIn(user, { url: way.wsUrl });
  const channel = Channels.user(user);
  const { log } = await listen(channel);
  let missed = 0;
  RealtimeManager.getInstance().subscribe(channel, () => {}, { onMissed: () => missed++ });

  await realtime.publish(channel, message(1));
  await log.first(1);
  way.cut();
  await realtime.publish(channel, message(2));
  await realtime.publish(channel, message(3));
  way.mend();
  await log.first(3);
  await realtime.publish(channel, message(4));

  assert.deepEqual(await log.first(4), [1, 2, 3, 4]);
  assert.equal(missed, 0);
});

test('where it cannot be delivered any more, that is told', { timeout }, async () => {
  const way = await proxy();
  const user = kit.newId();
  kit.signIn(user, { url: way.wsUrl });
  const channel = Channels.user(user);
  const { log } = await listen(channel);
  const missed = new kit.Later<void>();
  RealtimeManager.getInstance().subscribe(channel, () => {}, { onMissed: missed.resolve });

  way.cut();
  await realtime.publish(channel, message(1));
  await kit.api('history_remove', { channel });
  way.mend();
  await missed.promise;
  await realtime.publish(channel, message(2));

  assert.deepEqual(await log.first(1), [2]);
});
