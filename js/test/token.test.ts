import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { createToken } from '@fanfare/realtime/server';

const secret = 'short, but other servers take it';

function claims(token: string): Record<string, unknown> {
  const [header = '', body = '', signature] = token.split('.');
  const expected = createHmac('sha256', secret).update(`${header}.${body}`).digest('base64url');
  assert.equal(signature, expected);
  assert.deepEqual(read(header), { alg: 'HS256', typ: 'JWT' });
  return read(body);
}

function read(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

test('a token holds for 24 hours, unless another time is said', async () => {
  const day = claims(await createToken('42', { secret }));
  assert.equal(Number(day.exp) - Number(day.iat), 86_400);
  assert.ok(Math.abs(Number(day.iat) - Date.now() / 1000) < 5);

  const minute = claims(await createToken('42', { secret, expiresInSeconds: 60 }));
  assert.equal(Number(minute.exp) - Number(minute.iat), 60);
});

test('a token says who it is, the organisations, and what else is given', async () => {
  const options = { secret, orgs: ['acme', 7], claims: { role: 'admin', näme: 'Žofie 🎺' } };
  const { sub, orgs, role, näme } = claims(await createToken('Jürgen', options));
  assert.deepEqual([sub, orgs, role, näme], ['Jürgen', ['acme', 7], 'admin', 'Žofie 🎺']);
});

test('the secret comes from the environment, and our name is the stronger', async () => {
  delete process.env.FANFARE_TOKEN_SECRET;
  process.env.CENTRIFUGO_TOKEN_SECRET = secret;
  claims(await createToken('42'));
  process.env.CENTRIFUGO_TOKEN_SECRET = 'another';
  process.env.FANFARE_TOKEN_SECRET = secret;
  claims(await createToken('42'));
  delete process.env.CENTRIFUGO_TOKEN_SECRET;
  delete process.env.FANFARE_TOKEN_SECRET;
  await assert.rejects(createToken('42'), {
    code: 'configuration',
    message:
      'token secret: nothing (expected: FANFARE_TOKEN_SECRET or CENTRIFUGO_TOKEN_SECRET in the ' +
      'environment, or an option)',
  });
});

test('what cannot be a token is refused', async () => {
  const invalid = { name: 'RealtimeError', code: 'invalid' };
  await assert.rejects(createToken('', { secret }), invalid);
  await assert.rejects(createToken(42 as unknown as string, { secret }), invalid);
  await assert.rejects(createToken('42', { secret, expiresInSeconds: 0 }), invalid);
  await assert.rejects(createToken('42', { secret, claims: { exp: 1 } }), invalid);
});
