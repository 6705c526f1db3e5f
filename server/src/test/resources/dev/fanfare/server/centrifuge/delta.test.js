// The decoders of the SDK for JavaScript, given our deltas: cases.json is a list of
// { base, target, delta, patch }: all in base64 but the last, which is text.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Centrifuge as JsonCentrifuge } from 'centrifuge';
import { Centrifuge as ProtobufCentrifuge } from 'centrifuge/build/protobuf';

const cases = JSON.parse(readFileSync('cases.json', 'utf8'));
const bytes = (base64) => Uint8Array.from(Buffer.from(base64, 'base64'));
const text = (base64) => Buffer.from(base64, 'base64').toString();
const json = new JsonCentrifuge('ws://localhost', { websocket: class {} })._codec;
const protobuf = new ProtobufCentrifuge('ws://localhost', { websocket: class {} })._codec;

test('there is something to decode', () => assert.ok(cases.length > 100));

for (const [index, { base, target, delta, patch }] of cases.entries()) {
  test(`case ${index}: bytes`, () => {
    const decoded = protobuf.applyDeltaIfNeeded({ delta: true, data: bytes(delta) }, bytes(base));
    assert.deepEqual(Buffer.from(decoded.newData), Buffer.from(bytes(target)));
  });

  test(`case ${index}: text`, () => {
    const whole = json.applyDeltaIfNeeded({ data: text(base) });
    const decoded = json.applyDeltaIfNeeded({ delta: true, data: patch }, whole.newPrevValue);
    assert.deepEqual(decoded.newData, JSON.parse(text(target)));
    assert.deepEqual(Buffer.from(decoded.newPrevValue), Buffer.from(bytes(target)));
  });
}
